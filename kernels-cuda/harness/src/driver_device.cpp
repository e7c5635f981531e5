// The device, contexts, and what an error is called.
#include <cstring>

#include "conditions.h"
#include "driver.h"
#include "hardware.h"

using namespace raphe;

namespace {

Context *primary = nullptr;
unsigned primaryUses = 0;

void checkDevice(CUdevice device) {
  if (device < 0 || device >= Conditions::get().devices) refuse(CUDA_ERROR_INVALID_DEVICE, "there is no device " + std::to_string(device));
}

// CUdevice_attribute, by number.
const std::map<int, int> &attributes() {
  const Conditions &conditions = Conditions::get();
  const Multiprocessor &has = Multiprocessor::get();
  const int most = 0x7fffffff, optIn = (int)has.optInBytes, registers = (int)registersOfMultiprocessor;
  static const std::map<int, int> table = {
      {1, 1024},     {2, 1024},        {3, 1024},  {4, 64},      // threads of a block, and on each axis
      {5, most},     {6, 65535},       {7, 65535},               // blocks of a grid on each axis
      {8, (int)sharedWithoutOptIn},    {9, 65536},       {10, 32},   {11, most},   // shared memory of a block, constant memory, warp, pitch
      {12, registers}, {13, 1000000},    {14, 512},  {15, 1},      // registers, clock (kHz), texture alignment, overlap
      {16, conditions.multiprocessors},       {17, 0},          {18, 0},    {19, 1},      // multiprocessors, time limit, integrated, maps host memory
      {20, 0},       {31, 1},          {32, 0},    {33, 0},      // compute mode, concurrent kernels, ECC, bus
      {34, 0},       {35, 0},          {36, 1000000}, {37, 64},  // PCI device, TCC, memory clock (kHz), bus width
      {38, 1 << 20}, {39, (int)has.threads},       {40, 1},    {41, 1},      // L2 cache, threads of a multiprocessor, copy engines, unified addresses
      {50, 0},       {78, 0},          {79, 1},    {80, 1},      // PCI domain, stream priorities, L1 caches
      {81, (int)has.sharedBytes}, {82, registers},      {83, 0},    {84, 0},      // shared memory and registers of a multiprocessor, managed memory, boards
      {85, 0},       {86, 0},          {87, 32},   {88, 0},      {89, 0}, {90, 0}, {91, 0}, {92, 0}, {93, 0}, {94, 0}, {95, 0}, {96, 0},
      {97, optIn},   {98, 0},          {99, 1},    {100, 0},     {101, 0}, {102, 0}, {106, (int)has.blocks}, {111, (int)has.reservedBytes}, {115, 0},
      {75, conditions.capability / 10}, {76, conditions.capability % 10}};
  return table;
}

} // namespace

RAPHE_DRIVER_CALL cuInit(unsigned flags) {
  return enter("cuInit", Needs::Nothing, [&](Call &) {
    if (flags) refuse(CUDA_ERROR_INVALID_VALUE, "unknown flags " + std::to_string(flags));
    initialise();
  });
}

RAPHE_DRIVER_CALL cuDriverGetVersion(int *version) {
  return enter("cuDriverGetVersion", Needs::Nothing, [&](Call &) { required(version, "the result") = Conditions::get().driverVersion; });
}

RAPHE_DRIVER_CALL cuGetErrorName(CUresult error, const char **name) {
  if (!name) return CUDA_ERROR_INVALID_VALUE;
  *name = errorName(error);
  return *name ? CUDA_SUCCESS : CUDA_ERROR_INVALID_VALUE;
}

RAPHE_DRIVER_CALL cuGetErrorString(CUresult error, const char **text) { return cuGetErrorName(error, text); }

RAPHE_DRIVER_CALL cuDeviceGetCount(int *count) {
  return enter("cuDeviceGetCount", Needs::Initialised, [&](Call &) { required(count, "the result") = Conditions::get().devices; });
}

RAPHE_DRIVER_CALL cuDeviceGet(CUdevice *device, int ordinal) {
  return enter("cuDeviceGet", Needs::Initialised, [&](Call &) {
    checkDevice(ordinal);
    required(device, "the result") = ordinal;
  });
}

RAPHE_DRIVER_CALL cuDeviceGetName(char *name, int length, CUdevice device) {
  return enter("cuDeviceGetName", Needs::Initialised, [&](Call &) {
    checkDevice(device);
    if (!name || length <= 0) refuse(CUDA_ERROR_INVALID_VALUE, "no place for the name");
    std::strncpy(name, "raphe-harness (no GPU)", (size_t)length);
    name[length - 1] = 0;
  });
}

RAPHE_DRIVER_CALL cuDeviceTotalMem_v2(size_t *bytes, CUdevice device) {
  return enter("cuDeviceTotalMem", Needs::Initialised, [&](Call &) {
    checkDevice(device);
    required(bytes, "the result") = Conditions::get().memoryBytes;
  });
}

RAPHE_DRIVER_CALL cuDeviceGetAttribute(int *value, int attribute, CUdevice device) {
  return enter("cuDeviceGetAttribute", Needs::Initialised, [&](Call &) {
    checkDevice(device);
    const auto found = attributes().find(attribute);
    if (found == attributes().end()) refuse(CUDA_ERROR_INVALID_VALUE, "attribute " + std::to_string(attribute) + " is not known to the harness");
    required(value, "the result") = found->second;
  });
}

RAPHE_DRIVER_CALL cuDeviceComputeCapability(int *major, int *minor, CUdevice device) {
  return enter("cuDeviceComputeCapability", Needs::Initialised, [&](Call &) {
    checkDevice(device);
    required(major, "the result") = Conditions::get().capability / 10;
    required(minor, "the result") = Conditions::get().capability % 10;
  });
}

RAPHE_DRIVER_CALL cuDeviceGetUuid(char *uuid, CUdevice device) {
  return enter("cuDeviceGetUuid", Needs::Initialised, [&](Call &) {
    checkDevice(device);
    std::memcpy(&required(uuid, "the result"), "raphe-harness\0\0", 16);
  });
}

RAPHE_DRIVER_CALL cuDeviceGetPCIBusId(char *text, int length, CUdevice device) {
  return enter("cuDeviceGetPCIBusId", Needs::Initialised, [&](Call &) {
    checkDevice(device);
    if (!text || length < 13) refuse(CUDA_ERROR_INVALID_VALUE, "no place for the bus id");
    std::strcpy(text, "0000:00:00.0");
  });
}

RAPHE_DRIVER_CALL cuCtxCreate_v2(CUcontext *context, unsigned flags, CUdevice device) {
  return enter("cuCtxCreate", Needs::Initialised, [&](Call &call) {
    checkDevice(device);
    if (flags & ~0xffu) refuse(CUDA_ERROR_INVALID_VALUE, "unknown flags " + std::to_string(flags));
    Context *&result = required(context, "the result");
    result = createContext(call.text(), false);
    pushContext(result);
  });
}

RAPHE_DRIVER_CALL cuCtxDestroy_v2(CUcontext context) {
  return enter("cuCtxDestroy", Needs::Initialised, [&](Call &call) {
    if (!isContext(context)) refuse(CUDA_ERROR_INVALID_CONTEXT, "no such context");
    if (context->isPrimary) refuse(CUDA_ERROR_INVALID_CONTEXT, "the primary context is released, not destroyed");
    destroyContext(context, call.text());
  });
}

RAPHE_DRIVER_CALL cuDevicePrimaryCtxRetain(CUcontext *context, CUdevice device) {
  return enter("cuDevicePrimaryCtxRetain", Needs::Initialised, [&](Call &call) {
    checkDevice(device);
    if (!primary) primary = createContext(call.text(), true);
    primaryUses++;
    required(context, "the result") = primary;
  });
}

RAPHE_DRIVER_CALL cuDevicePrimaryCtxRelease_v2(CUdevice device) {
  return enter("cuDevicePrimaryCtxRelease", Needs::Initialised, [&](Call &call) {
    checkDevice(device);
    if (!primary) refuse(CUDA_ERROR_INVALID_CONTEXT, "the primary context is not retained");
    if (--primaryUses) return;
    Context *released = primary;
    primary = nullptr;
    destroyContext(released, call.text());
  });
}

RAPHE_DRIVER_CALL cuDevicePrimaryCtxGetState(CUdevice device, unsigned *flags, int *active) {
  return enter("cuDevicePrimaryCtxGetState", Needs::Initialised, [&](Call &) {
    checkDevice(device);
    required(flags, "the flags") = 0;
    required(active, "the result") = primary != nullptr;
  });
}

RAPHE_DRIVER_CALL cuCtxGetCurrent(CUcontext *context) {
  return enter("cuCtxGetCurrent", Needs::Initialised, [&](Call &call) { required(context, "the result") = call.context; });
}

RAPHE_DRIVER_CALL cuCtxSetCurrent(CUcontext context) {
  return enter("cuCtxSetCurrent", Needs::Initialised, [&](Call &) {
    if (context && !isContext(context)) refuse(CUDA_ERROR_INVALID_CONTEXT, "no such context");
    setCurrentContext(context);
  });
}

RAPHE_DRIVER_CALL cuCtxPushCurrent_v2(CUcontext context) {
  return enter("cuCtxPushCurrent", Needs::Initialised, [&](Call &) {
    if (!isContext(context)) refuse(CUDA_ERROR_INVALID_CONTEXT, "no such context");
    pushContext(context);
  });
}

RAPHE_DRIVER_CALL cuCtxPopCurrent_v2(CUcontext *context) {
  return enter("cuCtxPopCurrent", Needs::Initialised, [&](Call &) {
    Context *top = popContext();
    if (context) *context = top;
  });
}

RAPHE_DRIVER_CALL cuCtxGetDevice(CUdevice *device) {
  return enter("cuCtxGetDevice", Needs::Context, [&](Call &) { required(device, "the result") = 0; });
}

RAPHE_DRIVER_CALL cuCtxGetApiVersion(CUcontext, unsigned *version) {
  return enter("cuCtxGetApiVersion", Needs::Context, [&](Call &) { required(version, "the result") = 3020; });
}

RAPHE_DRIVER_CALL cuCtxGetStreamPriorityRange(int *least, int *greatest) {
  return enter("cuCtxGetStreamPriorityRange", Needs::Context, [&](Call &) {
    if (least) *least = 0;
    if (greatest) *greatest = 0;
  });
}

RAPHE_DRIVER_CALL cuCtxSetCacheConfig(int) {
  return enter("cuCtxSetCacheConfig", Needs::Context, [&](Call &) {});
}

RAPHE_DRIVER_CALL cuCtxSynchronize() {
  return enter("cuCtxSynchronize", Needs::Context, [&](Call &call) {
    refuseDuringCapture(call);
    runContext(*call.context);
  });
}
