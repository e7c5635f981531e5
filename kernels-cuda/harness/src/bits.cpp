// Logic, shifts and bit fields.
#include "translation.h"

namespace raphe {
namespace {

Type asBits(Type type) { return Type{'b', type.bits}; }
const Type u32{'u', 32};

} // namespace

void FunctionTranslation::logic(const Instruction &instruction) {
  count(instruction, 3, 3);
  Modifiers modifiers(instruction);
  const Type type = modifiers.type();
  modifiers.end();
  if (type.letter != 'b' && !type.isPredicate()) modifiers.refuse();
  const char *operation = instruction.opcode == "and" ? " & " : instruction.opcode == "or" ? " | " : " ^ ";
  out(instruction, type, in(instruction, 1, type) + operation + in(instruction, 2, type));
}

void FunctionTranslation::complement(const Instruction &instruction) {
  count(instruction, 2, 2);
  Modifiers modifiers(instruction);
  const Type type = modifiers.type();
  modifiers.end();
  if (type.letter != 'b' && !type.isPredicate()) modifiers.refuse();
  out(instruction, type, (type.isPredicate() ? "!" : "~") + in(instruction, 1, type));
}

void FunctionTranslation::logic3(const Instruction &instruction) {
  count(instruction, 5, 5);
  Modifiers modifiers(instruction);
  const Type type = modifiers.type();
  modifiers.end();
  if (type.name() != "b32" || instruction.operands[4].kind != Operand::Integer) modifiers.refuse();
  out(instruction, type, "raphe_lop3(" + in(instruction, 1, type) + ", " + in(instruction, 2, type) + ", " + in(instruction, 3, type) + ", " +
                             in(instruction, 4, u32) + ")");
}

void FunctionTranslation::shift(const Instruction &instruction) {
  count(instruction, 3, 3);
  Modifiers modifiers(instruction);
  const Type type = modifiers.type();
  modifiers.end();
  if (!type.isInteger() || type.bits == 8 || (instruction.opcode == "shl" && type.letter != 'b')) modifiers.refuse();
  const std::string kind = instruction.opcode == "shl" ? "shl_" : type.isSigned() ? "shr_s" : "shr_u";
  out(instruction, type, "raphe_" + kind + std::to_string(type.bits) + "(" + in(instruction, 1, type) + ", " + in(instruction, 2, u32) + ")");
}

void FunctionTranslation::funnelShift(const Instruction &instruction) {
  count(instruction, 4, 4);
  Modifiers modifiers(instruction);
  const std::string direction = modifiers.oneOf({".l", ".r"});
  const std::string mode = modifiers.oneOf({".wrap", ".clamp"});
  const Type type = modifiers.type();
  modifiers.end();
  if (type.name() != "b32") modifiers.refuse();
  const std::string amount = in(instruction, 3, u32);
  const std::string function = direction == ".l" ? "raphe_funnel_left(" : "raphe_funnel_right(";
  out(instruction, type, function + in(instruction, 1, type) + ", " + in(instruction, 2, type) + ", " +
                             (mode == ".wrap" ? amount + " & 31" : "raphe_clamp32(" + amount + ")") + ")");
}

void FunctionTranslation::countBits(const Instruction &instruction) {
  count(instruction, 2, 2);
  Modifiers modifiers(instruction);
  const Type type = modifiers.type();
  modifiers.end();
  if (type.letter != 'b' || type.bits < 32) modifiers.refuse();
  const std::string width = std::to_string(type.bits), a = in(instruction, 1, type);
  if (instruction.opcode == "popc") out(instruction, u32, std::string(type.bits == 32 ? "__builtin_popcount(" : "__builtin_popcountll(") + a + ")");
  else out(instruction, instruction.opcode == "brev" ? type : u32, "raphe_" + instruction.opcode + "_" + width + "(" + a + ")");
}

void FunctionTranslation::findBit(const Instruction &instruction) {
  count(instruction, 2, 2);
  Modifiers modifiers(instruction);
  const bool shiftAmount = modifiers.accept(".shiftamt");
  const Type type = modifiers.type();
  modifiers.end();
  if (!type.isInteger() || type.letter == 'b' || type.bits < 32) modifiers.refuse();
  emit("const uint32_t found = raphe_bfind_" + type.name() + "(" + in(instruction, 1, type) + "); ");
  const std::string top = std::to_string(type.bits - 1) + "u";
  out(instruction, u32, shiftAmount ? "found == 0xffffffffu ? found : " + top + " - found" : "found");
}

void FunctionTranslation::extractField(const Instruction &instruction) {
  count(instruction, 4, 4);
  Modifiers modifiers(instruction);
  const Type type = modifiers.type();
  modifiers.end();
  if (!type.isInteger() || type.letter == 'b' || type.bits < 32) modifiers.refuse();
  out(instruction, type, "(" + cType(type) + ")raphe_bfe(" + in(instruction, 1, asBits(type)) + ", " + in(instruction, 2, u32) + ", " + in(instruction, 3, u32) +
                             ", " + std::to_string(type.bits) + ", " + (type.isSigned() ? "true" : "false") + ")");
}

void FunctionTranslation::insertField(const Instruction &instruction) {
  count(instruction, 5, 5);
  Modifiers modifiers(instruction);
  const Type type = modifiers.type();
  modifiers.end();
  if (type.letter != 'b' || type.bits < 32) modifiers.refuse();
  out(instruction, type, "(" + cType(type) + ")raphe_bfi(" + in(instruction, 1, type) + ", " + in(instruction, 2, type) + ", " + in(instruction, 3, u32) + ", " +
                             in(instruction, 4, u32) + ", " + std::to_string(type.bits) + ")");
}

void FunctionTranslation::permute(const Instruction &instruction) {
  count(instruction, 4, 4);
  Modifiers modifiers(instruction);
  const Type type = modifiers.type();
  modifiers.end();
  if (type.name() != "b32") modifiers.refuse();
  out(instruction, type, "raphe_prmt(" + in(instruction, 1, type) + ", " + in(instruction, 2, type) + ", " + in(instruction, 3, u32) + ")");
}

} // namespace raphe
