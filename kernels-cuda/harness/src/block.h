// Execution of one block after another on one core: its threads as coroutines, which wait for each other at barriers and warp operations.
#pragma once

#include <memory>
#include <vector>

#include "coroutine.h"
#include "kernel.h"
#include "launch.h"
#include "shared_memory.h"

namespace raphe {

class BlockRunner;

struct WarpOperation {
  enum Kind { Barrier, Shuffle, Vote, MatchAny, MatchAll };
  Kind kind = Barrier;
  int mode = 0;
  uint32_t mask = 0;
  int line = 0;
  uint64_t value = 0;
  uint32_t b = 0, c = 0;
};

struct BlockBarrier {
  uint32_t id = 0;
  uint32_t count = 0; // threads it waits for; 0: all of the block
  int reduction = RAPHE_REDUCE_NONE;
  bool value = false;
  bool aligned = true;
  int line = 0;
};

struct Thread : raphe_thread {
  enum State { Ready, AtBarrier, AtWarpOperation, Ended };
  BlockRunner *runner = nullptr;
  State state = Ready;
  BlockBarrier barrier;
  WarpOperation operation;
  uint32_t result = 0;
  uint32_t warp() const { return linear >> 5; }
  uint32_t lane() const { return linear & 31; }
};

class BlockRunner {
public:
  explicit BlockRunner(GridRun &run);
  ~BlockRunner();
  void runAll(); // blocks of the grid until none is left

  // What kernels call, each in the coroutine of `thread`.
  uint32_t waitAtBarrier(Thread &thread, const BlockBarrier &barrier);
  void arriveAtBarrier(Thread &thread, const BlockBarrier &barrier);
  uint32_t waitAtWarpOperation(Thread &thread, const WarpOperation &operation);
  void patience(Thread &thread, uint64_t executed, int line);
  [[noreturn]] void fail(Thread &thread, int line, int code, const std::string &what, const std::string &detail);

  // Bodies of coroutines.
  void runThreads();
  void runThread(Thread &thread);

  GridRun &run;
  SharedMemory shared;

private:
  struct Barrier {
    uint32_t arrived = 0;
    uint32_t count = 0;
  };

  void prepareThreads();
  void runBlock(uint64_t block);
  void runOneByOne();
  void runTogether();
  bool runWarp(uint32_t warp);
  Coroutine &coroutine(const Thread &thread) { return coroutines[together ? thread.linear : 0]; }
  uint32_t &ready(const Thread &thread) { return readyLanes[thread.warp()]; }
  void enterBarrier(Thread &thread, const BlockBarrier &barrier);
  bool completeBarrier(Thread &thread, const BlockBarrier &barrier);
  uint32_t reduce(const BlockBarrier &barrier) const;
  void release(Thread &thread, uint32_t result, const Thread &running);
  uint32_t warpLanes(uint32_t warp, int state) const;
  uint32_t existingLanes(uint32_t warp) const;
  bool completeWarpOperation(Thread &thread);
  uint32_t warpResult(Thread &thread, uint32_t group);
  uint32_t shuffled(Thread &thread, uint32_t group);
  Thread &lane(const Thread &of, uint32_t lane) { return threads[of.warp() * 32 + lane]; }
  void reportStall();
  void noteFault(const Thread &thread, int line, int code, const std::string &what, const std::string &detail);
  std::string where(const Thread &thread, int line) const;
  std::string waitsAt(const Thread &thread) const;
  std::string instruction(int line) const;

  const bool together; // whether threads wait for each other
  const bool reversed;
  std::vector<Thread> threads;
  std::vector<Coroutine> &coroutines;
  std::vector<uint32_t> readyLanes;
  std::vector<uint8_t> local, localShadow;
  Barrier barriers[16];
  uint64_t current = 0; // the block
  uint32_t live = 0;
  uint32_t runningCoroutine = 0;
  bool yielded = false;
  bool failed = false;
};

extern const raphe_runtime runtimeTable;

} // namespace raphe
