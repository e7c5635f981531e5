#include "hardware.h"

#include <algorithm>
#include <cstring>
#include <map>

#include "conditions.h"
#include "driver.h"
#include "registers.h"

namespace raphe {
namespace {

constexpr uint32_t kib = 1024;
constexpr uint32_t warp = 32;
constexpr uint32_t registersTogether = 256; // a warp is given its registers in multiples of these

uint32_t roundUp(uint32_t value, uint32_t unit) { return (value + unit - 1) / unit * unit; }

uint32_t product(const uint32_t (&extent)[3]) { return extent[0] * extent[1] * extent[2]; }

std::string text(const uint32_t (&e)[3]) { return std::to_string(e[0]) + " x " + std::to_string(e[1]) + " x " + std::to_string(e[2]); }

// Threads that .reqntid or .maxntid promise; 0 without either.
uint32_t promisedThreads(const TranslatedKernel &kernel) {
  return kernel.requiredThreads[0] ? product(kernel.requiredThreads) : kernel.maximumThreads[0] ? product(kernel.maximumThreads) : 0;
}

uint32_t threadsWithRoom(uint32_t registers) {
  const uint32_t ofWarp = roundUp(std::max(registers, 1u) * warp, registersTogether);
  return std::min(mostThreadsOfBlock, registersOfMultiprocessor / ofWarp * warp);
}

void checkExtents(const std::string &name, const LaunchShape &shape) {
  static const uint32_t mostBlocks[3] = {0x7fffffff, 65535, 65535}, mostThreads[3] = {1024, 1024, 64};
  for (int axis = 0; axis < 3; axis++) {
    if (!shape.grid[axis] || shape.grid[axis] > mostBlocks[axis])
      refuse(CUDA_ERROR_INVALID_VALUE, name + "a grid of " + text(shape.grid) + " blocks; there are 1 to " + text(mostBlocks));
    if (!shape.block[axis] || shape.block[axis] > mostThreads[axis])
      refuse(CUDA_ERROR_INVALID_VALUE, name + "a block of " + text(shape.block) + " threads; there are 1 to " + text(mostThreads));
  }
  if (product(shape.block) > mostThreadsOfBlock)
    refuse(CUDA_ERROR_INVALID_VALUE, name + "a block of " + text(shape.block) + " threads, more than " + std::to_string(mostThreadsOfBlock));
}

void checkThreads(const std::string &name, Kernel &kernel, const LaunchShape &shape) {
  const TranslatedKernel &translated = kernel.code.translated;
  const std::string block = name + "a block of " + text(shape.block) + " threads, ";
  const uint32_t threads = product(shape.block), promised = promisedThreads(translated);
  if (translated.requiredThreads[0] && std::memcmp(translated.requiredThreads, shape.block, sizeof shape.block))
    refuse(CUDA_ERROR_INVALID_VALUE, block + "but its .reqntid is " + text(translated.requiredThreads));
  if (promised && threads > promised) refuse(CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES, block + "but its .maxntid is " + text(translated.maximumThreads));
  // Without launch bounds an assembler may take so many registers that only a small block is sure to fit.
  if (!promised && threads > threadsWithRoom(mostRegisters) && threads > mostThreadsOf(kernel))
    refuse(CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES, block + "each of " + std::to_string(registersOf(kernel)) + " registers, but a multiprocessor has " +
                                                   std::to_string(registersOfMultiprocessor) + ": at most " + std::to_string(mostThreadsOf(kernel)) + " threads");
}

void checkShared(const std::string &name, const Kernel &kernel, const LaunchShape &shape) {
  const uint64_t fixed = kernel.code.translated.sharedBytes, dynamic = shape.dynamicShared;
  const std::string asked = name + std::to_string(dynamic) + " bytes of dynamic shared memory beside " + std::to_string(fixed) + " static ones; ";
  if (dynamic > kernel.dynamicSharedAllowed())
    refuse(CUDA_ERROR_INVALID_VALUE, asked + "the function allows " + std::to_string(kernel.dynamicSharedAllowed()) +
                                         (kernel.hasOptedIn ? "" : ", since it has not opted in to more than 49152 in all"));
}

} // namespace

const Multiprocessor &Multiprocessor::get() {
  static const std::map<int, Multiprocessor> known = {
      {50, {2048, 32, 64 * kib, 48 * kib, 0}},     {60, {2048, 32, 64 * kib, 48 * kib, 0}},     {61, {2048, 32, 96 * kib, 48 * kib, 0}},
      {70, {2048, 32, 96 * kib, 96 * kib, 0}},     {75, {1024, 16, 64 * kib, 64 * kib, 0}},     {80, {2048, 32, 164 * kib, 163 * kib, kib}},
      {86, {1536, 16, 100 * kib, 99 * kib, kib}},  {87, {1536, 16, 164 * kib, 163 * kib, kib}}, {89, {1536, 24, 100 * kib, 99 * kib, kib}},
      {90, {2048, 32, 228 * kib, 227 * kib, kib}}, {100, {2048, 32, 228 * kib, 227 * kib, kib}}, {120, {1536, 24, 100 * kib, 99 * kib, kib}}};
  const auto after = known.upper_bound(Conditions::get().capability);
  return after == known.begin() ? after->second : std::prev(after)->second;
}

uint32_t registersOf(Kernel &kernel) {
  if (!kernel.registers) {
    const auto assembled = assembledRegisters(kernel.module->ptx);
    const auto found = assembled.find(kernel.code.translated.name);
    const uint32_t promised = promisedThreads(kernel.code.translated);
    const uint32_t room = promised ? registersOfMultiprocessor / roundUp(promised, warp) / 8 * 8 : mostRegisters;
    kernel.registers = found != assembled.end() ? found->second : std::min(mostRegisters, room);
  }
  return kernel.registers;
}

uint32_t mostThreadsOf(Kernel &kernel) {
  const uint32_t promised = promisedThreads(kernel.code.translated);
  return promised ? promised : threadsWithRoom(registersOf(kernel));
}

uint32_t residentBlocks(Kernel &kernel, uint32_t threads, uint64_t dynamicShared) {
  const Multiprocessor &has = Multiprocessor::get();
  const uint32_t warps = (threads + warp - 1) / warp;
  const uint64_t shared = kernel.code.translated.sharedBytes + dynamicShared + has.reservedBytes;
  const uint32_t ofWarp = roundUp(registersOf(kernel) * warp, registersTogether);
  const uint32_t byShared = shared ? (uint32_t)(has.sharedBytes / shared) : has.blocks;
  return std::min({has.blocks, has.threads / warp / warps, byShared, registersOfMultiprocessor / ofWarp / warps});
}

void checkLaunch(Kernel &kernel, const LaunchShape &shape) {
  const std::string name = "kernel " + kernel.code.translated.name + ": ";
  checkExtents(name, shape);
  checkThreads(name, kernel, shape);
  checkShared(name, kernel, shape);
}

uint64_t stackOfDevice(const Kernel &kernel) {
  return kernel.code.translated.stackBytes * Multiprocessor::get().threads * (uint64_t)Conditions::get().multiprocessors;
}

} // namespace raphe
