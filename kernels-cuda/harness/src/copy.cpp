// Copies and fills. A copy to the host of bytes that were never written is a fault; one within the device carries along what is written.
#include <algorithm>
#include <cstring>

#include "driver.h"
#include "kernel.h"

namespace raphe {
namespace {

std::string range(uint64_t address, uint64_t bytes) {
  return std::to_string(bytes) + " bytes: " + Arena::get().describe(address) + (bytes > 1 ? ", the last " + Arena::get().describe(address + bytes - 1) : "");
}

void checkLive(const Operation &operation, uint64_t address, uint64_t bytes, const char *what) {
  if (bytes && !Arena::get().isLive(address, bytes)) throw Fault{CUDA_ERROR_ILLEGAL_ADDRESS, std::string(what) + ": " + operation.madeBy + " of " + range(address, bytes)};
}

void checkHost(const Operation &operation, const void *host, uint64_t bytes) {
  if (Arena::contains((uint64_t)host)) checkLive(operation, (uint64_t)host, bytes, "use after free of pinned host memory");
}

bool overlap(uint64_t a, uint64_t aBytes, uint64_t b, uint64_t bBytes) { return a < b + bBytes && b < a + aBytes; }

struct HostToDevice : Operation {
  uint64_t to = 0, bytes = 0;
  const void *from = nullptr;
  std::vector<uint8_t> staged; // of pageable memory, which a driver copies aside before it returns
  void execute(Context &) const override {
    checkLive(*this, to, bytes, "copy out of bounds or after free");
    if (staged.empty()) checkHost(*this, from, bytes);
    if (bytes) std::memcpy((void *)to, staged.empty() ? from : staged.data(), bytes);
    std::memset(Arena::shadow(to), RAPHE_ALLOCATED | RAPHE_WRITTEN, bytes);
  }
  int nodeType() const override { return CU_GRAPH_NODE_TYPE_MEMCPY; }
  bool usesHost(uint64_t begin, uint64_t size) const override { return staged.empty() && overlap((uint64_t)from, bytes, begin, size); }
};

struct DeviceToHost : Operation {
  uint64_t from = 0, bytes = 0;
  void *to = nullptr;
  void execute(Context &) const override {
    checkLive(*this, from, bytes, "copy out of bounds or after free");
    checkHost(*this, to, bytes);
    const uint64_t unwritten = Arena::firstUnwritten(from, bytes);
    if (unwritten < bytes)
      throw Fault{CUDA_ERROR_LAUNCH_FAILED, "copy to the host of memory never written: " + madeBy + " of " + std::to_string(bytes) + " bytes; " + Arena::get().describe(from + unwritten)};
    if (bytes) std::memcpy(to, (const void *)from, bytes);
  }
  int nodeType() const override { return CU_GRAPH_NODE_TYPE_MEMCPY; }
  bool usesHost(uint64_t begin, uint64_t size) const override { return overlap((uint64_t)to, bytes, begin, size); }
};

struct DeviceToDevice : Operation {
  uint64_t to = 0, from = 0, bytes = 0;
  void execute(Context &) const override {
    checkLive(*this, from, bytes, "copy out of bounds or after free");
    checkLive(*this, to, bytes, "copy out of bounds or after free");
    std::memmove((void *)to, (const void *)from, bytes);
    std::memmove(Arena::shadow(to), Arena::shadow(from), bytes);
    for (uint64_t index = 0; index < bytes; index++) Arena::shadow(to)[index] &= (uint8_t)~RAPHE_CONSTANT;
  }
  int nodeType() const override { return CU_GRAPH_NODE_TYPE_MEMCPY; }
};

struct Fill : Operation {
  uint64_t to = 0, count = 0;
  uint32_t value = 0, width = 1;
  void execute(Context &) const override {
    checkLive(*this, to, count * width, "fill out of bounds or after free");
    if (width == 1) std::memset((void *)to, (int)value, count);
    else for (uint64_t index = 0; index < count; index++) std::memcpy((uint8_t *)to + index * width, &value, width);
    std::memset(Arena::shadow(to), RAPHE_ALLOCATED | RAPHE_WRITTEN, count * width);
  }
  int nodeType() const override { return CU_GRAPH_NODE_TYPE_MEMSET; }
};

bool isPinned(Call &call, const void *host, uint64_t bytes) {
  if (Arena::get().isLive((uint64_t)host, bytes)) return true;
  for (const auto &each : call.context->registered)
    if ((uint64_t)host >= each.first && (uint64_t)host + bytes <= each.first + each.second) return true;
  return false;
}

void requireDevice(uint64_t address, uint64_t bytes, const char *what) {
  if (bytes && !Arena::get().isLive(address, bytes)) refuse(CUDA_ERROR_INVALID_VALUE, std::string(what) + " of " + range(address, bytes));
}

void requireHost(const void *host, uint64_t bytes) {
  if (bytes && !host) refuse(CUDA_ERROR_INVALID_VALUE, "the host memory is a null pointer");
  uint64_t base = 0;
  const Allocation *owner = Arena::get().containing((uint64_t)host, &base);
  if (!Arena::contains((uint64_t)host)) return;
  if (!owner || owner->kind != Allocation::Pinned || !Arena::get().isLive((uint64_t)host, bytes))
    refuse(CUDA_ERROR_INVALID_VALUE, "host memory of " + range((uint64_t)host, bytes));
}

std::shared_ptr<HostToDevice> toDevice(Call &call, CUdeviceptr to, const void *from, size_t bytes) {
  requireDevice(to, bytes, "destination");
  requireHost(from, bytes);
  auto copy = std::make_shared<HostToDevice>();
  copy->madeBy = call.text();
  copy->to = to, copy->bytes = bytes, copy->from = from;
  return copy;
}

std::shared_ptr<DeviceToHost> toHost(Call &call, void *to, CUdeviceptr from, size_t bytes) {
  requireDevice(from, bytes, "source");
  requireHost(to, bytes);
  auto copy = std::make_shared<DeviceToHost>();
  copy->madeBy = call.text();
  copy->from = from, copy->bytes = bytes, copy->to = to;
  return copy;
}

std::shared_ptr<DeviceToDevice> within(Call &call, CUdeviceptr to, CUdeviceptr from, size_t bytes) {
  requireDevice(to, bytes, "destination");
  requireDevice(from, bytes, "source");
  auto copy = std::make_shared<DeviceToDevice>();
  copy->madeBy = call.text();
  copy->to = to, copy->from = from, copy->bytes = bytes;
  return copy;
}

CUresult fill(const char *name, CUdeviceptr to, uint32_t value, uint32_t width, size_t count, CUstream stream) {
  return enter(name, Needs::Context, [&](Call &call) {
    requireDevice(to, count * width, "destination");
    if (to % width) refuse(CUDA_ERROR_INVALID_VALUE, "a fill of units of " + std::to_string(width) + " bytes: " + Arena::get().describe(to));
    auto operation = std::make_shared<Fill>();
    operation->madeBy = call.text();
    operation->to = to, operation->count = count, operation->value = value, operation->width = width;
    enqueue(call, streamOf(call, stream), operation);
  });
}

// An asynchronous copy to pageable memory returns when it is done.
void copyToHostAsync(Call &call, void *to, CUdeviceptr from, size_t bytes, Stream &stream) {
  const bool pinned = isPinned(call, to, bytes);
  enqueue(call, stream, toHost(call, to, from, bytes));
  if (!pinned && !stream.capture) runStream(*call.context, stream);
}

void copyToDeviceAsync(Call &call, CUdeviceptr to, const void *from, size_t bytes, Stream &stream) {
  const auto copy = toDevice(call, to, from, bytes);
  if (!isPinned(call, from, bytes)) copy->staged.assign((const uint8_t *)from, (const uint8_t *)from + bytes);
  enqueue(call, stream, copy);
}

} // namespace
} // namespace raphe

using namespace raphe;

RAPHE_DRIVER_CALL cuMemcpyHtoD_v2(CUdeviceptr to, const void *from, size_t bytes) {
  return enter("cuMemcpyHtoD", Needs::Context, [&](Call &call) { runNow(call, *toDevice(call, to, from, bytes)); });
}

RAPHE_DRIVER_CALL cuMemcpyDtoH_v2(void *to, CUdeviceptr from, size_t bytes) {
  return enter("cuMemcpyDtoH", Needs::Context, [&](Call &call) { runNow(call, *toHost(call, to, from, bytes)); });
}

RAPHE_DRIVER_CALL cuMemcpyDtoD_v2(CUdeviceptr to, CUdeviceptr from, size_t bytes) {
  return enter("cuMemcpyDtoD", Needs::Context, [&](Call &call) {
    refuseDuringCapture(call);
    enqueue(call, call.context->defaultStream, within(call, to, from, bytes));
  });
}

RAPHE_DRIVER_CALL cuMemcpyHtoDAsync_v2(CUdeviceptr to, const void *from, size_t bytes, CUstream stream) {
  return enter("cuMemcpyHtoDAsync", Needs::Context, [&](Call &call) { copyToDeviceAsync(call, to, from, bytes, streamOf(call, stream)); });
}

RAPHE_DRIVER_CALL cuMemcpyDtoHAsync_v2(void *to, CUdeviceptr from, size_t bytes, CUstream stream) {
  return enter("cuMemcpyDtoHAsync", Needs::Context, [&](Call &call) { copyToHostAsync(call, to, from, bytes, streamOf(call, stream)); });
}

RAPHE_DRIVER_CALL cuMemcpyDtoDAsync_v2(CUdeviceptr to, CUdeviceptr from, size_t bytes, CUstream stream) {
  return enter("cuMemcpyDtoDAsync", Needs::Context, [&](Call &call) { enqueue(call, streamOf(call, stream), within(call, to, from, bytes)); });
}

RAPHE_DRIVER_CALL cuMemsetD8_v2(CUdeviceptr to, unsigned char value, size_t count) { return fill("cuMemsetD8", to, value, 1, count, nullptr); }
RAPHE_DRIVER_CALL cuMemsetD16_v2(CUdeviceptr to, unsigned short value, size_t count) { return fill("cuMemsetD16", to, value, 2, count, nullptr); }
RAPHE_DRIVER_CALL cuMemsetD32_v2(CUdeviceptr to, unsigned value, size_t count) { return fill("cuMemsetD32", to, value, 4, count, nullptr); }
RAPHE_DRIVER_CALL cuMemsetD8Async(CUdeviceptr to, unsigned char value, size_t count, CUstream stream) { return fill("cuMemsetD8Async", to, value, 1, count, stream); }
RAPHE_DRIVER_CALL cuMemsetD16Async(CUdeviceptr to, unsigned short value, size_t count, CUstream stream) {
  return fill("cuMemsetD16Async", to, value, 2, count, stream);
}
RAPHE_DRIVER_CALL cuMemsetD32Async(CUdeviceptr to, unsigned value, size_t count, CUstream stream) { return fill("cuMemsetD32Async", to, value, 4, count, stream); }
