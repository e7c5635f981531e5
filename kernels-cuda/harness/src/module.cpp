// Modules: PTX read, checked against the device and the driver version, translated and compiled; their variables; their kernels.
#include <cstring>
#include <fstream>
#include <sstream>

#include "compile.h"
#include "conditions.h"
#include "driver.h"
#include "hardware.h"
#include "kernel.h"
#include "worker_thread.h"

namespace raphe {
namespace {

void checkTarget(const Module &module) {
  const Conditions &conditions = Conditions::get();
  if (module.major * 10 + module.minor > conditions.newestPtx())
    refuse(CUDA_ERROR_UNSUPPORTED_PTX_VERSION, "PTX version " + std::to_string(module.major) + "." + std::to_string(module.minor) + " is newer than driver version " +
                                                   std::to_string(conditions.driverVersion) + " knows, which is " + std::to_string(conditions.newestPtx() / 10) + "." +
                                                   std::to_string(conditions.newestPtx() % 10));
  if (module.target > conditions.capability)
    refuse(CUDA_ERROR_NO_BINARY_FOR_GPU, "PTX for sm_" + std::to_string(module.target) + " on a device of compute capability sm_" + std::to_string(conditions.capability));
}

uint64_t initialBits(const LoadedModule &module, const InitialValue &value) {
  if (value.symbol.empty()) return value.bits;
  for (size_t index = 0; index < module.ptx.variables.size(); index++)
    if (module.ptx.variables[index].name == value.symbol && module.globals[index]) return module.globals[index] + value.bits;
  refuse(CUDA_ERROR_INVALID_PTX, "the address of " + value.symbol + " is an initial value, but it is no variable of the module");
}

// Variables are zero where nothing else is said.
void placeVariables(LoadedModule &module) {
  for (const Variable &variable : module.ptx.variables) {
    const bool placed = variable.space != "shared";
    if (placed && variable.isExternal) refuse(CUDA_ERROR_INVALID_PTX, "variable " + variable.name + " is declared but not defined in the module");
    module.globals.push_back(!placed ? 0 : Arena::get().allocate(variable.bytes(), Allocation::Variable, "variable " + variable.name + " of " + module.madeBy, RAPHE_ALLOCATED | RAPHE_WRITTEN));
  }
  for (size_t index = 0; index < module.globals.size(); index++) {
    const Variable &variable = module.ptx.variables[index];
    const size_t width = (size_t)variable.type.bits / 8;
    for (size_t element = 0; module.globals[index] && element < variable.initial.size(); element++) {
      const uint64_t bits = initialBits(module, variable.initial[element]);
      std::memcpy((uint8_t *)module.globals[index] + element * width, &bits, width);
    }
    if (module.globals[index] && variable.space == "const")
      std::memset(Arena::shadow(module.globals[index]), RAPHE_ALLOCATED | RAPHE_WRITTEN | RAPHE_CONSTANT, variable.bytes());
  }
}

void releaseVariables(LoadedModule &module, const std::string &by) {
  for (uint64_t base : module.globals)
    if (base) Arena::get().release(base, by);
}

// What ptxas refuses of a kernel, whatever the launch.
void checkSizes(const TranslatedKernel &kernel) {
  const auto most = [&](uint64_t bytes, uint64_t limit, const char *what) {
    if (bytes > limit)
      refuse(CUDA_ERROR_INVALID_PTX, "kernel " + kernel.name + " has " + std::to_string(bytes) + " bytes of " + what + "; there are at most " + std::to_string(limit));
  };
  most(kernel.sharedBytes, sharedWithoutOptIn, "static shared memory");
  most(kernel.stackBytes, 512 * 1024, "local memory");
  most(kernel.parameterBytes, 4096, "parameters");
}

void translate(LoadedModule &module) {
  std::vector<KernelCode *> compiled;
  for (const Function &function : module.ptx.functions) {
    if (!function.isEntry) continue;
    auto kernel = std::make_unique<Kernel>();
    kernel->module = &module;
    kernel->code.translated = translateKernel(module.ptx, function);
    checkSizes(kernel->code.translated);
    compiled.push_back(&kernel->code);
    module.kernels[function.name] = std::move(kernel);
  }
  runOnExecutor([&] { compileKernels(compiled); });
}

std::unique_ptr<LoadedModule> build(Call &call, const char *text) {
  auto module = std::make_unique<LoadedModule>();
  module->context = call.context;
  module->madeBy = call.text();
  try {
    module->ptx = parsePtx(text);
    checkTarget(module->ptx);
    translate(*module);
  } catch (const PtxError &error) {
    refuse(CUDA_ERROR_INVALID_PTX, "PTX line " + std::to_string(error.line) + ": " + error.what());
  }
  try {
    placeVariables(*module);
  } catch (const Refusal &) {
    releaseVariables(*module, call.text());
    throw;
  }
  return module;
}

void loadModule(Call &call, CUmodule *result, const void *image) {
  if (!image) refuse(CUDA_ERROR_INVALID_VALUE, "the image is a null pointer");
  const unsigned char *bytes = (const unsigned char *)image;
  if (bytes[0] == 0x7f || bytes[0] >= 0x80) refuse(CUDA_ERROR_NO_BINARY_FOR_GPU, "the image is machine code of a GPU; the harness runs PTX text");
  required(result, "the result") = adopt(call.context->modules, build(call, (const char *)image));
}

// The log buffers among the options of a load, as the driver fills them.
struct JitLog {
  int numbers[2]; // of the options: buffer and size
  unsigned count;
  int *options;
  void **values;

  void write(const std::string &text) const {
    char *buffer = nullptr;
    void **size = nullptr;
    for (unsigned index = 0; index < count; index++) {
      if (options[index] == numbers[0]) buffer = (char *)values[index];
      if (options[index] == numbers[1]) size = &values[index];
    }
    if (!buffer || !size) return;
    const size_t room = (size_t)(uint32_t)(uint64_t)*size;
    const size_t length = room ? std::min(text.size(), room - 1) : 0;
    if (room) std::memcpy(buffer, text.data(), length), buffer[length] = 0;
    *size = (void *)(uint64_t)(length ? length + 1 : 0);
  }
};

void checkJitOptions(unsigned count, const int *options) {
  for (unsigned index = 0; index < count; index++)
    if (options[index] < 0 || options[index] > 31 || (options[index] >= 21 && options[index] <= 24))
      refuse(CUDA_ERROR_INVALID_VALUE, "JIT option " + std::to_string(options[index]) + " is not known to the harness");
}

} // namespace

// Without opting in, static and dynamic shared memory have 48 KiB between them.
uint64_t Kernel::dynamicSharedAllowed() const { return hasOptedIn ? optedInShared : sharedWithoutOptIn - code.translated.sharedBytes; }

} // namespace raphe

using namespace raphe;

RAPHE_DRIVER_CALL cuModuleLoadData(CUmodule *module, const void *image) {
  return enter("cuModuleLoadData", Needs::Context, [&](Call &call) { loadModule(call, module, image); });
}

RAPHE_DRIVER_CALL cuModuleLoadDataEx(CUmodule *module, const void *image, unsigned count, int *options, void **values) {
  return enter("cuModuleLoadDataEx", Needs::Context, [&](Call &call) {
    if (count && (!options || !values)) refuse(CUDA_ERROR_INVALID_VALUE, "the JIT options are a null pointer");
    checkJitOptions(count, options);
    const JitLog information{{CU_JIT_INFO_LOG_BUFFER, CU_JIT_INFO_LOG_BUFFER_SIZE_BYTES}, count, options, values};
    const JitLog errors{{CU_JIT_ERROR_LOG_BUFFER, CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES}, count, options, values};
    try {
      loadModule(call, module, image);
      information.write("translated by the harness");
      errors.write("");
    } catch (const Refusal &refusal) {
      information.write("");
      errors.write("error: " + refusal.why);
      throw;
    }
  });
}

RAPHE_DRIVER_CALL cuModuleLoad(CUmodule *module, const char *path) {
  return enter("cuModuleLoad", Needs::Context, [&](Call &call) {
    std::ifstream file(path ? path : "", std::ios::binary);
    if (!file) refuse(CUDA_ERROR_FILE_NOT_FOUND, std::string("cannot read ") + (path ? path : "a null path"));
    std::ostringstream text;
    text << file.rdbuf();
    loadModule(call, module, text.str().c_str());
  });
}

RAPHE_DRIVER_CALL cuModuleUnload(CUmodule module) {
  return enter("cuModuleUnload", Needs::Releasing, [&](Call &call) {
    LoadedModule &unloaded = owned(call.context->modules, module, "module");
    if (!call.context->error) runContext(*call.context);
    releaseVariables(unloaded, call.text());
    *unloaded.isLoaded = false;
    call.context->modules.erase(module);
  });
}

RAPHE_DRIVER_CALL cuModuleGetFunction(CUfunction *function, CUmodule module, const char *name) {
  return enter("cuModuleGetFunction", Needs::Context, [&](Call &call) {
    LoadedModule &loaded = owned(call.context->modules, module, "module");
    const auto found = loaded.kernels.find(&required(name, "the name"));
    if (found == loaded.kernels.end()) refuse(CUDA_ERROR_NOT_FOUND, std::string("the module has no kernel ") + name);
    required(function, "the result") = found->second.get();
  });
}

RAPHE_DRIVER_CALL cuModuleGetGlobal_v2(CUdeviceptr *address, size_t *bytes, CUmodule module, const char *name) {
  return enter("cuModuleGetGlobal", Needs::Context, [&](Call &call) {
    LoadedModule &loaded = owned(call.context->modules, module, "module");
    for (size_t index = 0; index < loaded.globals.size(); index++) {
      if (loaded.ptx.variables[index].name != name || !loaded.globals[index]) continue;
      if (address) *address = loaded.globals[index];
      if (bytes) *bytes = loaded.ptx.variables[index].bytes();
      return;
    }
    refuse(CUDA_ERROR_NOT_FOUND, std::string("the module has no variable ") + &required(name, "the name"));
  });
}

RAPHE_DRIVER_CALL cuFuncGetAttribute(int *value, int attribute, CUfunction function) {
  return enter("cuFuncGetAttribute", Needs::Context, [&](Call &call) {
    Kernel &kernel = kernelOf(call, function);
    const TranslatedKernel &translated = kernel.code.translated;
    uint64_t constants = 0;
    for (const Variable &variable : kernel.module->ptx.variables) constants += variable.space == "const" ? variable.bytes() : 0;
    int &result = required(value, "the result");
    switch (attribute) {
      case CU_FUNC_ATTRIBUTE_MAX_THREADS_PER_BLOCK: result = (int)mostThreadsOf(kernel); break;
      case CU_FUNC_ATTRIBUTE_SHARED_SIZE_BYTES: result = (int)translated.sharedBytes; break;
      case CU_FUNC_ATTRIBUTE_CONST_SIZE_BYTES: result = (int)constants; break;
      case CU_FUNC_ATTRIBUTE_LOCAL_SIZE_BYTES: result = (int)translated.stackBytes; break;
      case CU_FUNC_ATTRIBUTE_NUM_REGS: result = (int)registersOf(kernel); break;
      case CU_FUNC_ATTRIBUTE_PTX_VERSION: result = kernel.module->ptx.target; break;
      case CU_FUNC_ATTRIBUTE_BINARY_VERSION: result = Conditions::get().capability; break;
      case CU_FUNC_ATTRIBUTE_CACHE_MODE_CA: result = 0; break;
      case CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES: result = (int)kernel.dynamicSharedAllowed(); break;
      case CU_FUNC_ATTRIBUTE_PREFERRED_SHARED_MEMORY_CARVEOUT: result = -1; break;
      default: refuse(CUDA_ERROR_INVALID_VALUE, "attribute " + std::to_string(attribute) + " is not known to the harness");
    }
  });
}

RAPHE_DRIVER_CALL cuFuncSetAttribute(CUfunction function, int attribute, int value) {
  return enter("cuFuncSetAttribute", Needs::Context, [&](Call &call) {
    Kernel &kernel = kernelOf(call, function);
    if (attribute == CU_FUNC_ATTRIBUTE_PREFERRED_SHARED_MEMORY_CARVEOUT) return;
    if (attribute != CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES) refuse(CUDA_ERROR_INVALID_VALUE, "attribute " + std::to_string(attribute) + " cannot be set");
    const uint64_t fixed = kernel.code.translated.sharedBytes, most = Multiprocessor::get().optInBytes;
    if (value < 0 || (uint64_t)value + fixed > most)
      refuse(CUDA_ERROR_INVALID_VALUE, "kernel " + kernel.code.translated.name + ": " + std::to_string(value) + " bytes of dynamic shared memory beside " +
                                           std::to_string(fixed) + " static ones; a block has at most " + std::to_string(most));
    kernel.hasOptedIn = true;
    kernel.optedInShared = (uint32_t)value;
  });
}

RAPHE_DRIVER_CALL cuFuncSetCacheConfig(CUfunction function, int) {
  return enter("cuFuncSetCacheConfig", Needs::Context, [&](Call &call) { (void)kernelOf(call, function); });
}

RAPHE_DRIVER_CALL cuFuncGetModule(CUmodule *module, CUfunction function) {
  return enter("cuFuncGetModule", Needs::Context, [&](Call &call) { required(module, "the result") = kernelOf(call, function).module; });
}

RAPHE_DRIVER_CALL cuOccupancyMaxActiveBlocksPerMultiprocessor(int *blocks, CUfunction function, int blockSize, size_t dynamicShared) {
  return enter("cuOccupancyMaxActiveBlocksPerMultiprocessor", Needs::Context, [&](Call &call) {
    if (blockSize < 1) refuse(CUDA_ERROR_INVALID_VALUE, "a block of " + std::to_string(blockSize) + " threads");
    required(blocks, "the result") = (int)residentBlocks(kernelOf(call, function), (uint32_t)blockSize, dynamicShared);
  });
}
