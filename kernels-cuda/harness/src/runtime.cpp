// What translated kernels call: the checks that their fast paths leave undecided, and the operations in which threads meet.
#include "block.h"
#include "driver_types.h"
#include "memory.h"

namespace raphe {
namespace {

Thread &of(raphe_thread *thread) { return *static_cast<Thread *>(thread); }

const char *verb(int access) { return access == RAPHE_WRITE ? "write" : access == RAPHE_ATOMIC ? "atomic" : "read"; }

std::string sized(const char *kind, int access, uint32_t bytes) { return std::string(kind) + " " + verb(access) + " of " + std::to_string(bytes) + " bytes"; }

[[noreturn]] void fail(raphe_thread *thread, int line, int code, const std::string &what, const std::string &detail) {
  of(thread).runner->fail(of(thread), line, code, what, detail);
}

// Shadow bytes of an access, all of which must pass; gives the first that does not.
uint32_t firstWith(uint64_t address, uint32_t bytes, uint8_t mask, uint8_t want) {
  const uint8_t *shadow = Arena::shadow(address);
  uint32_t index = 0;
  while (index < bytes && (shadow[index] & mask) == want) index++;
  return index;
}

void globalAccess(raphe_thread *thread, uint64_t address, uint32_t bytes, int access, int line) {
  const Arena &arena = Arena::get();
  const bool inside = Arena::contains(address);
  const uint32_t allocated = inside ? firstWith(address, bytes, RAPHE_ALLOCATED, RAPHE_ALLOCATED) : 0;
  if (allocated < bytes) {
    const Allocation *owner = inside ? arena.containing(address + allocated, nullptr) : nullptr;
    fail(thread, line, CUDA_ERROR_ILLEGAL_ADDRESS, sized(owner ? "use after free," : "out-of-bounds", access, bytes), arena.describe(address + allocated));
  }
  if (address % bytes) fail(thread, line, CUDA_ERROR_MISALIGNED_ADDRESS, sized("misaligned", access, bytes), arena.describe(address));
  const uint32_t constant = firstWith(address, bytes, RAPHE_CONSTANT, RAPHE_CONSTANT);
  if (access == RAPHE_READ_CONSTANT && constant < bytes)
    fail(thread, line, CUDA_ERROR_INVALID_ADDRESS_SPACE, "ld.const of memory that is not constant", arena.describe(address));
  if (access != RAPHE_READ_CONSTANT && constant)
    fail(thread, line, CUDA_ERROR_INVALID_ADDRESS_SPACE, std::string(verb(access)) + " of constant memory as global memory", arena.describe(address));
  const uint32_t written = firstWith(address, bytes, RAPHE_WRITTEN, RAPHE_WRITTEN);
  if (access != RAPHE_WRITE && written < bytes)
    fail(thread, line, CUDA_ERROR_LAUNCH_FAILED, "read of memory never written", arena.describe(address + written));
}

void sharedAccess(raphe_thread *thread, uint64_t address, uint32_t bytes, int access, int line) {
  const SharedMemory::Problem problem = of(thread).runner->shared.access(*thread, address, bytes, access);
  if (problem.code) fail(thread, line, problem.code, problem.what, problem.detail);
}

std::string describeLocal(raphe_thread *thread, uint64_t address) {
  std::string text = "local address " + std::to_string(address) + " ";
  for (const Extent &extent : of(thread).runner->run.request.code->translated.local) {
    if (address >= extent.offset && address - extent.offset < extent.bytes)
      return text + "is byte " + std::to_string(address - extent.offset) + " of " + extent.name + " of " + std::to_string(extent.bytes) + " bytes";
  }
  return text + "is in no local variable";
}

void localAccess(raphe_thread *thread, uint64_t address, uint32_t bytes, int access, int line) {
  bool allocated = address < thread->local_size && thread->local_size - address >= bytes, written = allocated;
  for (uint32_t index = 0; allocated && index < bytes; index++) {
    allocated = thread->local_shadow[address + index] & RAPHE_ALLOCATED;
    written = written && (thread->local_shadow[address + index] & RAPHE_WRITTEN);
  }
  if (!allocated) fail(thread, line, CUDA_ERROR_ILLEGAL_ADDRESS, sized("out-of-bounds local", access, bytes), describeLocal(thread, address));
  if (address % bytes) fail(thread, line, CUDA_ERROR_MISALIGNED_ADDRESS, sized("misaligned local", access, bytes), describeLocal(thread, address));
  if (access != RAPHE_WRITE && !written) fail(thread, line, CUDA_ERROR_LAUNCH_FAILED, "read of local memory never written", describeLocal(thread, address));
}

const void *parameterAccess(raphe_thread *thread, uint64_t address, uint32_t bytes, int line) {
  const uint32_t size = thread->launch->parameter_bytes;
  const std::string detail = "byte " + std::to_string(address) + " of parameters of " + std::to_string(size) + " bytes";
  if (address >= size || size - address < bytes) fail(thread, line, CUDA_ERROR_ILLEGAL_ADDRESS, "out-of-bounds read of a parameter", detail);
  if (address % bytes) fail(thread, line, CUDA_ERROR_MISALIGNED_ADDRESS, "misaligned read of a parameter", detail);
  return thread->launch->parameters + address;
}

// A generic address is tried as what its window says it is. Constant memory may be read through one.
void *genericAccess(raphe_thread *thread, uint64_t address, uint32_t bytes, int access, int line) {
  const uint64_t offset = address & (RAPHE_WINDOW_SIZE - 1);
  switch (address >> RAPHE_WINDOW_BITS) {
    case RAPHE_SHARED: {
      sharedAccess(thread, offset, bytes, access, line);
      if (access != RAPHE_READ) std::fill_n(thread->block->shared_shadow + offset, bytes, (uint8_t)(RAPHE_ALLOCATED | RAPHE_WRITTEN));
      return thread->block->shared + offset;
    }
    case RAPHE_LOCAL:
      localAccess(thread, offset, bytes, access, line);
      if (access != RAPHE_READ) std::fill_n(thread->local_shadow + offset, bytes, (uint8_t)(RAPHE_ALLOCATED | RAPHE_WRITTEN));
      return thread->local + offset;
    case RAPHE_PARAMETER:
      if (access != RAPHE_READ) fail(thread, line, CUDA_ERROR_ILLEGAL_ADDRESS, "write of a kernel's parameter", "byte " + std::to_string(offset));
      return const_cast<void *>(parameterAccess(thread, offset, bytes, line));
    default: break;
  }
  const bool constant = Arena::contains(address) && firstWith(address, bytes, RAPHE_CONSTANT, RAPHE_CONSTANT) == bytes;
  globalAccess(thread, address, bytes, constant && access == RAPHE_READ ? RAPHE_READ_CONSTANT : access, line);
  return (void *)address;
}

void failure(raphe_thread *thread, int kind, int line) {
  switch (kind) {
    case RAPHE_TRAP: fail(thread, line, CUDA_ERROR_LAUNCH_FAILED, "trap", "the kernel stopped itself");
    case RAPHE_DIVISION_BY_ZERO: fail(thread, line, CUDA_ERROR_LAUNCH_FAILED, "integer division by zero", "its result is undefined");
    case RAPHE_BRANCH_INDEX: fail(thread, line, CUDA_ERROR_INVALID_PC, "branch index out of range", "no such target");
    default: fail(thread, line, CUDA_ERROR_INVALID_ADDRESS_SPACE, "address of another space", "the generic address is not in the space that it is converted to");
  }
}

uint32_t barrier(raphe_thread *thread, uint32_t id, uint32_t count, int reduction, bool value, bool aligned, int line) {
  return of(thread).runner->waitAtBarrier(of(thread), {id, count, reduction, value, aligned, line});
}

void barrierArrive(raphe_thread *thread, uint32_t id, uint32_t count, int line) {
  of(thread).runner->arriveAtBarrier(of(thread), {id, count, RAPHE_REDUCE_NONE, false, false, line});
}

void warpBarrier(raphe_thread *thread, uint32_t mask, int line) {
  (void)of(thread).runner->waitAtWarpOperation(of(thread), {WarpOperation::Barrier, 0, mask, line, 0, 0, 0});
}

uint32_t shuffle(raphe_thread *thread, int mode, uint32_t value, uint32_t b, uint32_t c, uint32_t mask, int line) {
  return of(thread).runner->waitAtWarpOperation(of(thread), {WarpOperation::Shuffle, mode, mask, line, value, b, c});
}

uint32_t vote(raphe_thread *thread, int mode, bool value, uint32_t mask, int line) {
  return of(thread).runner->waitAtWarpOperation(of(thread), {WarpOperation::Vote, mode, mask, line, value, 0, 0});
}

uint32_t match(raphe_thread *thread, bool all, uint64_t value, uint32_t mask, int line) {
  const auto kind = all ? WarpOperation::MatchAll : WarpOperation::MatchAny;
  return of(thread).runner->waitAtWarpOperation(of(thread), {kind, 0, mask, line, value, 0, 0});
}

void patience(raphe_thread *thread, uint64_t executed, int line) { of(thread).runner->patience(of(thread), executed, line); }

} // namespace

const raphe_runtime runtimeTable = {globalAccess, sharedAccess, localAccess, parameterAccess, genericAccess, failure, barrier,
                                    barrierArrive, warpBarrier, shuffle,     vote,            match,         patience};

} // namespace raphe
