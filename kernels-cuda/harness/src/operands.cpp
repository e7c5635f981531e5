// Operands as C expressions, and where results go.
#include "translation.h"

namespace raphe {

Type FunctionTranslation::registerType(const std::string &name, int line) const {
  for (auto scope = scopes.rbegin(); scope != scopes.rend(); ++scope) {
    const auto found = scope->registers.find(name);
    if (found != scope->registers.end()) return found->second;
  }
  throw PtxError(line, "register " + name + " is not declared, or is a special register that the harness does not know");
}

const Variable *FunctionTranslation::bytes(const std::string &name) const {
  for (auto scope = scopes.rbegin(); scope != scopes.rend(); ++scope) {
    const auto found = scope->bytes.find(name);
    if (found != scope->bytes.end()) return &found->second;
  }
  return nullptr;
}

void FunctionTranslation::count(const Instruction &instruction, size_t least, size_t most) const {
  const size_t given = instruction.operands.size();
  if (given < least || given > most) refuseInstruction(instruction, std::to_string(given) + " operands of " + instruction.opcode + " are not known to the harness");
}

std::string FunctionTranslation::in(const Instruction &instruction, size_t operand, Type type) {
  if (operand >= instruction.operands.size()) refuseInstruction(instruction, "an operand is missing");
  return read(instruction.operands[operand], type);
}

void FunctionTranslation::out(const Instruction &instruction, Type type, const std::string &value) {
  if (instruction.operands.empty()) refuseInstruction(instruction, "an operand is missing");
  write(instruction.operands[0], type, value);
}

std::string FunctionTranslation::read(const Operand &operand, Type type, bool mayBeWider) {
  switch (operand.kind) {
    case Operand::Register: return readRegister(operand, type, mayBeWider);
    case Operand::Integer:
    case Operand::Float: return readConstant(operand, type);
    case Operand::Special:
      if (type.bits != 32 || type.isFloat()) throw PtxError(0, "special register " + operand.name + " read as ." + type.name());
      return "((" + cType(type) + ")" + readSpecial(operand.name) + ")";
    case Operand::Symbol: return "((" + cType(type) + ")" + symbolAddress(operand) + ")";
    default: throw PtxError(0, "an operand of this form is not known to the harness");
  }
}

std::string FunctionTranslation::readRegister(const Operand &operand, Type type, bool mayBeWider) {
  const Type held = registerType(operand.name, 0);
  const std::string name = cName("r_", operand.name);
  if (held.isPredicate() != type.isPredicate()) throw PtxError(0, operand.name + " read as ." + type.name() + " is a ." + held.name());
  if (held.isPredicate()) return operand.negated ? "!" + name : name;
  if (operand.negated || operand.offset) throw PtxError(0, "an operand of this form is not known to the harness");
  if (held.bits != type.bits && !(mayBeWider && held.bits > type.bits && !type.isFloat()))
    throw PtxError(0, operand.name + " read as ." + type.name() + " is a ." + held.name());
  if (held.isFloat() == type.isFloat()) return type.isFloat() ? name : "((" + cType(type) + ")" + name + ")";
  const std::string width = std::to_string(held.bits);
  if (type.isFloat()) return "raphe_f" + width + "(" + name + ")";
  return "((" + cType(type) + ")raphe_bits" + width + "(" + name + "))";
}

std::string FunctionTranslation::readConstant(const Operand &operand, Type type) {
  if (operand.negated) throw PtxError(0, "an operand of this form is not known to the harness");
  if (type.isPredicate()) return operand.bits ? "true" : "false";
  if (operand.kind == Operand::Integer) {
    if (type.isFloat()) throw PtxError(0, "an integer constant read as ." + type.name());
    return "((" + cType(type) + ")" + hex(operand.bits, type.bits) + ")";
  }
  if (operand.floatBits != type.bits) throw PtxError(0, "a constant of " + std::to_string(operand.floatBits) + " bits read as ." + type.name());
  const std::string bits = hex(operand.bits, type.bits);
  if (type.isFloat()) return "raphe_f" + std::to_string(type.bits) + "(" + bits + ")";
  return "((" + cType(type) + ")" + bits + ")";
}

std::string FunctionTranslation::readSpecial(const std::string &name) {
  static const std::map<std::string, std::string> vectors = {
      {"%tid", "t->index"}, {"%ntid", "launch->block"}, {"%ctaid", "t->block->index"}, {"%nctaid", "launch->grid"}};
  static const std::map<std::string, std::string> scalars = {
      {"%laneid", "(t->linear & 31)"},
      {"%warpid", "(t->linear >> 5)"},
      {"%nwarpid", "((launch->block[0] * launch->block[1] * launch->block[2] + 31) / 32)"},
      {"%lanemask_eq", "(1u << (t->linear & 31))"},
      {"%lanemask_lt", "((1u << (t->linear & 31)) - 1)"},
      {"%lanemask_le", "((2u << (t->linear & 31)) - 1)"},
      {"%lanemask_ge", "~((1u << (t->linear & 31)) - 1)"},
      {"%lanemask_gt", "~((2u << (t->linear & 31)) - 1)"},
      {"%dynamic_smem_size", "launch->dynamic_shared"},
      {"%total_smem_size", "launch->total_shared"}};
  const auto scalar = scalars.find(name);
  if (scalar != scalars.end()) return scalar->second;
  const size_t dot = name.find('.');
  const auto vector = vectors.find(name.substr(0, dot));
  const std::string axis = dot == std::string::npos ? "" : name.substr(dot + 1);
  if (vector == vectors.end() || axis.size() != 1 || axis[0] < 'x' || axis[0] > 'z')
    throw PtxError(0, "special register " + name + " is not known to the harness");
  return vector->second + "[" + std::to_string(axis[0] - 'x') + "]";
}

// The address of a variable in its own space.
std::string FunctionTranslation::symbolAddress(const Operand &operand) {
  const uint64_t offset = (uint64_t)operand.offset;
  if (const Extent *local = layout.local(function, operand.name)) return hex(local->offset + offset, 64);
  if (const Extent *shared = layout.shared(operand.name)) return hex(shared->offset + offset, 64);
  const int index = layout.global(operand.name);
  if (index >= 0) return "(launch->globals[" + std::to_string(index) + "] + " + hex(offset, 64) + ")";
  for (size_t parameter = 0; function.isEntry && parameter < function.parameters.size(); parameter++)
    if (function.parameters[parameter].name == operand.name) return hex(kernel.parameters[parameter].offset + offset, 64);
  throw PtxError(0, "the address of " + operand.name + " is not known to the harness");
}

void FunctionTranslation::write(const Operand &operand, Type type, const std::string &value, bool mayBeWider) {
  if (operand.kind == Operand::Sink) return emit("(void)(" + value + ");");
  if (operand.kind != Operand::Register || operand.negated) throw PtxError(0, "a result of this form is not known to the harness");
  const Type held = registerType(operand.name, 0);
  const std::string name = cName("r_", operand.name);
  if (held.isPredicate() != type.isPredicate()) throw PtxError(0, operand.name + " written as ." + type.name() + " is a ." + held.name());
  const bool wider = mayBeWider && held.bits > type.bits && !held.isFloat() && !type.isFloat();
  if (held.bits != type.bits && !wider) throw PtxError(0, operand.name + " written as ." + type.name() + " is a ." + held.name());
  const std::string width = std::to_string(held.bits);
  if (held.isPredicate() || (held.isFloat() && type.isFloat())) emit(name + " = " + value + ";");
  else if (held.isFloat()) emit(name + " = raphe_f" + width + "((uint" + width + "_t)(" + value + "));");
  else if (type.isFloat()) emit(name + " = raphe_bits" + width + "(" + value + ");");
  else emit(name + " = (uint" + width + "_t)(" + (wider && type.isSigned() ? "(int" + width + "_t)" : "") + "(" + cType(type) + ")(" + value + "));");
}

// An address operand in a space, as a 64-bit expression. The space of a named variable must be the instruction's.
std::string FunctionTranslation::address(const Operand &operand, const std::string &space) {
  if (operand.kind != Operand::Address) throw PtxError(0, "an address was expected");
  if (operand.baseIsRegister) {
    const Type held = registerType(operand.name, 0);
    if (held.isFloat() || (held.bits != 64 && !(held.bits == 32 && (space == "shared" || space == "local"))))
      throw PtxError(0, operand.name + " of ." + held.name() + " as an address");
    const std::string sum = cName("r_", operand.name) + " + " + hex((uint64_t)operand.offset, held.bits);
    return held.bits == 64 ? "(" + sum + ")" : "(uint64_t)(uint32_t)(" + sum + ")";
  }
  if (operand.name.empty()) return hex((uint64_t)operand.offset, 64);
  const int index = layout.global(operand.name);
  const std::string owner = layout.local(function, operand.name) ? "local"
                            : layout.shared(operand.name)        ? "shared"
                            : index >= 0                         ? layout.module.variables[index].space
                                                                 : "param";
  if (owner != space && !(space == "generic" && owner == "global"))
    throw PtxError(0, operand.name + " is in ." + owner + ", not in ." + space);
  Operand symbol = operand;
  symbol.kind = Operand::Symbol;
  return symbolAddress(symbol);
}

// A named parameter as a C pointer: of the kernel, of this function, or of a call. Its bounds are known when it is translated.
std::string FunctionTranslation::parameterBytes(const Operand &operand, uint64_t total, bool writing) {
  const uint64_t offset = (uint64_t)operand.offset;
  const Variable *variable = bytes(operand.name);
  std::string base = cName("b_", operand.name);
  for (size_t index = 0; !variable && function.isEntry && index < function.parameters.size(); index++) {
    if (function.parameters[index].name != operand.name) continue;
    if (writing) throw PtxError(0, "a kernel's parameter is written");
    variable = &function.parameters[index];
    base = "(launch->parameters + " + std::to_string(kernel.parameters[index].offset) + ")";
  }
  if (!variable) throw PtxError(0, "parameter " + operand.name + " is not declared");
  if (offset > variable->bytes() || variable->bytes() - offset < total)
    throw PtxError(0, "an access past the end of parameter " + operand.name + " of " + std::to_string(variable->bytes()) + " bytes");
  if (offset % total) throw PtxError(0, "a misaligned access of parameter " + operand.name);
  return "(" + base + " + " + std::to_string(offset) + ")";
}

} // namespace raphe
