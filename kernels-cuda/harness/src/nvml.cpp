// A stand-in libnvidia-ml.so.1: GPUs whose energy counters show the planted numbers. Functions, statuses and their words are those of nvml.h.
#include <algorithm>
#include <cstdio>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "conditions.h"
#include "report.h"

#define RAPHE_NVML_CALL extern "C" __attribute__((visibility("default"))) int

using namespace raphe;

namespace {

enum Status { Success = 0, Uninitialized = 1, InvalidArgument = 2, NotSupported = 3, NotFound = 6, DriverNotLoaded = 9 };

struct Place {
  unsigned domain = 0, bus = 0, device = 0, function = 0;
  bool operator==(const Place &other) const {
    return domain == other.domain && bus == other.bus && device == other.device && function == other.function;
  }
};

bool read(const char *text, Place &place) {
  char rest;
  return text && std::sscanf(text, "%x:%x:%x.%x%c", &place.domain, &place.bus, &place.device, &place.function, &rest) == 4;
}

struct Gpu {
  Place place;
  const PlantedGpu *planted = nullptr;
  size_t readings = 0;
};

std::mutex lock;
std::map<std::string, uint64_t> calls;
long uses = 0;

std::vector<Gpu> &gpus() {
  static std::vector<Gpu> &all = *new std::vector<Gpu>([] {
    std::vector<Gpu> made;
    for (const PlantedGpu &planted : Conditions::get().energy) {
      Gpu gpu;
      gpu.planted = &planted;
      if (!read(planted.place.c_str(), gpu.place)) reportFault("RAPHE_HARNESS_ENERGY: '" + planted.place + "' is not a place such as 0000:3b:00.0");
      made.push_back(gpu);
    }
    return made;
  }());
  return all;
}

// The status of a call: what it is told to fail with, else what `made` comes to.
template <class Made> int enter(const char *name, bool needsInitialised, Made made) {
  std::lock_guard<std::mutex> held(lock);
  const uint64_t number = ++calls[name];
  for (const InjectedFailure &failure : Conditions::get().failures)
    if (failure.call == name && number >= failure.number) return failure.code;
  if (needsInitialised && uses == 0) {
    reportFault(std::string(name) + ": NVML is not initialised");
    return Uninitialized;
  }
  return made();
}

__attribute__((destructor)) void end() {
  if (uses) reportFault("NVML: " + std::to_string(uses) + " initialisation(s) without shutdown");
}

} // namespace

RAPHE_NVML_CALL nvmlInit_v2() {
  return enter("nvmlInit", false, [] {
    if (gpus().empty()) return DriverNotLoaded;
    uses++;
    return Success;
  });
}

RAPHE_NVML_CALL nvmlShutdown() {
  return enter("nvmlShutdown", true, [] {
    uses--;
    return Success;
  });
}

RAPHE_NVML_CALL nvmlDeviceGetHandleByPciBusId_v2(const char *text, Gpu **device) {
  return enter("nvmlDeviceGetHandleByPciBusId", true, [&] {
    Place place;
    if (!device || !read(text, place)) return InvalidArgument;
    for (Gpu &gpu : gpus()) {
      if (gpu.place == place) {
        *device = &gpu;
        return Success;
      }
    }
    return NotFound;
  });
}

RAPHE_NVML_CALL nvmlDeviceGetTotalEnergyConsumption(Gpu *device, unsigned long long *millijoules) {
  return enter("nvmlDeviceGetTotalEnergyConsumption", true, [&] {
    bool known = false;
    for (Gpu &gpu : gpus()) known = known || &gpu == device;
    if (!known || !millijoules) {
      reportFault("nvmlDeviceGetTotalEnergyConsumption: no such device, or no place for the result");
      return InvalidArgument;
    }
    const std::vector<uint64_t> &planted = device->planted->millijoules;
    if (planted.empty()) return NotSupported;
    *millijoules = planted[std::min(device->readings++, planted.size() - 1)];
    return Success;
  });
}

extern "C" __attribute__((visibility("default"))) const char *nvmlErrorString(int status) {
  static const std::map<int, const char *> words = {{Success, "Success"},
                                                    {Uninitialized, "Uninitialized"},
                                                    {InvalidArgument, "Invalid Argument"},
                                                    {NotSupported, "Not Supported"},
                                                    {4, "Insufficient Permissions"},
                                                    {NotFound, "Not Found"},
                                                    {DriverNotLoaded, "Driver Not Loaded"},
                                                    {15, "GPU is lost"},
                                                    {18, "Driver/library version mismatch"}};
  const auto found = words.find(status);
  return found == words.end() ? "Unknown Error" : found->second;
}
