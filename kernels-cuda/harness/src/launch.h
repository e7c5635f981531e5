// One execution of a kernel over a grid, and the cores that share its blocks.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "kernel.h"
#include "report.h"
#include "translation.h"

namespace raphe {

// A kernel ready to run: its translation, compiled.
struct KernelCode {
  TranslatedKernel translated;
  void (*entry)(raphe_thread *) = nullptr;
};

struct LaunchRequest {
  const KernelCode *code = nullptr;
  std::vector<uint64_t> globals;     // addresses of the module's variables
  std::vector<uint8_t> parameters;   // as they were at launch
  uint32_t grid[3] = {1, 1, 1};
  uint32_t block[3] = {1, 1, 1};
  uint32_t dynamicShared = 0;
};

// What the workers of a launch share.
class GridRun {
public:
  explicit GridRun(const LaunchRequest &request, bool reversed);
  bool take(uint64_t &block); // the next block, unless one before it has failed
  void fail(uint64_t block, const Fault &fault);
  void executed(uint64_t instructions) { total += instructions; }

  const LaunchRequest &request;
  raphe_launch view;
  uint64_t threads; // of a block
  uint64_t blocks;
  std::atomic<uint64_t> total{0}; // PTX instructions
  Fault fault;                    // of the first block, in launch order, that failed

private:
  const bool reversed;
  std::vector<uint64_t> parameters;
  std::atomic<uint64_t> next{0};
  std::atomic<uint64_t> failed{~0ull};
  std::mutex lock;
};

// Runs the grid to its end or its first fault; gives the PTX instructions executed.
uint64_t runGrid(const LaunchRequest &request, Fault &fault);

} // namespace raphe
