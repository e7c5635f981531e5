// Device and pinned host memory: one reserved range of addresses, and a shadow byte for each byte of it (kernel.h says where and what). An address
// is handed out once only, so a pointer to freed memory never points into another allocation.
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace raphe {

struct Allocation {
  enum Kind { Device, Pinned, Variable };
  Kind kind = Device;
  uint64_t bytes = 0;
  std::string madeBy;  // cuMemAlloc #12
  std::string freedBy; // empty while it lives
  bool isLive() const { return freedBy.empty(); }
};

class Arena {
public:
  static Arena &get();

  // Reserves the address ranges; false with the reason if the process has something else there.
  bool reserve(std::string &why);

  // `shadow` is the state of the new bytes. 0 if no addresses are left.
  uint64_t allocate(uint64_t bytes, Allocation::Kind kind, const std::string &madeBy, uint8_t shadow);
  void release(uint64_t base, const std::string &freedBy);

  Allocation *at(uint64_t base);                                       // the live allocation that begins there
  const Allocation *containing(uint64_t address, uint64_t *base) const; // live or freed
  bool isLive(uint64_t address, uint64_t bytes) const;                 // whether all of it lies in one live allocation
  std::string describe(uint64_t address) const;                        // "is 4 bytes past the end of an allocation of ..."
  const std::map<uint64_t, Allocation> &all() const { return allocations; }

  static bool contains(uint64_t address);
  static uint8_t *shadow(uint64_t address);
  static uint64_t firstUnwritten(uint64_t address, uint64_t bytes); // `bytes` if all are written

private:
  std::map<uint64_t, Allocation> allocations;
  uint64_t next = 0;
};

} // namespace raphe
