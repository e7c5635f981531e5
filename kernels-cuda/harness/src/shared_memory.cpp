#include "shared_memory.h"

#include <algorithm>
#include <cstring>

#include "driver_types.h"

namespace raphe {
namespace {

const char *verb(int access) { return access == RAPHE_READ ? "read" : access == RAPHE_WRITE ? "write" : "atomic"; }

} // namespace

SharedMemory::SharedMemory(const TranslatedKernel &kernel, uint32_t dynamicBytes, uint32_t threads) : kernel(kernel), dynamicBytes(dynamicBytes) {
  const uint64_t size = (kernel.dynamicOffset + dynamicBytes + 15) / 16 * 16;
  memory.resize(size + 16);
  blank.resize(size);
  for (const Extent &extent : kernel.shared) std::fill_n(blank.begin() + (ptrdiff_t)extent.offset, extent.bytes, (uint8_t)RAPHE_ALLOCATED);
  if (kernel.usesDynamicShared) std::fill_n(blank.begin() + (ptrdiff_t)kernel.dynamicOffset, dynamicBytes, (uint8_t)RAPHE_ALLOCATED);
  shadow = blank;
  wordWrites.resize(size / 4);
  wordReads.resize(size / 4);
  warps.resize((threads + lanes - 1) / lanes);
  warpTimes.resize(warps.size());
  view.shared = (uint8_t *)(((uint64_t)memory.data() + 15) & ~15ull);
  view.shared_shadow = shadow.data();
  view.last_write = wordWrites.data();
  view.last_read = wordReads.data();
  view.warp_time = warpTimes.data();
  view.shared_size = (uint32_t)size;
}

void SharedMemory::beginBlock() {
  if (view.time > 0xf0000000u) {
    for (std::vector<uint64_t> *records : {&wordWrites, &wordReads, &byteWrites, &byteReads}) std::fill(records->begin(), records->end(), 0);
    std::fill(warpTimes.begin(), warpTimes.end(), 0);
    view.time = 0;
  }
  if (!blank.empty()) std::memcpy(shadow.data(), blank.data(), blank.size());
  barrier();
}

void SharedMemory::barrier() {
  view.barrier_time = ++view.time;
  for (Warp &warp : warps) warp.partial = false;
  view.exact = !byteWrites.empty();
}

void SharedMemory::warpSynchronised(uint32_t number, uint32_t group, bool whole) {
  Warp &warp = warps[number];
  ++view.time;
  if (whole) {
    warpTimes[number] = view.time;
    warp.partial = false;
    return;
  }
  if (!warp.partial) std::memset(warp.known, 0, sizeof warp.known);
  warp.partial = true;
  view.exact = 1;
  uint32_t joined[lanes] = {};
  for (uint32_t a = 0; a < lanes; a++)
    for (uint32_t b = 0; b < lanes && (group >> a & 1); b++) joined[b] = std::max(joined[b], warp.known[a][b]);
  for (uint32_t a = 0; a < lanes; a++)
    for (uint32_t b = 0; b < lanes && (group >> a & 1); b++) warp.known[a][b] = group >> b & 1 ? view.time : joined[b];
}

bool SharedMemory::isOrdered(uint64_t record, const raphe_thread &thread) const {
  const uint32_t time = (uint32_t)(record >> 32), who = (uint32_t)(record & RAPHE_WHO), number = thread.linear / lanes;
  if (time < view.barrier_time || who == thread.linear) return true;
  if (who == RAPHE_MANY_WARPS) return false;
  const bool many = (who & RAPHE_MANY_IN_WARP) != 0;
  if ((many ? who & ~RAPHE_MANY_IN_WARP : who / lanes) != number) return false;
  const Warp &warp = warps[number];
  if (time < warpTimes[number]) return true;
  if (!warp.partial) return false;
  const uint32_t *known = warp.known[thread.linear % lanes];
  if (!many) return time < known[who % lanes];
  for (uint32_t lane = 0; lane < lanes; lane++)
    if (lane != thread.linear % lanes && time >= known[lane]) return false;
  return true;
}

// A record of reads (or of atomics) with one more by `thread`.
uint64_t SharedMemory::merged(uint64_t record, const raphe_thread &thread) const {
  const uint64_t now = (uint64_t)view.time << 32;
  if (isOrdered(record, thread)) return now | thread.linear;
  const uint32_t who = (uint32_t)(record & RAPHE_WHO), warp = thread.linear / lanes;
  if (who == RAPHE_MANY_WARPS) return now | RAPHE_MANY_WARPS;
  const uint32_t before = who & RAPHE_MANY_IN_WARP ? who & ~RAPHE_MANY_IN_WARP : who / lanes;
  return now | (before == warp ? RAPHE_MANY_IN_WARP | warp : RAPHE_MANY_WARPS);
}

std::string SharedMemory::describe(uint64_t address) const {
  const std::string text = "shared address " + std::to_string(address) + " ";
  const Extent *nearest = nullptr;
  for (const Extent &extent : kernel.shared)
    if (extent.offset <= address && (!nearest || extent.offset >= nearest->offset)) nearest = &extent;
  if (!nearest) return text + "is in no variable";
  const bool dynamic = kernel.usesDynamicShared && nearest->offset == kernel.dynamicOffset;
  const uint64_t bytes = dynamic ? dynamicBytes : nearest->bytes, offset = address - nearest->offset;
  const std::string name = nearest->name + " of " + std::to_string(bytes) + " bytes";
  if (offset < bytes) return text + "is byte " + std::to_string(offset) + " of " + name;
  return text + "is " + std::to_string(offset - bytes) + " bytes past the end of " + name;
}

SharedMemory::Problem SharedMemory::race(uint64_t record, const raphe_thread &thread, uint64_t address, int access, const char *earlier) const {
  const uint32_t who = (uint32_t)(record & RAPHE_WHO), *block = thread.launch->block;
  std::string other = "several threads";
  if (who < RAPHE_MANY_IN_WARP)
    other = "thread (" + std::to_string(who % block[0]) + "," + std::to_string(who / block[0] % block[1]) + "," + std::to_string(who / block[0] / block[1]) + ")";
  return {CUDA_ERROR_LAUNCH_FAILED, std::string("shared-memory race, ") + verb(access) + " after " + earlier,
          describe(address) + ", and no barrier lies between this and the access by " + other};
}

SharedMemory::Problem SharedMemory::races(const raphe_thread &thread, uint64_t address, int access, uint64_t lastWrite, uint64_t lastRead) const {
  const bool bothAtomic = access == RAPHE_ATOMIC && (lastWrite & RAPHE_BY_ATOMIC);
  if (!bothAtomic && !isOrdered(lastWrite, thread)) return race(lastWrite, thread, address, access, lastWrite & RAPHE_BY_ATOMIC ? "atomic" : "write");
  if (access != RAPHE_READ && !isOrdered(lastRead, thread)) return race(lastRead, thread, address, access, "read");
  return {};
}

void SharedMemory::record(const raphe_thread &thread, int access, uint64_t &lastWrite, uint64_t &lastRead) const {
  if (access == RAPHE_READ) lastRead = merged(lastRead, thread);
  else if (access == RAPHE_WRITE) lastWrite = (uint64_t)view.time << 32 | thread.linear;
  else lastWrite = (lastWrite & RAPHE_BY_ATOMIC ? merged(lastWrite, thread) : (uint64_t)view.time << 32 | thread.linear) | RAPHE_BY_ATOMIC;
}

// Accesses of a word or more have one record a word, smaller ones one a byte; each access is held against both.
SharedMemory::Problem SharedMemory::access(const raphe_thread &thread, uint64_t address, uint32_t bytes, int access) {
  if (address >= view.shared_size || view.shared_size - address < bytes)
    return {CUDA_ERROR_ILLEGAL_ADDRESS, std::string("out-of-bounds shared ") + verb(access), describe(address)};
  for (uint32_t index = 0; index < bytes; index++) {
    const uint8_t state = shadow[address + index];
    if (!(state & RAPHE_ALLOCATED)) return {CUDA_ERROR_ILLEGAL_ADDRESS, std::string("out-of-bounds shared ") + verb(access), describe(address + index)};
    if (access != RAPHE_WRITE && !(state & RAPHE_WRITTEN))
      return {CUDA_ERROR_LAUNCH_FAILED, "read of shared memory never written", describe(address + index)};
  }
  if (address % bytes) return {CUDA_ERROR_MISALIGNED_ADDRESS, std::string("misaligned shared ") + verb(access) + " of " + std::to_string(bytes) + " bytes", describe(address)};
  if (bytes < 4 && byteWrites.empty()) byteWrites.resize(view.shared_size), byteReads.resize(view.shared_size);
  if (bytes < 4) view.exact = 1;
  for (uint64_t at = address; at < address + bytes; at++) {
    Problem problem = races(thread, at, access, wordWrites[at / 4], wordReads[at / 4]);
    if (!problem.code && !byteWrites.empty()) problem = races(thread, at, access, byteWrites[at], byteReads[at]);
    if (problem.code) return problem;
  }
  for (uint64_t at = address; at < address + bytes; at += bytes < 4 ? 1 : 4)
    bytes < 4 ? record(thread, access, byteWrites[at], byteReads[at]) : record(thread, access, wordWrites[at / 4], wordReads[at / 4]);
  return {};
}

} // namespace raphe
