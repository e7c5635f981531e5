#include "memory.h"

#include <sys/mman.h>

#include <cerrno>
#include <cstring>

#include "kernel.h"

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

namespace raphe {
namespace {

constexpr uint64_t arenaStart = RAPHE_ARENA << RAPHE_WINDOW_BITS;
constexpr uint64_t redZone = 256; // unallocated bytes after each allocation, at least
constexpr uint64_t page = 4096;

uint64_t roundUp(uint64_t value, uint64_t unit) { return (value + unit - 1) / unit * unit; }
uint64_t alignmentOf(uint64_t bytes) { return bytes >= page ? page : redZone; }

bool map(uint64_t start, std::string &why) {
  void *at = mmap((void *)start, RAPHE_WINDOW_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
  if (at == (void *)start) return true;
  why = std::string("cannot reserve the addresses of device memory: ") + (at == MAP_FAILED ? std::strerror(errno) : "they are in use");
  if (at != MAP_FAILED) munmap(at, RAPHE_WINDOW_SIZE);
  return false;
}

// Gives whole pages back to the system, where they read as 0 from then on; clears the rest.
void clear(uint64_t start, uint64_t bytes) {
  const uint64_t first = roundUp(start, page), last = (start + bytes) / page * page;
  if (first >= last || madvise((void *)first, last - first, MADV_DONTNEED) != 0) {
    std::memset((void *)start, 0, bytes);
    return;
  }
  std::memset((void *)start, 0, first - start);
  std::memset((void *)last, 0, start + bytes - last);
}

} // namespace

Arena &Arena::get() {
  static Arena &arena = *new Arena;
  return arena;
}

bool Arena::contains(uint64_t address) { return address >> RAPHE_WINDOW_BITS == RAPHE_ARENA; }
uint8_t *Arena::shadow(uint64_t address) { return (uint8_t *)(address + RAPHE_WINDOW_SIZE); }

bool Arena::reserve(std::string &why) {
  if (next) return true;
  if (!map(arenaStart, why) || !map(RAPHE_SHADOW << RAPHE_WINDOW_BITS, why)) return false;
  next = arenaStart + page;
  return true;
}

uint64_t Arena::allocate(uint64_t bytes, Allocation::Kind kind, const std::string &madeBy, uint8_t shadowByte) {
  const uint64_t base = roundUp(next, kind == Allocation::Pinned ? page : alignmentOf(bytes));
  const uint64_t end = roundUp(base + bytes + redZone, kind == Allocation::Pinned ? page : redZone);
  if (bytes > RAPHE_WINDOW_SIZE || end > arenaStart + RAPHE_WINDOW_SIZE - page) return 0;
  next = end;
  allocations[base] = {kind, bytes, madeBy, ""};
  std::memset(shadow(base), shadowByte, bytes);
  return base;
}

// Pinned memory goes away for the host too: using it afterwards ends the process, as it may on a GPU.
void Arena::release(uint64_t base, const std::string &freedBy) {
  Allocation &allocation = allocations.at(base);
  allocation.freedBy = freedBy;
  clear((uint64_t)shadow(base), allocation.bytes);
  clear(base, allocation.bytes);
  if (allocation.kind == Allocation::Pinned) mprotect((void *)base, roundUp(allocation.bytes, page), PROT_NONE);
}

Allocation *Arena::at(uint64_t base) {
  const auto found = allocations.find(base);
  return found != allocations.end() && found->second.isLive() ? &found->second : nullptr;
}

const Allocation *Arena::containing(uint64_t address, uint64_t *base) const {
  auto after = allocations.upper_bound(address);
  if (after == allocations.begin()) return nullptr;
  --after;
  if (address - after->first >= after->second.bytes) return nullptr;
  if (base) *base = after->first;
  return &after->second;
}

bool Arena::isLive(uint64_t address, uint64_t bytes) const {
  uint64_t base = 0;
  const Allocation *allocation = containing(address, &base);
  return allocation && allocation->isLive() && bytes <= allocation->bytes - (address - base);
}

uint64_t Arena::firstUnwritten(uint64_t address, uint64_t bytes) {
  const uint8_t *bytesShadow = shadow(address);
  for (uint64_t index = 0; index < bytes; index++)
    if (!(bytesShadow[index] & RAPHE_WRITTEN)) return index;
  return bytes;
}

std::string Arena::describe(uint64_t address) const {
  char text[32];
  std::snprintf(text, sizeof text, "address 0x%llx ", (unsigned long long)address);
  if (address < page) return text + std::string("is a null pointer");
  const auto name = [](const Allocation &a) {
    return "an allocation of " + std::to_string(a.bytes) + " bytes made by " + a.madeBy + (a.isLive() ? "" : " and freed by " + a.freedBy);
  };
  uint64_t base = 0;
  if (const Allocation *inside = containing(address, &base)) return text + ("is byte " + std::to_string(address - base) + " of " + name(*inside));
  const auto after = allocations.upper_bound(address);
  const auto before = after == allocations.begin() ? allocations.end() : std::prev(after);
  const uint64_t past = before == allocations.end() ? ~0ull : address - before->first - before->second.bytes;
  const uint64_t ahead = after == allocations.end() ? ~0ull : after->first - address;
  if (!contains(address) || (before == allocations.end() && after == allocations.end())) return text + std::string("is no device address");
  if (past <= ahead) return text + ("is " + std::to_string(past) + " bytes past the end of " + name(before->second));
  return text + ("is " + std::to_string(ahead) + " bytes before " + name(after->second));
}

} // namespace raphe
