// How often each kernel was executed: the proof that launches ran.
#include <cerrno>
#include <cstring>
#include <fstream>

#include "conditions.h"
#include "driver.h"

namespace raphe {
namespace {

struct Count {
  uint64_t executions = 0, instructions = 0;
};

std::map<std::string, Count> &counts() {
  static auto &counts = *new std::map<std::string, Count>;
  return counts;
}

} // namespace

void countLaunch(const std::string &kernel, uint64_t instructions) {
  Count &count = counts()[kernel];
  count.executions++;
  count.instructions += instructions;
}

// Appends what has been counted since the last time, so that a reader adds up the lines of a kernel.
void writeLaunchCounts() {
  const std::string &path = Conditions::get().launches;
  if (path.empty() || counts().empty()) return;
  std::ofstream file(path, std::ios::app);
  for (const auto &each : counts()) file << each.first << " " << each.second.executions << " " << each.second.instructions << "\n";
  file.close();
  if (!file) say("cannot write RAPHE_HARNESS_LAUNCHES=" + path + ": " + std::strerror(errno));
  counts().clear();
}

} // namespace raphe
