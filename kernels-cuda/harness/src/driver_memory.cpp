// Allocation of device memory and of pinned host memory.
#include <limits>

#include "conditions.h"
#include "driver.h"
#include "hardware.h"
#include "kernel.h"

using namespace raphe;

namespace {

uint64_t usedBytes = 0; // of device memory, in all contexts

uint64_t allocate(Call &call, size_t bytes, Allocation::Kind kind, uint8_t shadow) {
  if (bytes == 0) refuse(CUDA_ERROR_INVALID_VALUE, "0 bytes asked for");
  const uint64_t most = Conditions::get().memoryBytes;
  if (kind == Allocation::Device && (bytes > most || usedBytes > most - bytes))
    refuse(CUDA_ERROR_OUT_OF_MEMORY, std::to_string(bytes) + " bytes asked for, " + std::to_string(most - usedBytes) + " of " + std::to_string(most) + " are free");
  const uint64_t base = Arena::get().allocate(bytes, kind, call.text(), shadow);
  if (!base) refuse(CUDA_ERROR_OUT_OF_MEMORY, "the harness has no addresses left: it never hands one out twice");
  if (kind == Allocation::Device) usedBytes += bytes;
  call.context->memory.insert(base);
  return base;
}

Allocation &allocationAt(Call &call, uint64_t base, Allocation::Kind kind) {
  Allocation *allocation = Arena::get().at(base);
  if (!allocation || allocation->kind != kind || !call.context->memory.count(base))
    refuse(CUDA_ERROR_INVALID_VALUE, "nothing to free: " + Arena::get().describe(base));
  return *allocation;
}

// Work that still uses host memory which is given back reads or writes what is no longer its own.
void reportPending(Call &call, uint64_t begin, uint64_t bytes, const std::string &madeBy) {
  for (Stream *stream : call.context->allStreams())
    for (const Stream::Queued &queued : stream->queue)
      if (queued.operation->usesHost(begin, bytes))
        reportFault("host memory freed in use: " + call.text() + " gives back " + std::to_string(bytes) + " bytes of pinned memory made by " + madeBy + ", which " +
                    queued.operation->madeBy + " has not finished with");
}

void finishWork(Call &call) {
  refuseDuringCapture(call);
  if (!call.context->error) runContext(*call.context);
}

CUresult allocateHost(const char *name, void **result, size_t bytes, unsigned flags) {
  return enter(name, Needs::Context, [&](Call &call) {
    if (flags & ~7u) refuse(CUDA_ERROR_INVALID_VALUE, "unknown flags " + std::to_string(flags));
    required(result, "the result") = (void *)allocate(call, bytes, Allocation::Pinned, RAPHE_ALLOCATED | RAPHE_WRITTEN);
  });
}

} // namespace

void raphe::reserveStack(Context &context, const Kernel &kernel) {
  const uint64_t needed = stackOfDevice(kernel), most = Conditions::get().memoryBytes;
  if (needed <= context.stackBytes) return;
  const uint64_t more = needed - context.stackBytes;
  if (more > most - usedBytes)
    refuse(CUDA_ERROR_OUT_OF_MEMORY, "kernel " + kernel.code.translated.name + ": " + std::to_string(kernel.code.translated.stackBytes) +
                                         " bytes of stack for each thread that the device can hold are " + std::to_string(needed) + " bytes, " +
                                         std::to_string(context.stackBytes) + " of them reserved; " + std::to_string(most - usedBytes) + " of " +
                                         std::to_string(most) + " are free");
  usedBytes += more;
  context.stackBytes = needed;
}

void raphe::releaseMemory(Context &context, const std::string &by) {
  for (uint64_t base : context.memory) {
    const Allocation &allocation = Arena::get().all().at(base);
    if (allocation.kind == Allocation::Device) usedBytes -= allocation.bytes;
    Arena::get().release(base, by);
  }
  usedBytes -= context.stackBytes;
}

RAPHE_DRIVER_CALL cuMemAlloc_v2(CUdeviceptr *result, size_t bytes) {
  return enter("cuMemAlloc", Needs::Context, [&](Call &call) { required(result, "the result") = allocate(call, bytes, Allocation::Device, RAPHE_ALLOCATED); });
}

// A GPU finishes its work before memory goes away, and so does this.
RAPHE_DRIVER_CALL cuMemFree_v2(CUdeviceptr address) {
  return enter("cuMemFree", Needs::Releasing, [&](Call &call) {
    if (!address) return;
    const uint64_t bytes = allocationAt(call, address, Allocation::Device).bytes;
    const auto give = [&] {
      Arena::get().release(address, call.text());
      call.context->memory.erase(address);
      usedBytes -= bytes;
    };
    try {
      finishWork(call);
    } catch (const Refusal &refusal) {
      if (call.context->error) give();
      throw;
    }
    give();
  });
}

RAPHE_DRIVER_CALL cuMemGetInfo_v2(size_t *free, size_t *total) {
  return enter("cuMemGetInfo", Needs::Context, [&](Call &) {
    required(total, "the total") = Conditions::get().memoryBytes;
    required(free, "the free memory") = Conditions::get().memoryBytes - usedBytes;
  });
}

RAPHE_DRIVER_CALL cuMemGetAddressRange_v2(CUdeviceptr *base, size_t *bytes, CUdeviceptr address) {
  return enter("cuMemGetAddressRange", Needs::Context, [&](Call &) {
    uint64_t begin = 0;
    const Allocation *allocation = Arena::get().containing(address, &begin);
    if (!allocation || !allocation->isLive()) refuse(CUDA_ERROR_NOT_FOUND, Arena::get().describe(address));
    if (base) *base = begin;
    if (bytes) *bytes = allocation->bytes;
  });
}

RAPHE_DRIVER_CALL cuMemAllocHost_v2(void **result, size_t bytes) { return allocateHost("cuMemAllocHost", result, bytes, 0); }
RAPHE_DRIVER_CALL cuMemHostAlloc(void **result, size_t bytes, unsigned flags) { return allocateHost("cuMemHostAlloc", result, bytes, flags); }

RAPHE_DRIVER_CALL cuMemFreeHost(void *host) {
  return enter("cuMemFreeHost", Needs::Releasing, [&](Call &call) {
    const Allocation &allocation = allocationAt(call, (uint64_t)host, Allocation::Pinned);
    reportPending(call, (uint64_t)host, allocation.bytes, allocation.madeBy);
    finishWork(call);
    Arena::get().release((uint64_t)host, call.text());
    call.context->memory.erase((uint64_t)host);
  });
}

RAPHE_DRIVER_CALL cuMemHostGetDevicePointer_v2(CUdeviceptr *result, void *host, unsigned flags) {
  return enter("cuMemHostGetDevicePointer", Needs::Context, [&](Call &) {
    if (flags) refuse(CUDA_ERROR_INVALID_VALUE, "unknown flags " + std::to_string(flags));
    if (!Arena::get().isLive((uint64_t)host, 1)) refuse(CUDA_ERROR_INVALID_VALUE, "not pinned by this driver: " + Arena::get().describe((uint64_t)host));
    required(result, "the result") = (uint64_t)host;
  });
}

RAPHE_DRIVER_CALL cuMemHostRegister_v2(void *host, size_t bytes, unsigned flags) {
  return enter("cuMemHostRegister", Needs::Context, [&](Call &call) {
    if (flags & 2) refuse(CUDA_ERROR_NOT_SUPPORTED, "registered host memory cannot be mapped into the harness's device");
    if (!host || !bytes || flags & ~15u) refuse(CUDA_ERROR_INVALID_VALUE, std::to_string(bytes) + " bytes, flags " + std::to_string(flags));
    if (!call.context->registered.emplace((uint64_t)host, bytes).second) refuse(CUDA_ERROR_HOST_MEMORY_ALREADY_REGISTERED, "the memory is registered already");
    call.context->registeredBy[(uint64_t)host] = call.text();
  });
}

RAPHE_DRIVER_CALL cuMemHostUnregister(void *host) {
  return enter("cuMemHostUnregister", Needs::Releasing, [&](Call &call) {
    const auto found = call.context->registered.find((uint64_t)host);
    if (found == call.context->registered.end()) refuse(CUDA_ERROR_HOST_MEMORY_NOT_REGISTERED, "the memory is not registered");
    reportPending(call, found->first, found->second, call.context->registeredBy[(uint64_t)host]);
    finishWork(call);
    call.context->registered.erase(found);
    call.context->registeredBy.erase((uint64_t)host);
  });
}
