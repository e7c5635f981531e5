#include "block.h"

#include <algorithm>
#include <cstdlib>

#include "conditions.h"
#include "driver_types.h"

namespace raphe {
namespace {

constexpr uint64_t mostInstructions = 4000000000ull; // of one thread; a thread that runs longer never ends

std::vector<Coroutine> &coroutinesOfThisCore() {
  static thread_local std::vector<Coroutine> &coroutines = *new std::vector<Coroutine>(1024);
  return coroutines;
}

void runAllThreads(void *argument);
void runOneThread(void *argument);

std::string at(uint32_t x, uint32_t y, uint32_t z) { return "(" + std::to_string(x) + "," + std::to_string(y) + "," + std::to_string(z) + ")"; }

} // namespace

BlockRunner::BlockRunner(GridRun &run)
    : run(run), shared(run.request.code->translated, run.request.dynamicShared, (uint32_t)run.threads), together(run.request.code->translated.synchronises),
      reversed(Conditions::get().reversed), threads(run.threads), coroutines(coroutinesOfThisCore()), readyLanes((run.threads + 31) / 32) {
  prepareThreads();
}

BlockRunner::~BlockRunner() = default;

void BlockRunner::prepareThreads() {
  const uint64_t localBytes = run.request.code->translated.localBytes;
  const uint64_t copies = together ? threads.size() : 1;
  local.resize(copies * localBytes + 16);
  localShadow.resize(copies * localBytes + 16);
  const uint32_t *block = run.request.block;
  for (uint32_t linear = 0; linear < threads.size(); linear++) {
    Thread &thread = threads[linear];
    thread.runner = this;
    thread.launch = &run.view;
    thread.block = &shared.view;
    thread.linear = linear;
    thread.index[0] = linear % block[0];
    thread.index[1] = linear / block[0] % block[1];
    thread.index[2] = linear / block[0] / block[1];
    thread.local_size = (uint32_t)localBytes;
    const uint64_t offset = (together ? linear : 0) * localBytes;
    thread.local = (uint8_t *)(((uint64_t)local.data() + 15) & ~15ull) + offset;
    thread.local_shadow = localShadow.data() + offset;
  }
}

void BlockRunner::runAll() {
  for (uint64_t block; !failed && run.take(block);) runBlock(block);
}

void BlockRunner::runBlock(uint64_t block) {
  const uint32_t *grid = run.request.grid;
  current = block;
  shared.view.index[0] = (uint32_t)(block % grid[0]);
  shared.view.index[1] = (uint32_t)(block / grid[0] % grid[1]);
  shared.view.index[2] = (uint32_t)(block / grid[0] / grid[1]);
  shared.beginBlock();
  if (together) runTogether();
  else runOneByOne();
  uint64_t executed = 0;
  for (Thread &thread : threads) executed += thread.executed, thread.executed = 0;
  run.executed(executed);
}

// Threads that never wait need one coroutine for all, which a fault leaves.
void BlockRunner::runOneByOne() {
  coroutines[0].start(0, runAllThreads, this);
  coroutines[0].resume();
}

void BlockRunner::runThreads() {
  const size_t count = threads.size();
  for (size_t index = 0; index < count; index++) run.request.code->entry(&threads[reversed ? count - 1 - index : index]);
}

void BlockRunner::runTogether() {
  live = (uint32_t)threads.size();
  for (Barrier &barrier : barriers) barrier = {};
  for (Thread &thread : threads) {
    thread.state = Thread::Ready;
    ready(thread) |= 1u << thread.lane();
    coroutine(thread).start(thread.linear, runOneThread, &thread);
  }
  while (live && !failed) {
    bool progress = false;
    for (uint32_t warp = 0; warp < readyLanes.size() && !failed; warp++) progress |= runWarp(warp);
    if (!progress && !failed) reportStall();
  }
  if (failed) std::fill(readyLanes.begin(), readyLanes.end(), 0);
}

// Runs a warp until all its threads wait or have ended, or one that has run for long gives way.
bool BlockRunner::runWarp(uint32_t warp) {
  bool progress = false;
  yielded = false;
  while (readyLanes[warp] && !failed && !yielded) {
    for (uint32_t pass = readyLanes[warp]; pass && !failed;) {
      const uint32_t lane = reversed ? 31 - (uint32_t)__builtin_clz(pass) : (uint32_t)__builtin_ctz(pass);
      pass &= ~(1u << lane);
      readyLanes[warp] &= ~(1u << lane);
      runningCoroutine = warp * 32 + lane;
      coroutines[runningCoroutine].resume();
      progress = true;
    }
  }
  return progress;
}

void BlockRunner::runThread(Thread &thread) {
  run.request.code->entry(&thread);
  thread.state = Thread::Ended;
  live--;
  // Those of its warp that waited for it as well need not any more.
  for (uint32_t lanes = warpLanes(thread.warp(), Thread::AtWarpOperation); lanes; lanes &= lanes - 1)
    if (completeWarpOperation(lane(thread, (uint32_t)__builtin_ctz(lanes)))) break;
}

void BlockRunner::patience(Thread &thread, uint64_t executed, int line) {
  thread.executed += executed;
  if (thread.executed > mostInstructions)
    fail(thread, line, CUDA_ERROR_LAUNCH_TIMEOUT, "kernel without end", "the thread has run " + std::to_string(thread.executed) + " instructions");
  if (!together) return;
  yielded = true;
  ready(thread) |= 1u << thread.lane();
  coroutine(thread).suspend();
}

// ---- barriers ----

void BlockRunner::enterBarrier(Thread &thread, const BlockBarrier &wanted) {
  if (wanted.id >= 16) fail(thread, wanted.line, CUDA_ERROR_LAUNCH_FAILED, "no such barrier", "barrier " + std::to_string(wanted.id) + " of 16");
  if (wanted.count % 32)
    fail(thread, wanted.line, CUDA_ERROR_LAUNCH_FAILED, "wrong count of a barrier", std::to_string(wanted.count) + " threads are not a multiple of the warp size");
  Barrier &barrier = barriers[wanted.id];
  const uint32_t count = wanted.count ? wanted.count : (uint32_t)threads.size();
  if (barrier.arrived && barrier.count != count)
    fail(thread, wanted.line, CUDA_ERROR_LAUNCH_FAILED, "barrier divergence",
         "it expects " + std::to_string(count) + " threads at barrier " + std::to_string(wanted.id) + ", another thread expects " + std::to_string(barrier.count));
  barrier.count = count;
  barrier.arrived++;
  thread.barrier = wanted;
}

uint32_t BlockRunner::waitAtBarrier(Thread &thread, const BlockBarrier &wanted) {
  enterBarrier(thread, wanted);
  thread.state = Thread::AtBarrier;
  if (!completeBarrier(thread, wanted)) coroutine(thread).suspend();
  return thread.result;
}

void BlockRunner::arriveAtBarrier(Thread &thread, const BlockBarrier &wanted) {
  enterBarrier(thread, wanted);
  (void)completeBarrier(thread, wanted);
}

// Threads that wait at the same barrier in different places of the program have diverged, unless the instruction allows it.
bool BlockRunner::completeBarrier(Thread &thread, const BlockBarrier &wanted) {
  Barrier &barrier = barriers[wanted.id];
  if (barrier.arrived < barrier.count) return false;
  for (const Thread &other : threads) {
    if (other.state != Thread::AtBarrier || other.barrier.id != wanted.id) continue;
    if (wanted.aligned && other.barrier.line != wanted.line)
      fail(thread, wanted.line, CUDA_ERROR_LAUNCH_FAILED, "barrier divergence", waitsAt(other));
    if (wanted.reduction != other.barrier.reduction)
      fail(thread, wanted.line, CUDA_ERROR_LAUNCH_FAILED, "barrier divergence", waitsAt(other) + ", which reduces otherwise");
  }
  const uint32_t result = reduce(wanted);
  shared.barrier();
  barrier = {};
  for (Thread &other : threads)
    if (other.state == Thread::AtBarrier && other.barrier.id == wanted.id) release(other, result, thread);
  return true;
}

uint32_t BlockRunner::reduce(const BlockBarrier &barrier) const {
  uint32_t set = 0, waiting = 0;
  for (const Thread &thread : threads)
    if (thread.state == Thread::AtBarrier && thread.barrier.id == barrier.id) waiting++, set += thread.barrier.value;
  switch (barrier.reduction) {
    case RAPHE_REDUCE_POPULATION: return set;
    case RAPHE_REDUCE_AND: return set == waiting;
    case RAPHE_REDUCE_OR: return set != 0;
    default: return 0;
  }
}

// The thread that completes what others wait for goes on itself; the others become ready.
void BlockRunner::release(Thread &thread, uint32_t result, const Thread &running) {
  thread.state = Thread::Ready;
  thread.result = result;
  if (&thread != &running) ready(thread) |= 1u << thread.lane();
}

// ---- warp operations ----

uint32_t BlockRunner::warpLanes(uint32_t warp, int state) const {
  uint32_t lanes = 0;
  for (size_t linear = warp * 32ull; linear < std::min<size_t>(warp * 32ull + 32, threads.size()); linear++)
    if (threads[linear].state == state) lanes |= 1u << (linear & 31);
  return lanes;
}

uint32_t BlockRunner::waitAtWarpOperation(Thread &thread, const WarpOperation &operation) {
  if (!(operation.mask >> thread.lane() & 1))
    fail(thread, operation.line, CUDA_ERROR_LAUNCH_FAILED, "warp divergence", "the thread is not in the mask " + hex(operation.mask, 32) + " that it names");
  thread.operation = operation;
  thread.state = Thread::AtWarpOperation;
  if (!completeWarpOperation(thread)) coroutine(thread).suspend();
  else ready(thread) &= ~(1u << thread.lane());
  return thread.result;
}

// Done when all threads named by the mask that have not ended are at the same operation.
bool BlockRunner::completeWarpOperation(Thread &thread) {
  const WarpOperation &wanted = thread.operation;
  const uint32_t live = ~warpLanes(thread.warp(), Thread::Ended) & existingLanes(thread.warp()), group = wanted.mask & live;
  for (uint32_t lanes = group; lanes; lanes &= lanes - 1) {
    const Thread &other = lane(thread, (uint32_t)__builtin_ctz(lanes));
    if (other.state != Thread::AtWarpOperation || other.operation.kind != wanted.kind || other.operation.mask != wanted.mask) return false;
    if (wanted.kind != WarpOperation::Barrier && other.operation.line != wanted.line) return false;
  }
  shared.warpSynchronised(thread.warp(), group, group == live);
  for (uint32_t lanes = group; lanes; lanes &= lanes - 1) {
    Thread &other = lane(thread, (uint32_t)__builtin_ctz(lanes));
    other.result = warpResult(other, group);
  }
  for (uint32_t lanes = group; lanes; lanes &= lanes - 1) {
    Thread &other = lane(thread, (uint32_t)__builtin_ctz(lanes));
    other.state = Thread::Ready;
    ready(other) |= 1u << other.lane();
  }
  return true;
}

uint32_t BlockRunner::existingLanes(uint32_t warp) const {
  const uint64_t left = threads.size() - warp * 32ull;
  return left >= 32 ? 0xffffffffu : (1u << left) - 1;
}

uint32_t BlockRunner::warpResult(Thread &thread, uint32_t group) {
  const WarpOperation &own = thread.operation;
  if (own.kind == WarpOperation::Barrier) return 0;
  if (own.kind == WarpOperation::Shuffle) return shuffled(thread, group);
  uint32_t set = 0, same = 0;
  for (uint32_t lanes = group; lanes; lanes &= lanes - 1) {
    const Thread &other = lane(thread, (uint32_t)__builtin_ctz(lanes));
    if (other.operation.value) set |= 1u << other.lane();
    if (other.operation.value == own.value) same |= 1u << other.lane();
  }
  if (own.kind == WarpOperation::MatchAny) return same;
  if (own.kind == WarpOperation::MatchAll) return (thread.in_range = same == group) ? group : 0;
  switch (own.mode) {
    case RAPHE_VOTE_ALL: return set == group;
    case RAPHE_VOTE_ANY: return set != 0;
    case RAPHE_VOTE_UNIFORM: return set == group || set == 0;
    default: return set;
  }
}

// PTX ISA manual, shfl.sync. The value of a lane that takes no part is undefined, so reading it is a fault.
uint32_t BlockRunner::shuffled(Thread &thread, uint32_t group) {
  const WarpOperation &own = thread.operation;
  const uint32_t segment = own.c >> 8 & 31, clamp = own.c & 31, b = own.b & 31, number = thread.lane();
  const int32_t first = (int32_t)(number & segment), last = first | (int32_t)(clamp & ~segment);
  int32_t source = 0;
  switch (own.mode) {
    case RAPHE_SHUFFLE_UP: source = (int32_t)number - (int32_t)b; break;
    case RAPHE_SHUFFLE_DOWN: source = (int32_t)(number + b); break;
    case RAPHE_SHUFFLE_BUTTERFLY: source = (int32_t)(number ^ b); break;
    default: source = first | (int32_t)(b & ~segment); break;
  }
  thread.in_range = own.mode == RAPHE_SHUFFLE_UP ? source >= last : source <= last;
  if (!thread.in_range) source = (int32_t)number;
  if (!(group >> source & 1))
    fail(thread, own.line, CUDA_ERROR_LAUNCH_FAILED, "shuffle from a lane that takes no part", "lane " + std::to_string(source) + " is not among the lanes " + hex(group, 32));
  return (uint32_t)lane(thread, (uint32_t)source).operation.value;
}

// ---- faults ----

std::string BlockRunner::instruction(int line) const {
  const auto &instructions = run.request.code->translated.instructions;
  const auto found = instructions.find(line);
  return "PTX line " + std::to_string(line) + ": `" + (found == instructions.end() ? "?" : found->second) + "`";
}

std::string BlockRunner::where(const Thread &thread, int line) const {
  const uint32_t *block = shared.view.index;
  return "kernel " + run.request.code->translated.name + ", block " + at(block[0], block[1], block[2]) + ", thread " +
         at(thread.index[0], thread.index[1], thread.index[2]) + ", " + instruction(line);
}

std::string BlockRunner::waitsAt(const Thread &thread) const {
  const std::string name = "thread " + at(thread.index[0], thread.index[1], thread.index[2]);
  if (thread.state == Thread::Ended) return name + " has ended";
  return name + " waits at " + instruction(thread.state == Thread::AtBarrier ? thread.barrier.line : thread.operation.line);
}

// `coroutine` is the one that runs: the fault leaves it for good.
void BlockRunner::fail(Thread &thread, int line, int code, const std::string &what, const std::string &detail) {
  noteFault(thread, line, code, what, detail);
  for (;;) coroutines[together ? runningCoroutine : 0].suspend();
}

void BlockRunner::noteFault(const Thread &thread, int line, int code, const std::string &what, const std::string &detail) {
  failed = true;
  run.fail(current, {code, what + ": " + where(thread, line) + "; " + detail});
}

// No thread can go on: some wait for others that have ended or wait elsewhere.
void BlockRunner::reportStall() {
  const Thread *first = nullptr, *other = nullptr;
  uint32_t waiting = 0, ended = 0;
  for (const Thread &thread : threads) {
    if (thread.state == Thread::Ended) ended++;
    else waiting++;
    if (thread.state != Thread::Ended && !first) first = &thread;
  }
  const auto lineOf = [](const Thread &t) { return t.state == Thread::Ended ? 0 : t.state == Thread::AtBarrier ? t.barrier.line : t.operation.line; };
  for (const Thread &thread : threads)
    if (!other && lineOf(thread) != lineOf(*first)) other = &thread;
  const char *what = first->state == Thread::AtBarrier ? "barrier divergence" : "warp divergence";
  noteFault(*first, lineOf(*first), CUDA_ERROR_LAUNCH_FAILED, what,
            std::to_string(waiting) + " threads wait and " + std::to_string(ended) + " have ended" + (other ? "; " + waitsAt(*other) : ""));
}

namespace {

void runAllThreads(void *argument) { ((BlockRunner *)argument)->runThreads(); }

void runOneThread(void *argument) {
  Thread &thread = *(Thread *)argument;
  thread.runner->runThread(thread);
}

} // namespace
} // namespace raphe
