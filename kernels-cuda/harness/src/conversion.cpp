// Comparison, selection, conversion and moves.
#include "translation.h"

namespace raphe {
namespace {

const Type predicate{'p', 1};

} // namespace

std::string FunctionTranslation::comparison(const Instruction &instruction, const std::string &operation, Type type) {
  static const std::map<std::string, std::string> ordered = {{".eq", "=="}, {".ne", "!="}, {".lt", "<"},  {".le", "<="}, {".gt", ">"},
                                                             {".ge", ">="}, {".lo", "<"},  {".ls", "<="}, {".hi", ">"},  {".hs", ">="}};
  static const std::map<std::string, std::string> unordered = {{".equ", "=="}, {".neu", "!="}, {".ltu", "<"}, {".leu", "<="}, {".gtu", ">"}, {".geu", ">="}};
  const std::string a = in(instruction, 1, type), b = in(instruction, 2, type);
  const std::string isNan = "(" + a + " != " + a + " || " + b + " != " + b + ")";
  if (operation == ".nan") return isNan;
  if (operation == ".num") return "!" + isNan;
  const auto found = unordered.find(operation);
  if (found != unordered.end()) return "(" + isNan + " || " + a + " " + found->second + " " + b + ")";
  const std::string compared = a + " " + ordered.at(operation) + " " + b;
  // PTX's ne is ordered: false when an operand is a NaN, where C's is true.
  return type.isFloat() && operation == ".ne" ? "(!" + isNan + " && " + compared + ")" : "(" + compared + ")";
}

void FunctionTranslation::compare(const Instruction &instruction) {
  count(instruction, 3, 4);
  Modifiers modifiers(instruction);
  const std::string operation = modifiers.oneOf({".eq", ".ne", ".lt", ".le", ".gt", ".ge", ".lo", ".ls", ".hi", ".hs", ".equ", ".neu", ".ltu", ".leu", ".gtu", ".geu", ".num", ".nan"});
  const std::string combination = modifiers.acceptOneOf({".and", ".or", ".xor"});
  const Type type = modifiers.type();
  modifiers.end();
  static const std::set<std::string> floatsOnly = {".equ", ".neu", ".ltu", ".leu", ".gtu", ".geu", ".num", ".nan"}, unsignedOnly = {".lo", ".ls", ".hi", ".hs"};
  if (floatsOnly.count(operation) && !type.isFloat()) modifiers.refuse();
  if (unsignedOnly.count(operation) && type.letter != 'u') modifiers.refuse();
  if (type.letter == 'b' && operation != ".eq" && operation != ".ne") modifiers.refuse();
  if (combination.empty() != (instruction.operands.size() == 3)) modifiers.refuse();
  const std::string combined = combination.empty() ? "" : (combination == ".and" ? " & " : combination == ".or" ? " | " : " ^ ") + condition(instruction.operands[3]);
  emit("const bool holds = " + comparison(instruction, operation, type) + "; ");
  const Operand &result = instruction.operands[0];
  if (result.kind != Operand::Pair) return write(result, predicate, "holds" + combined);
  const std::string other = "!holds" + combined;
  emit("const bool first = holds" + combined + ", second = " + other + "; ");
  if (result.parts.size() != 2) modifiers.refuse();
  write(result.parts[0], predicate, "first");
  write(result.parts[1], predicate, "second");
}

void FunctionTranslation::select(const Instruction &instruction) {
  count(instruction, 4, 4);
  Modifiers modifiers(instruction);
  const Type type = modifiers.type();
  modifiers.end();
  out(instruction, type, condition(instruction.operands[3]) + " ? " + in(instruction, 1, type) + " : " + in(instruction, 2, type));
}

void FunctionTranslation::convert(const Instruction &instruction) {
  count(instruction, 2, 2);
  Modifiers modifiers(instruction);
  const std::string rounding = modifiers.acceptOneOf({".rn", ".rni", ".rzi", ".rmi", ".rpi"});
  const bool saturate = modifiers.accept(".sat");
  const Type to = modifiers.type(), from = modifiers.type();
  modifiers.end();
  if (to.isPredicate() || from.isPredicate()) modifiers.refuse();
  if (saturate && !(to.name() == "f32" && from.name() == "f32" && rounding.empty())) modifiers.refuse();
  emit("const " + cType(from) + " x = " + read(instruction.operands[1], from, true) + "; ");
  const std::string value = saturate ? "x > 0.0f ? (x < 1.0f ? x : 1.0f) : 0.0f" : converted(instruction, to, from, rounding);
  write(instruction.operands[0], to, value, true);
}

// `x` converted, where the rounding is the one that PTX demands for the pair of types, or the instruction is refused.
std::string FunctionTranslation::converted(const Instruction &instruction, Type to, Type from, const std::string &rounding) {
  const bool integral = rounding.size() == 4;
  const auto require = [&](bool condition) {
    if (!condition) refuseInstruction(instruction, "cvt" + rounding + "." + to.name() + "." + from.name() + " is not known to the harness");
  };
  if (!to.isFloat() && !from.isFloat()) {
    require(rounding.empty());
    return "(" + cType(to) + ")x";
  }
  if (!from.isFloat()) {
    require(rounding == ".rn");
    return "(" + cType(to) + ")x";
  }
  static const std::map<std::string, std::string> functions = {{".rni", "rint"}, {".rzi", "trunc"}, {".rmi", "floor"}, {".rpi", "ceil"}};
  const std::string whole = integral ? "__builtin_" + functions.at(rounding) + (from.bits == 32 ? "f(x)" : "(x)") : "x";
  if (!to.isFloat()) {
    require(integral && to.bits >= 32 && to.letter != 'b');
    return "raphe_" + to.name() + "_of_" + from.name() + "(" + whole + ")";
  }
  if (to.bits == from.bits) {
    require(integral || rounding.empty());
    return integral && to.bits == 32 ? "raphe_nan32(" + whole + ")" : whole;
  }
  require(to.bits == 32 ? rounding == ".rn" : rounding.empty());
  return to.bits == 32 ? "raphe_nan32((float)x)" : "(double)x";
}

void FunctionTranslation::move(const Instruction &instruction) {
  count(instruction, 2, 2);
  Modifiers modifiers(instruction);
  const Type type = modifiers.type();
  modifiers.end();
  if (instruction.operands[0].kind == Operand::Vector) return unpack(instruction, type);
  if (instruction.operands[1].kind == Operand::Vector) return pack(instruction, type);
  out(instruction, type, in(instruction, 1, type));
}

void FunctionTranslation::pack(const Instruction &instruction, Type type) {
  const std::vector<Operand> &parts = instruction.operands[1].parts;
  const int bits = parts.empty() ? 0 : type.bits / (int)parts.size();
  if (type.letter != 'b' || bits < 16) refuseInstruction(instruction, "a mov of this form is not known to the harness");
  std::string value;
  for (size_t part = 0; part < parts.size(); part++)
    value += std::string(part ? " | " : "") + "(uint64_t)" + read(parts[part], Type{'b', bits}) + " << " + std::to_string(part * bits);
  out(instruction, type, "(" + cType(type) + ")(" + value + ")");
}

void FunctionTranslation::unpack(const Instruction &instruction, Type type) {
  const std::vector<Operand> &parts = instruction.operands[0].parts;
  const int bits = parts.empty() ? 0 : type.bits / (int)parts.size();
  if (type.letter != 'b' || bits < 16) refuseInstruction(instruction, "a mov of this form is not known to the harness");
  emit("const uint64_t whole = " + in(instruction, 1, type) + "; ");
  for (size_t part = 0; part < parts.size(); part++)
    write(parts[part], Type{'b', bits}, "(uint" + std::to_string(bits) + "_t)(whole >> " + std::to_string(part * bits) + ")");
}

// Global and constant addresses are generic ones already; those of shared and local memory and of parameters lie in windows.
void FunctionTranslation::convertAddress(const Instruction &instruction) {
  count(instruction, 2, 2);
  Modifiers modifiers(instruction);
  const bool fromGeneric = modifiers.accept(".to");
  const std::string space = modifiers.oneOf({".global", ".const", ".shared", ".local", ".param"});
  const Type type = modifiers.type();
  modifiers.end();
  if (type.name() != "u64") modifiers.refuse();
  static const std::map<std::string, std::string> windows = {{".shared", "RAPHE_SHARED"}, {".local", "RAPHE_LOCAL"}, {".param", "RAPHE_PARAMETER"}};
  const std::string a = in(instruction, 1, type);
  const auto window = windows.find(space);
  if (window == windows.end()) out(instruction, type, a);
  else if (fromGeneric) out(instruction, type, "raphe_to_window(t, " + window->second + ", " + a + ", " + std::to_string(instruction.line) + ")");
  else out(instruction, type, a + " | " + window->second + " << RAPHE_WINDOW_BITS");
}

void FunctionTranslation::isSpace(const Instruction &instruction) {
  count(instruction, 2, 2);
  Modifiers modifiers(instruction);
  const std::string space = modifiers.oneOf({".global", ".shared", ".local"});
  modifiers.end();
  const std::string window = space == ".global" ? "RAPHE_ARENA" : space == ".shared" ? "RAPHE_SHARED" : "RAPHE_LOCAL";
  out(instruction, predicate, "(" + in(instruction, 1, Type{'u', 64}) + " >> RAPHE_WINDOW_BITS) == " + window);
}

} // namespace raphe
