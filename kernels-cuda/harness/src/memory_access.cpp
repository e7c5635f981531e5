// Loads, stores and atomics: each becomes a check that gives a host pointer, and an access through it.
#include "translation.h"

namespace raphe {
namespace {

const std::set<std::string> memoryScopes = {".cta", ".gpu", ".sys"};

bool isCacheAdvice(const std::string &modifier) {
  static const std::set<std::string> advice = {".ca", ".cg", ".cs", ".lu", ".cv", ".wb", ".wt", ".nc"};
  return advice.count(modifier) || modifier.rfind(".L1::", 0) == 0 || modifier.rfind(".L2::", 0) == 0;
}

} // namespace

// The modifiers of ld and st: [.volatile | .weak | .relaxed.scope | .acquire.scope | .release.scope] [.space] [cache advice] [.v2 | .v4] .type
FunctionTranslation::Access FunctionTranslation::access(const Instruction &instruction) {
  Modifiers modifiers(instruction);
  Access access;
  const std::string order = modifiers.acceptOneOf({".volatile", ".weak", ".relaxed", ".acquire", ".release"});
  access.isVolatile = !order.empty() && order != ".weak";
  if (access.isVolatile && order != ".volatile") modifiers.oneOf(memoryScopes);
  const std::string space = modifiers.acceptOneOf({".global", ".const", ".shared", ".shared::cta", ".local", ".param", ".param::entry", ".param::func"});
  access.space = space.empty() ? "generic" : space.substr(1, space.find("::") == std::string::npos ? std::string::npos : space.find("::") - 1);
  size_t next = (order.empty() ? 0 : access.isVolatile && order != ".volatile" ? 2 : 1) + !space.empty();
  for (; next < instruction.modifiers.size() && isCacheAdvice(instruction.modifiers[next]); next++) modifiers.accept(instruction.modifiers[next]);
  const std::string vector = modifiers.acceptOneOf({".v2", ".v4"});
  access.elements = vector.empty() ? 1 : vector == ".v2" ? 2 : 4;
  access.type = modifiers.type();
  modifiers.end();
  if (access.type.isPredicate() || access.total() > 16) modifiers.refuse();
  return access;
}

// A C expression for the checked host pointer of an access.
std::string FunctionTranslation::pointer(const Instruction &instruction, const Operand &operand, const Access &access, const char *verb) {
  const bool writing = std::string(verb) == "write";
  if (access.space == "param" && !operand.baseIsRegister) return parameterBytes(operand, access.total(), writing);
  if (access.space == "param" && (writing || !function.isEntry)) refuseInstruction(instruction, "a parameter accessed through a register is not known to the harness here");
  if (access.space == "const" && writing) refuseInstruction(instruction, "constant memory is written");
  const std::string space = access.space == "const" ? "constant" : access.space == "param" ? "parameter" : access.space;
  return "raphe_" + space + "_" + verb + "(t, " + address(operand, access.space) + ", " + std::to_string(access.total()) + ", " +
         std::to_string(instruction.line) + ")";
}

void FunctionTranslation::load(const Instruction &instruction) {
  count(instruction, 2, 2);
  const Access loaded = access(instruction);
  const Operand &result = instruction.operands[0];
  if ((result.kind == Operand::Vector ? result.parts.size() : 1) != loaded.elements) refuseInstruction(instruction, "the vector has another length than its registers");
  emit("const void *at = " + pointer(instruction, instruction.operands[1], loaded, "read") + "; ");
  const std::string macro = loaded.isVolatile ? "RAPHE_LOAD_VOLATILE(" : "RAPHE_LOAD(";
  for (uint64_t element = 0; element < loaded.elements; element++)
    write(result.kind == Operand::Vector ? result.parts[element] : result, loaded.type, macro + cType(loaded.type) + ", at, " + std::to_string(element) + ")", true);
}

void FunctionTranslation::store(const Instruction &instruction) {
  count(instruction, 2, 2);
  const Access stored = access(instruction);
  const Operand &value = instruction.operands[1];
  if ((value.kind == Operand::Vector ? value.parts.size() : 1) != stored.elements) refuseInstruction(instruction, "the vector has another length than its registers");
  emit("void *at = " + pointer(instruction, instruction.operands[0], stored, "write") + "; ");
  const std::string macro = stored.isVolatile ? "RAPHE_STORE_VOLATILE(" : "RAPHE_STORE(";
  for (uint64_t element = 0; element < stored.elements; element++)
    emit(macro + cType(stored.type) + ", at, " + std::to_string(element) + ", " + read(value.kind == Operand::Vector ? value.parts[element] : value, stored.type, true) + ");");
}

void FunctionTranslation::atomic(const Instruction &instruction) {
  const bool reduces = instruction.opcode == "red";
  Modifiers modifiers(instruction);
  if (!modifiers.acceptOneOf({".relaxed", ".acquire", ".release", ".acq_rel"}).empty()) modifiers.oneOf(memoryScopes);
  else modifiers.acceptOneOf(memoryScopes);
  Access accessed;
  const std::string space = modifiers.acceptOneOf({".global", ".shared"});
  accessed.space = space.empty() ? "generic" : space.substr(1);
  const std::string operation = modifiers.oneOf({".add", ".and", ".or", ".xor", ".exch", ".cas", ".min", ".max"});
  accessed.type = modifiers.type();
  modifiers.end();
  if (accessed.type.isFloat()) refuseInstruction(instruction, "an atomic on floats has no written order of its sum, which the numeric contract forbids");
  if (accessed.type.bits < 32 || (reduces && (operation == ".exch" || operation == ".cas"))) modifiers.refuse();
  const size_t first = reduces ? 0 : 1, operands = (operation == ".cas" ? 3 : 2) + first;
  count(instruction, operands, operands);
  Type computed = accessed.type;
  if (computed.letter == 'b') computed.letter = 'u';
  std::string value = "raphe_atom_" + operation.substr(1) + "_" + computed.name() + "(at";
  for (size_t operand = first + 1; operand < operands; operand++) value += ", " + in(instruction, operand, computed);
  value += ")";
  emit("void *at = " + pointer(instruction, instruction.operands[first], accessed, "atomic") + "; ");
  if (reduces) emit("(void)" + value + ";");
  else write(instruction.operands[0], computed, value);
}

void FunctionTranslation::fence(const Instruction &instruction) {
  count(instruction, 0, 0);
  Modifiers modifiers(instruction);
  if (instruction.opcode == "membar") modifiers.oneOf({".cta", ".gl", ".sys"});
  else modifiers.acceptOneOf({".sc", ".acq_rel"}), modifiers.oneOf(memoryScopes);
  modifiers.end();
  emit("__atomic_thread_fence(__ATOMIC_SEQ_CST);");
}

} // namespace raphe
