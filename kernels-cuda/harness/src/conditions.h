// The machine that the harness pretends to be, and the failures it is told to make, all from the environment:
//   RAPHE_HARNESS_MEMORY=bytes        size of device memory (default 4 GiB)
//   RAPHE_HARNESS_DRIVER=11020        driver version (default 12000)
//   RAPHE_HARNESS_CAPABILITY=90       compute capability (default 75)
//   RAPHE_HARNESS_MULTIPROCESSORS=132 how many multiprocessors (default 4): each takes memory for the stacks of the threads it can hold
//   RAPHE_HARNESS_PTXAS=program       asked how many registers a kernel needs (default ptxas; none: the documented bounds are taken)
//   RAPHE_HARNESS_DEVICES=0           how many devices (0 or 1, default 1)
//   RAPHE_HARNESS_FAIL=call:n:code    the n-th call of that function returns the code, and so does every later call of the context;
//                                     several are separated by commas; a function of NVML fails from that call on, by itself
//   RAPHE_HARNESS_ENERGY=gpus         NVML's GPUs in its order, such as 0000:3b:00.0=100/250,0000:00:00.0=7000/19345: the millijoules of each
//                                     reading, the last ever after; a GPU without numbers has no counter. The harness's own GPU is
//                                     0000:00:00.0. Not set: NVML says that no driver is loaded
//   RAPHE_HARNESS_LAUNCHES=file       at context end and process end, a line a kernel is appended: its name, executions and PTX instructions
//   RAPHE_HARNESS_THREADS=n           cores that run blocks (default: all)
//   RAPHE_HARNESS_ORDER=reverse       run blocks and threads from last to first
//   RAPHE_HARNESS_REPORT=file         faults and leaks are appended to it
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace raphe {

struct InjectedFailure {
  std::string call;
  uint64_t number;
  int code;
};

struct PlantedGpu {
  std::string place;
  std::vector<uint64_t> millijoules;
};

struct Conditions {
  uint64_t memoryBytes = 4ull << 30;
  int driverVersion = 12000;
  int capability = 75;
  int multiprocessors = 4;
  std::string ptxas; // empty for none
  int devices = 1;
  unsigned threads = 1;
  bool reversed = false;
  std::string launches;
  std::vector<InjectedFailure> failures;
  std::vector<PlantedGpu> energy;

  static const Conditions &get(); // read once; a value that cannot be read ends the process with a line that says so
  int newestPtx() const; // of the driver version: 10 * major + minor
};

} // namespace raphe
