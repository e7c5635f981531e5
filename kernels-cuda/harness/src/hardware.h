// What a GPU of the pretended compute capability has, and what of it a kernel takes.
#pragma once

#include <cstdint>
#include <string>

namespace raphe {

struct Kernel;
struct LaunchShape;

// CUDA C++ programming guide, technical specifications per compute capability.
struct Multiprocessor {
  uint32_t threads;        // resident at most
  uint32_t blocks;         // resident at most
  uint32_t sharedBytes;    // of all its blocks
  uint32_t optInBytes;     // shared memory of one block at most, after opting in
  uint32_t reservedBytes;  // shared memory that the driver takes of each block
  static const Multiprocessor &get();
};

constexpr uint32_t sharedWithoutOptIn = 48 * 1024; // of a block, its static part included
constexpr uint32_t registersOfMultiprocessor = 65536;
constexpr uint32_t mostRegisters = 255; // of a thread
constexpr uint32_t mostThreadsOfBlock = 1024;

// Registers that a thread of the kernel takes: what ptxas says, where there is one that knows the device (RAPHE_HARNESS_PTXAS);
// else the most that an assembler may take: 255, or what leaves room for a block of .maxntid threads.
uint32_t registersOf(Kernel &kernel);

// Threads of a block that the kernel can have: its launch bounds, or what its registers leave room for.
uint32_t mostThreadsOf(Kernel &kernel);

// Blocks of the kernel that a multiprocessor holds.
uint32_t residentBlocks(Kernel &kernel, uint32_t threads, uint64_t dynamicShared);

// Refuses a launch that hardware or driver would refuse.
void checkLaunch(Kernel &kernel, const LaunchShape &shape);

// Bytes of device memory that the driver reserves for the kernel's stack: for every thread that the device can hold.
uint64_t stackOfDevice(const Kernel &kernel);

} // namespace raphe
