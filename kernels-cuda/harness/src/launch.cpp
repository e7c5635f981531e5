#include "launch.h"

#include <cfenv>
#include <condition_variable>
#include <cstring>
#include <thread>

#include "block.h"
#include "conditions.h"
#include "worker_thread.h"

namespace raphe {

GridRun::GridRun(const LaunchRequest &request, bool reversed) : request(request), view(), reversed(reversed), parameters((request.parameters.size() + 15) / 8) {
  if (!request.parameters.empty()) std::memcpy(parameters.data(), request.parameters.data(), request.parameters.size());
  view.parameters = (const uint8_t *)parameters.data();
  view.parameter_bytes = (uint32_t)request.parameters.size();
  view.globals = request.globals.data();
  std::memcpy(view.grid, request.grid, sizeof view.grid);
  std::memcpy(view.block, request.block, sizeof view.block);
  view.dynamic_shared = request.dynamicShared;
  view.total_shared = (uint32_t)request.code->translated.sharedBytes + request.dynamicShared;
  threads = (uint64_t)request.block[0] * request.block[1] * request.block[2];
  blocks = (uint64_t)request.grid[0] * request.grid[1] * request.grid[2];
}

bool GridRun::take(uint64_t &block) {
  const uint64_t turn = next++;
  block = reversed ? blocks - 1 - turn : turn;
  return turn < blocks && turn < failed;
}

// Of several faults the first in launch order is kept, so that a report does not depend on which core was faster.
void GridRun::fail(uint64_t block, const Fault &found) {
  const std::lock_guard<std::mutex> guard(lock);
  const uint64_t turn = reversed ? blocks - 1 - block : block;
  if (turn >= failed) return;
  failed = turn;
  fault = found;
}

namespace {

// Threads, one a further core, that sleep between launches.
class Crew {
public:
  explicit Crew(unsigned size) {
    for (unsigned index = 0; index < size; index++) startWorkerThread([this] { work(); });
    this->size = size;
  }

  void run(GridRun &run) {
    {
      const std::lock_guard<std::mutex> guard(lock);
      current = &run;
      generation++;
      busy = size;
    }
    wake.notify_all();
    BlockRunner(run).runAll();
    std::unique_lock<std::mutex> guard(lock);
    done.wait(guard, [this] { return busy == 0; });
  }

private:
  std::mutex lock;
  std::condition_variable wake, done;
  GridRun *current = nullptr;
  uint64_t generation = 0;
  unsigned size = 0, busy = 0;

  void work() {
    for (uint64_t seen = 0;;) {
      std::unique_lock<std::mutex> guard(lock);
      wake.wait(guard, [&] { return generation != seen; });
      seen = generation;
      GridRun *run = current;
      guard.unlock();
      BlockRunner(*run).runAll();
      guard.lock();
      if (--busy == 0) done.notify_one();
    }
  }
};

constexpr uint64_t worthWaking = 1024; // threads of a launch, below which other cores are left asleep

} // namespace

uint64_t runGrid(const LaunchRequest &request, Fault &fault) {
  const unsigned cores = Conditions::get().threads;
  GridRun run(request, Conditions::get().reversed);
  if (cores > 1 && run.blocks > 1 && run.blocks * run.threads >= worthWaking) {
    static Crew &crew = *new Crew(cores - 1);
    crew.run(run);
  } else {
    BlockRunner(run).runAll();
  }
  fault = run.fault;
  return run.total;
}

} // namespace raphe
