// Which functions a kernel reaches, and where its parameters and its shared and local variables lie.
#include <algorithm>

#include "translation.h"

namespace raphe {
namespace {

constexpr uint64_t gap = 16; // bytes between two variables that belong to neither

uint64_t aligned(uint64_t offset, uint64_t alignment) { return (offset + alignment - 1) / alignment * alignment; }

void collectSymbols(const Operand &operand, std::set<std::string> &symbols) {
  if (operand.kind == Operand::Symbol || (operand.kind == Operand::Address && !operand.baseIsRegister)) symbols.insert(operand.name);
  for (const Operand &part : operand.parts) collectSymbols(part, symbols);
}

} // namespace

KernelLayout::KernelLayout(const Module &module, const Function &entry, TranslatedKernel &kernel) : module(module), kernel(kernel) {
  std::vector<const Function *> path;
  reach(entry, path);
  placeParameters(entry);
  placeShared();
  placeLocal();
}

void KernelLayout::reach(const Function &function, std::vector<const Function *> &path) {
  if (std::find(path.begin(), path.end(), &function) != path.end())
    throw PtxError(function.line, "function " + function.name + " calls itself, which the harness does not run");
  if (std::find(reached.begin(), reached.end(), &function) != reached.end()) return;
  path.push_back(&function);
  for (const Statement &statement : function.body) {
    if (statement.kind != Statement::Execute) continue;
    for (const Operand &operand : statement.instruction.operands) collectSymbols(operand, symbols);
    if (statement.instruction.opcode != "call") continue;
    for (const Operand &operand : statement.instruction.operands) {
      if (operand.kind != Operand::Symbol) continue;
      const Function *callee = module.function(operand.name);
      if (!callee || !callee->hasBody)
        throw PtxError(statement.line, "function " + operand.name + " is called but not defined in the module: " + statement.instruction.text);
      reach(*callee, path);
    }
  }
  path.pop_back();
  reached.push_back(&function);
}

void KernelLayout::placeParameters(const Function &entry) {
  uint64_t top = 0;
  for (const Variable &parameter : entry.parameters) {
    top = aligned(top, parameter.alignment);
    kernel.parameters.push_back({top, parameter.bytes()});
    top += parameter.bytes();
  }
  kernel.parameterBytes = top;
}

void KernelLayout::placeVariable(const Variable &variable, uint64_t &top) {
  kernel.sharedBytes = aligned(kernel.sharedBytes, variable.alignment) + variable.bytes();
  top = aligned(top, std::max<uint64_t>(variable.alignment, 4));
  sharedIndex[variable.name] = kernel.shared.size();
  kernel.shared.push_back({variable.name, top, variable.bytes()});
  top += variable.bytes() + gap;
}

void KernelLayout::placeShared() {
  uint64_t top = 0;
  std::vector<const Variable *> dynamic;
  for (const Variable &variable : module.variables) {
    if (variable.space != "shared" || !symbols.count(variable.name)) continue;
    if (variable.isExternal) dynamic.push_back(&variable);
    else placeVariable(variable, top);
  }
  for (const Function *function : reached)
    for (const Statement &statement : function->body)
      if (statement.kind == Statement::Declare && statement.variable.space == "shared") placeVariable(statement.variable, top);
  kernel.usesDynamicShared = !dynamic.empty();
  for (const Variable *variable : dynamic) kernel.sharedBytes = aligned(kernel.sharedBytes, variable->alignment);
  kernel.dynamicOffset = aligned(top, 128);
  for (const Variable *variable : dynamic) {
    sharedIndex[variable->name] = kernel.shared.size();
    kernel.shared.push_back({variable->name, kernel.dynamicOffset, 0});
  }
}

// Each function has its own part of local memory: none calls itself, so one part each is enough.
void KernelLayout::placeLocal() {
  uint64_t top = gap;
  for (const Function *function : reached) {
    for (const Statement &statement : function->body) {
      if (statement.kind != Statement::Declare || statement.variable.space != "local") continue;
      top = aligned(top, std::max<uint64_t>(statement.variable.alignment, 16));
      localIndex[function->name + "/" + statement.variable.name] = kernel.local.size();
      kernel.local.push_back({statement.variable.name, top, statement.variable.bytes()});
      top += statement.variable.bytes() + gap;
      kernel.stackBytes = aligned(kernel.stackBytes, std::max<uint64_t>(statement.variable.alignment, 8)) + statement.variable.bytes();
    }
  }
  kernel.stackBytes = aligned(kernel.stackBytes, 8);
  kernel.localBytes = kernel.local.empty() ? 0 : aligned(top, 16);
}

const Extent *KernelLayout::shared(const std::string &name) const {
  const auto found = sharedIndex.find(name);
  return found == sharedIndex.end() ? nullptr : &kernel.shared[found->second];
}

const Extent *KernelLayout::local(const Function &function, const std::string &name) const {
  const auto found = localIndex.find(function.name + "/" + name);
  return found == localIndex.end() ? nullptr : &kernel.local[found->second];
}

int KernelLayout::global(const std::string &name) const {
  for (size_t index = 0; index < module.variables.size(); index++) {
    const Variable &variable = module.variables[index];
    if (variable.name == name && (variable.space == "global" || variable.space == "const")) return (int)index;
  }
  return -1;
}

} // namespace raphe
