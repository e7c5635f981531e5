#include "registers.h"

#include <unistd.h>

#include <cstdio>
#include <sstream>

#include "cache.h"
#include "conditions.h"

namespace raphe {
namespace {

// What ptxas printed of the module; empty where it cannot be started or refuses the module or the device.
std::string assembled(const std::string &source, const std::string &log) {
  const Conditions &conditions = Conditions::get();
  const std::string device = "-arch=sm_" + std::to_string(conditions.capability);
  const int status = runProgram({conditions.ptxas, "-v", device, source, "-o", "/dev/null"}, log);
  const std::string printed = readFile(log, false);
  unlink(log.c_str());
  return status == 0 ? printed : "";
}

// The same, kept by what it was made of, so that a module is assembled once only.
std::string printedFor(const Module &module) {
  std::string text = "// " + Conditions::get().ptxas + " sm_" + std::to_string(Conditions::get().capability) + "\n";
  for (const std::string &line : module.lines) text += line + "\n";
  const std::string kept = keptAt(text), mine = madeAt(kept);
  if (readFile(kept + ".ptx", false) == text) {
    const std::string printed = readFile(kept + ".registers", false);
    if (!printed.empty()) return printed;
  }
  writeFile(mine + ".ptx", text);
  const std::string printed = assembled(mine + ".ptx", mine + ".log");
  writeFile(mine + ".registers", printed);
  rename((mine + ".registers").c_str(), (kept + ".registers").c_str());
  rename((mine + ".ptx").c_str(), (kept + ".ptx").c_str());
  return printed;
}

} // namespace

std::map<std::string, uint32_t> assembledRegisters(const Module &module) {
  std::map<std::string, uint32_t> registers;
  if (Conditions::get().ptxas.empty()) return registers;
  std::istringstream lines(printedFor(module));
  std::string kernel;
  for (std::string line; std::getline(lines, line);) {
    const size_t named = line.find("Compiling entry function '"), used = line.find("Used ");
    unsigned count = 0;
    if (named != std::string::npos) kernel = line.substr(line.find('\'') + 1, line.rfind("' for") - line.find('\'') - 1);
    if (used != std::string::npos && std::sscanf(line.c_str() + used, "Used %u registers", &count) == 1) registers[kernel] = count;
  }
  return registers;
}

} // namespace raphe
