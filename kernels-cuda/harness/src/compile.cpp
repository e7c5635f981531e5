#include "compile.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <mutex>
#include <sstream>
#include <thread>

#include "block.h"
#include "conditions.h"
#include "driver_types.h"

extern char **environ;

namespace raphe {
namespace {

// No contraction, no flush of denormals, no assumption about floats; integers wrap, and any two pointers may be equal. AVX-512 is left out because
// it makes a build of short functions slower; that changes no result.
const char *const flags[] = {"-std=gnu11", "-O1",   "-march=native",        "-mno-avx512f", "-ffp-contract=off", "-fno-fast-math", "-fno-math-errno",
                             "-fwrapv", "-fno-strict-aliasing", "-fno-unwind-tables", "-fno-asynchronous-unwind-tables", "-w", "-shared", "-fPIC"};

[[noreturn]] void fail(const std::string &why) { throw Refusal{CUDA_ERROR_OPERATING_SYSTEM, why}; }

std::string readFile(const std::string &path, bool mustExist) {
  std::ifstream file(path, std::ios::binary);
  if (!file && mustExist) fail("cannot read " + path + ": " + std::strerror(errno));
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// The folder that this library lies in.
std::string home() {
  Dl_info info;
  if (!dladdr((void *)&runtimeTable, &info) || !info.dli_fname) fail("cannot tell where the harness lies");
  char *resolved = realpath(info.dli_fname, nullptr);
  if (!resolved) fail(std::string("cannot resolve ") + info.dli_fname + ": " + std::strerror(errno));
  const std::string path = resolved;
  std::free(resolved);
  return path.substr(0, path.rfind('/'));
}

std::string compiler() {
  const char *chosen = std::getenv("CC");
  return chosen && *chosen ? chosen : "cc";
}

// Code made with -march=native belongs to the processor it was made on.
std::string processor() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);)
    if (line.rfind("flags", 0) == 0 || line.rfind("Features", 0) == 0) return line;
  return "unknown";
}

// The whole C text: all that the machine code depends on is in it.
std::string completeSource(const TranslatedKernel &kernel) {
  static const std::string prelude = readFile(home() + "/../src/kernel.h", true);
  std::string text = "// " + compiler();
  for (const char *flag : flags) text += std::string(" ") + flag;
  return text + "\n// " + processor() + "\n#define RAPHE_TRANSLATED_KERNEL\n" + prelude + "\n" + kernel.source;
}

// FNV-1a. A collision is harmless: the text is kept beside the object and compared.
std::string digest(const std::string &text) {
  uint64_t hash = 0xcbf29ce484222325ull;
  for (unsigned char c : text) hash = (hash ^ c) * 0x100000001b3ull;
  char name[17];
  std::snprintf(name, sizeof name, "%016llx", (unsigned long long)hash);
  return name;
}

void writeFile(const std::string &path, const std::string &text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) fail("cannot write " + path + ": " + std::strerror(errno));
}

// Starts the command with its output in `log`.
pid_t start(std::vector<std::string> &words, const std::string &log) {
  std::vector<char *> arguments;
  for (std::string &word : words) arguments.push_back(&word[0]);
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666);
  posix_spawn_file_actions_adddup2(&actions, 1, 2);
  posix_spawnattr_t attributes; // this thread takes no signals; the compiler shall
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  pid_t process;
  const int error = posix_spawnp(&process, arguments[0], &actions, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (error) fail("cannot start the C compiler '" + words[0] + "': " + std::strerror(error) + "; install one or set CC");
  return process;
}

void runCompiler(const std::string &source, const std::string &object, const std::string &log) {
  std::vector<std::string> words = {compiler()};
  words.insert(words.end(), std::begin(flags), std::end(flags));
#if !defined(__x86_64__)
  words.erase(std::find(words.begin(), words.end(), "-mno-avx512f"));
#endif
  for (const std::string &word : {source, std::string("-o"), object, std::string("-lm")}) words.push_back(word);
  const pid_t process = start(words, log);
  int status = 0;
  while (waitpid(process, &status, 0) < 0)
    if (errno != EINTR) fail(std::string("cannot wait for the C compiler: ") + std::strerror(errno));
  if (status) fail("the C compiler refused a translated kernel (" + source + "): " + readFile(log, false).substr(0, 2000));
}

std::string objectOf(const TranslatedKernel &kernel) {
  static const std::string cache = home() + "/cache";
  mkdir(cache.c_str(), 0777);
  const std::string text = completeSource(kernel), stem = cache + "/" + digest(text);
  const std::string object = stem + ".so", kept = stem + ".c";
  if (access(object.c_str(), R_OK) == 0 && readFile(kept, false) == text) return object;
  const std::string mine = stem + "." + std::to_string(getpid()) + "." + std::to_string(std::hash<std::thread::id>()(std::this_thread::get_id()));
  writeFile(mine + ".c", text);
  runCompiler(mine + ".c", mine + ".so", mine + ".log");
  unlink((mine + ".log").c_str());
  if (rename((mine + ".c").c_str(), kept.c_str()) || rename((mine + ".so").c_str(), object.c_str())) fail("cannot write " + object + ": " + std::strerror(errno));
  return object;
}

// Objects are never unloaded: the same kernel loaded again is the same object.
void load(KernelCode &kernel) {
  const std::string path = objectOf(kernel.translated);
  void *object = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!object) fail("cannot load a translated kernel: " + std::string(dlerror()));
  const auto bind = (void (*)(const raphe_runtime *))dlsym(object, "raphe_bind");
  kernel.entry = (void (*)(raphe_thread *))dlsym(object, "raphe_kernel");
  if (!bind || !kernel.entry) fail("a translated kernel lacks its entry: " + path);
  bind(&runtimeTable);
}

} // namespace

void compileKernels(const std::vector<KernelCode *> &kernels) {
  std::atomic<size_t> next{0};
  std::mutex lock;
  std::vector<Refusal> refusals;
  const auto work = [&] {
    for (size_t index; (index = next++) < kernels.size();) {
      try {
        load(*kernels[index]);
      } catch (const Refusal &refusal) {
        const std::lock_guard<std::mutex> guard(lock);
        refusals.push_back(refusal);
      }
    }
  };
  std::vector<std::thread> others;
  for (size_t core = 1; core < std::min<size_t>(Conditions::get().threads, kernels.size()); core++) others.emplace_back(work);
  work();
  for (std::thread &other : others) other.join();
  if (!refusals.empty()) throw refusals[0];
}

} // namespace raphe
