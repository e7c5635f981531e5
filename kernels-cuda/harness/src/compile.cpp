#include "compile.h"

#include <dlfcn.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <mutex>
#include <thread>

#include "block.h"
#include "cache.h"
#include "conditions.h"
#include "driver_types.h"

namespace raphe {
namespace {

// No contraction, no flush of denormals, no assumption about floats; integers wrap, and any two pointers may be equal. AVX-512 is left out because
// it makes a build of short functions slower; that changes no result.
const char *const flags[] = {"-std=gnu11", "-O1",   "-march=native",        "-mno-avx512f", "-ffp-contract=off", "-fno-fast-math", "-fno-math-errno",
                             "-fwrapv", "-fno-strict-aliasing", "-fno-unwind-tables", "-fno-asynchronous-unwind-tables", "-w", "-shared", "-fPIC"};

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

void runCompiler(const std::string &source, const std::string &object, const std::string &log) {
  std::vector<std::string> words = {compiler()};
  words.insert(words.end(), std::begin(flags), std::end(flags));
#if !defined(__x86_64__)
  words.erase(std::find(words.begin(), words.end(), "-mno-avx512f"));
#endif
  for (const std::string &word : {source, std::string("-o"), object, std::string("-lm")}) words.push_back(word);
  const int status = runProgram(words, log);
  if (status < 0) refuseForSystem("cannot start the C compiler '" + words[0] + "': " + std::strerror(errno) + "; install one or set CC");
  if (status) refuseForSystem("the C compiler refused a translated kernel (" + source + "): " + readFile(log, false).substr(0, 2000));
}

std::string objectOf(const TranslatedKernel &kernel) {
  const std::string text = completeSource(kernel), stem = keptAt(text);
  const std::string object = stem + ".so", kept = stem + ".c";
  if (access(object.c_str(), R_OK) == 0 && readFile(kept, false) == text) return object;
  const std::string mine = madeAt(stem);
  writeFile(mine + ".c", text);
  runCompiler(mine + ".c", mine + ".so", mine + ".log");
  unlink((mine + ".log").c_str());
  if (rename((mine + ".c").c_str(), kept.c_str()) || rename((mine + ".so").c_str(), object.c_str())) refuseForSystem("cannot write " + object + ": " + std::strerror(errno));
  return object;
}

// Objects are never unloaded: the same kernel loaded again is the same object.
void load(KernelCode &kernel) {
  const std::string path = objectOf(kernel.translated);
  void *object = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!object) refuseForSystem("cannot load a translated kernel: " + std::string(dlerror()));
  const auto bind = (void (*)(const raphe_runtime *))dlsym(object, "raphe_bind");
  kernel.entry = (void (*)(raphe_thread *))dlsym(object, "raphe_kernel");
  if (!bind || !kernel.entry) refuseForSystem("a translated kernel lacks its entry: " + path);
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
