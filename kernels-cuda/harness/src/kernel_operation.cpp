// A launch: what it is checked for when it is asked for, and its execution.
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "driver.h"
#include "hardware.h"

namespace raphe {
namespace {

// Reads the caller's memory without a crash where there is none: a parameter too few is an error, not the end of the process.
void copyFromCaller(void *to, const void *from, size_t bytes, const std::string &what) {
  iovec local{to, bytes}, remote{const_cast<void *>(from), bytes};
  if (!from) refuse(CUDA_ERROR_INVALID_VALUE, what + " is a null pointer");
  if (process_vm_readv(getpid(), &local, 1, &remote, 1, 0) == (ssize_t)bytes) return;
  if (errno == EFAULT) refuse(CUDA_ERROR_INVALID_VALUE, what + " points at memory that cannot be read");
  std::memcpy(to, from, bytes); // a sandbox may forbid the call above
}

std::vector<uint8_t> packed(const TranslatedKernel &kernel, void **parameters) {
  std::vector<uint8_t> bytes(kernel.parameterBytes);
  for (size_t index = 0; index < kernel.parameters.size(); index++) {
    const std::string name = "parameter " + std::to_string(index) + " of " + std::to_string(kernel.parameters.size()) + " of kernel " + kernel.name;
    const void *value = nullptr;
    copyFromCaller(&value, parameters ? parameters + index : nullptr, sizeof value, "the list of parameters, at " + name + ",");
    copyFromCaller(bytes.data() + kernel.parameters[index].offset, value, kernel.parameters[index].bytes, name);
  }
  return bytes;
}

std::vector<uint8_t> buffered(const TranslatedKernel &kernel, void **extra) {
  const void *buffer = nullptr;
  size_t size = 0;
  for (size_t at = 0; extra[at]; at += 2) {
    if ((uint64_t)extra[at] == CU_LAUNCH_PARAM_BUFFER_POINTER) buffer = extra[at + 1];
    else if ((uint64_t)extra[at] == CU_LAUNCH_PARAM_BUFFER_SIZE) size = *(const size_t *)extra[at + 1];
    else refuse(CUDA_ERROR_INVALID_VALUE, "an unknown extra launch option");
  }
  if (size != kernel.parameterBytes)
    refuse(CUDA_ERROR_INVALID_VALUE, std::to_string(size) + " bytes of parameters given, kernel " + kernel.name + " has " + std::to_string(kernel.parameterBytes));
  std::vector<uint8_t> bytes(size);
  if (size) copyFromCaller(bytes.data(), buffer, size, "the buffer of parameters");
  return bytes;
}

} // namespace

Kernel &kernelOf(Call &call, CUfunction function) {
  for (const auto &module : call.context->modules)
    for (const auto &each : module.second->kernels)
      if (each.second.get() == function) return *each.second;
  refuse(CUDA_ERROR_INVALID_HANDLE, "the function is of no module of this context that is still loaded");
}

std::shared_ptr<const KernelOperation> kernelOperation(Call &call, CUfunction function, const LaunchShape &shape, void **parameters, void **extra) {
  Kernel &kernel = kernelOf(call, function);
  checkLaunch(kernel, shape);
  if (parameters && extra) refuse(CUDA_ERROR_INVALID_VALUE, "parameters are given twice, as a list and as a buffer");
  auto operation = std::make_shared<KernelOperation>();
  operation->madeBy = call.text();
  operation->kernel = &kernel;
  operation->isLoaded = kernel.module->isLoaded;
  operation->name = kernel.code.translated.name;
  operation->request.code = &kernel.code;
  operation->request.globals = kernel.module->globals;
  operation->request.parameters = extra ? buffered(kernel.code.translated, extra) : packed(kernel.code.translated, parameters);
  std::memcpy(operation->request.grid, shape.grid, sizeof shape.grid);
  std::memcpy(operation->request.block, shape.block, sizeof shape.block);
  operation->request.dynamicShared = shape.dynamicShared;
  reserveStack(*call.context, kernel);
  return operation;
}

void KernelOperation::execute(Context &) const {
  if (!*isLoaded) throw Fault{CUDA_ERROR_LAUNCH_FAILED, "launch of a kernel whose module is unloaded: kernel " + name + " (launched by " + madeBy + ")"};
  Fault fault;
  const uint64_t instructions = runGrid(request, fault);
  countLaunch(name, instructions);
  if (fault.code) throw Fault{fault.code, fault.text + " (launched by " + madeBy + ")"};
}

} // namespace raphe

using namespace raphe;

RAPHE_DRIVER_CALL cuLaunchKernel(CUfunction function, unsigned gridX, unsigned gridY, unsigned gridZ, unsigned blockX, unsigned blockY, unsigned blockZ,
                                 unsigned sharedBytes, CUstream stream, void **parameters, void **extra) {
  return enter("cuLaunchKernel", Needs::Context, [&](Call &call) {
    const LaunchShape shape = {{gridX, gridY, gridZ}, {blockX, blockY, blockZ}, sharedBytes};
    enqueue(call, streamOf(call, stream), kernelOperation(call, function, shape, parameters, extra));
  });
}
