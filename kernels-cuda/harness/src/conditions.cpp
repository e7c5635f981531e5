#include "conditions.h"

#include <cstdlib>
#include <sstream>
#include <thread>

#include "report.h"

namespace raphe {
namespace {

[[noreturn]] void reject(const char *name, const std::string &text, const char *expected) {
  say(std::string("environment variable ") + name + "='" + text + "' is not " + expected);
  std::_Exit(2);
}

uint64_t number(const char *name, uint64_t otherwise) {
  const char *text = std::getenv(name);
  if (!text || !*text) return otherwise;
  char *end = nullptr;
  const uint64_t value = std::strtoull(text, &end, 0);
  if (*end) reject(name, text, "a number");
  return value;
}

std::vector<InjectedFailure> injectedFailures() {
  const char *name = "RAPHE_HARNESS_FAIL", *text = std::getenv(name);
  std::vector<InjectedFailure> failures;
  std::istringstream list(text ? text : "");
  for (std::string each; std::getline(list, each, ',');) {
    const size_t first = each.find(':'), second = each.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) reject(name, each, "call:number:code, such as cuLaunchKernel:40:719");
    InjectedFailure failure{each.substr(0, first), std::strtoull(each.c_str() + first + 1, nullptr, 10), std::atoi(each.c_str() + second + 1)};
    const size_t suffix = failure.call.rfind("_v"); // cuMemAlloc_v2 is cuMemAlloc
    if (suffix != std::string::npos) failure.call.resize(suffix);
    if (failure.number == 0 || failure.code == 0) reject(name, each, "call:number:code, such as cuLaunchKernel:40:719");
    failures.push_back(failure);
  }
  return failures;
}

std::vector<PlantedGpu> plantedGpus() {
  const char *name = "RAPHE_HARNESS_ENERGY", *text = std::getenv(name);
  std::vector<PlantedGpu> gpus;
  std::istringstream list(text ? text : "");
  for (std::string each; std::getline(list, each, ',');) {
    const size_t equals = each.find('=');
    if (equals == std::string::npos) reject(name, each, "place=millijoules/..., such as 0000:3b:00.0=100/250");
    PlantedGpu gpu{each.substr(0, equals), {}};
    std::istringstream numbers(each.substr(equals + 1));
    for (std::string number; std::getline(numbers, number, '/');) {
      char *end = nullptr;
      gpu.millijoules.push_back(std::strtoull(number.c_str(), &end, 10));
      if (number.empty() || *end) reject(name, each, "place=millijoules/..., such as 0000:3b:00.0=100/250");
    }
    gpus.push_back(gpu);
  }
  return gpus;
}

Conditions read() {
  Conditions read;
  read.memoryBytes = number("RAPHE_HARNESS_MEMORY", read.memoryBytes);
  read.driverVersion = (int)number("RAPHE_HARNESS_DRIVER", (uint64_t)read.driverVersion);
  read.capability = (int)number("RAPHE_HARNESS_CAPABILITY", (uint64_t)read.capability);
  read.multiprocessors = (int)number("RAPHE_HARNESS_MULTIPROCESSORS", (uint64_t)read.multiprocessors);
  if (read.multiprocessors < 1 || read.multiprocessors > 1024)
    reject("RAPHE_HARNESS_MULTIPROCESSORS", std::to_string(read.multiprocessors), "from 1 to 1024");
  const char *ptxas = std::getenv("RAPHE_HARNESS_PTXAS");
  read.ptxas = !ptxas ? "ptxas" : std::string(ptxas) == "none" ? "" : ptxas;
  read.devices = (int)number("RAPHE_HARNESS_DEVICES", 1);
  if (read.devices > 1) reject("RAPHE_HARNESS_DEVICES", std::to_string(read.devices), "0 or 1");
  const unsigned cores = std::thread::hardware_concurrency();
  read.threads = (unsigned)number("RAPHE_HARNESS_THREADS", cores ? cores : 1);
  if (read.threads < 1 || read.threads > 256) reject("RAPHE_HARNESS_THREADS", std::to_string(read.threads), "from 1 to 256");
  const char *order = std::getenv("RAPHE_HARNESS_ORDER"), *launches = std::getenv("RAPHE_HARNESS_LAUNCHES");
  read.reversed = order && std::string(order) == "reverse";
  if (order && *order && !read.reversed && std::string(order) != "forward") reject("RAPHE_HARNESS_ORDER", order, "forward or reverse");
  read.launches = launches ? launches : "";
  read.failures = injectedFailures();
  read.energy = plantedGpus();
  return read;
}

} // namespace

const Conditions &Conditions::get() {
  static const Conditions &conditions = *new Conditions(read());
  return conditions;
}

// PTX ISA manual, release notes: the PTX version of each CUDA release.
int Conditions::newestPtx() const {
  static const std::map<int, int> releases = {{9000, 60},  {9010, 61},  {9020, 62},  {10000, 63}, {10010, 64}, {10020, 65}, {11000, 70}, {11010, 71},
                                              {11020, 72}, {11030, 73}, {11040, 74}, {11050, 75}, {11060, 76}, {11070, 77}, {11080, 78}, {12000, 80},
                                              {12010, 81}, {12020, 82}, {12030, 83}, {12040, 84}, {12050, 85}, {12070, 86}, {12080, 87}, {12090, 88},
                                              {13000, 90}, {13010, 91}};
  const auto after = releases.upper_bound(driverVersion);
  return after == releases.begin() ? 0 : std::prev(after)->second;
}

} // namespace raphe
