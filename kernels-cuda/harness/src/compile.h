// Translated kernels as machine code, made by the machine's C compiler and kept by digest, so that a kernel is compiled once only.
#pragma once

#include <vector>

#include "launch.h"

namespace raphe {

// Gives each kernel its entry; several are compiled at once. Throws a Refusal with what the compiler said.
void compileKernels(const std::vector<KernelCode *> &kernels);

} // namespace raphe
