#include "cache.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <thread>

#include "block.h"
#include "driver_types.h"
#include "report.h"

extern char **environ;

namespace raphe {
namespace {

// FNV-1a.
std::string digest(const std::string &text) {
  uint64_t hash = 0xcbf29ce484222325ull;
  for (unsigned char c : text) hash = (hash ^ c) * 0x100000001b3ull;
  char name[17];
  std::snprintf(name, sizeof name, "%016llx", (unsigned long long)hash);
  return name;
}

int start(std::vector<std::string> &words, const std::string &log, pid_t &process) {
  std::vector<char *> arguments;
  for (std::string &word : words) arguments.push_back(&word[0]);
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666);
  posix_spawn_file_actions_adddup2(&actions, 1, 2);
  posix_spawnattr_t attributes; // this thread takes no signals; the program shall
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  const int error = posix_spawnp(&process, arguments[0], &actions, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

} // namespace

void refuseForSystem(const std::string &why) { throw Refusal{CUDA_ERROR_OPERATING_SYSTEM, why}; }

std::string readFile(const std::string &path, bool mustExist) {
  std::ifstream file(path, std::ios::binary);
  if (!file && mustExist) refuseForSystem("cannot read " + path + ": " + std::strerror(errno));
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void writeFile(const std::string &path, const std::string &text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) refuseForSystem("cannot write " + path + ": " + std::strerror(errno));
}

std::string home() {
  Dl_info info;
  if (!dladdr((void *)&runtimeTable, &info) || !info.dli_fname) refuseForSystem("cannot tell where the harness lies");
  char *resolved = realpath(info.dli_fname, nullptr);
  if (!resolved) refuseForSystem(std::string("cannot resolve ") + info.dli_fname + ": " + std::strerror(errno));
  const std::string path = resolved;
  std::free(resolved);
  return path.substr(0, path.rfind('/'));
}

std::string keptAt(const std::string &text) {
  static const std::string cache = home() + "/cache";
  mkdir(cache.c_str(), 0777);
  return cache + "/" + digest(text);
}

std::string madeAt(const std::string &kept) {
  return kept + "." + std::to_string(getpid()) + "." + std::to_string(std::hash<std::thread::id>()(std::this_thread::get_id()));
}

int runProgram(std::vector<std::string> words, const std::string &log) {
  pid_t process = 0;
  const int error = start(words, log, process);
  if (error) {
    errno = error;
    return -1;
  }
  int status = 0;
  while (waitpid(process, &status, 0) < 0)
    if (errno != EINTR) refuseForSystem("cannot wait for '" + words[0] + "': " + std::strerror(errno));
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

} // namespace raphe
