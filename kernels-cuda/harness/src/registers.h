// Registers as ptxas allots them.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "ptx.h"

namespace raphe {

// Registers a thread of each kernel of the module takes on the pretended device; empty where there is no ptxas that assembles it.
std::map<std::string, uint32_t> assembledRegisters(const Module &module);

} // namespace raphe
