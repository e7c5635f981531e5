// The shared memory of a block: its bytes, which of them are written, and who accessed them last, so that a race is found.
//
// Two accesses of the same byte by different threads race if one of them is no atomic, one of them writes, and nothing orders them. Ordered are
// accesses with a barrier of the block between them, and within a warp those with a warp synchronisation of both threads between them.
// An order between blocks of threads made by a barrier that only part of the block takes part in is taken as one of the whole block.
#pragma once

#include <string>
#include <vector>

#include "kernel.h"
#include "translation.h"

namespace raphe {

class SharedMemory {
public:
  SharedMemory(const TranslatedKernel &kernel, uint32_t dynamicBytes, uint32_t threads);
  void beginBlock();
  void barrier();                                                  // of the whole block
  void warpSynchronised(uint32_t warp, uint32_t group, bool whole); // `group` of lanes; `whole`: all that live

  struct Problem {
    int code = 0; // 0: none
    std::string what, detail;
  };
  Problem access(const raphe_thread &thread, uint64_t address, uint32_t bytes, int access);

  raphe_block view{};

private:
  static constexpr uint32_t lanes = 32;
  struct Warp {
    bool partial = false;      // whether parts of it have synchronised since
    uint32_t known[lanes][lanes]; // [a][b]: accesses of lane b before this time are ordered before lane a's next
  };

  std::string describe(uint64_t address) const;
  bool isOrdered(uint64_t record, const raphe_thread &thread) const;
  uint64_t merged(uint64_t record, const raphe_thread &thread) const;
  Problem race(uint64_t record, const raphe_thread &thread, uint64_t address, int access, const char *earlier) const;
  Problem races(const raphe_thread &thread, uint64_t address, int access, uint64_t lastWrite, uint64_t lastRead) const;
  void record(const raphe_thread &thread, int access, uint64_t &lastWrite, uint64_t &lastRead) const;

  const TranslatedKernel &kernel;
  const uint32_t dynamicBytes;
  std::vector<uint8_t> memory, shadow, blank;
  std::vector<uint64_t> wordWrites, wordReads, byteWrites, byteReads;
  std::vector<Warp> warps;
  std::vector<uint32_t> warpTimes; // of the last synchronisation of each whole warp
};

} // namespace raphe
