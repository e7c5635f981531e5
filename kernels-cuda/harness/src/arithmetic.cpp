// Arithmetic on integers and floats. Every float operation is rounded once, to nearest even, and keeps denormals.
#include "translation.h"

namespace raphe {
namespace {

// A single-precision result: its NaN is PTX's.
std::string rounded(Type type, const std::string &value) { return type.bits == 32 ? "raphe_nan32(" + value + ")" : value; }

std::string unsignedType(Type type) { return "uint" + std::to_string(type.bits) + "_t"; }

// C promotes 16-bit operands to int; 32 and 64 bits wrap because they are computed unsigned.
std::string wrapped(Type type, const std::string &left, const char *operation, const std::string &right) {
  const std::string bits = unsignedType(type);
  const std::string wide = type.bits == 16 ? "uint32_t" : bits;
  return "(" + cType(type) + ")(" + bits + ")((" + wide + ")" + left + " " + operation + " (" + wide + ")" + right + ")";
}

void requireWidth(const Instruction &instruction, Type type) {
  if (type.bits == 8 || type.isPredicate() || type.letter == 'b') refuseInstruction(instruction, "arithmetic on ." + type.name() + " is not PTX");
}

} // namespace

void FunctionTranslation::addSubtract(const Instruction &instruction) {
  count(instruction, 3, 3);
  Modifiers modifiers(instruction);
  Type type;
  const bool isFloat = !Type::parse(instruction.modifiers.empty() ? "" : instruction.modifiers.back(), type) || type.isFloat();
  if (isFloat) modifiers.rounding();
  type = modifiers.type();
  modifiers.end();
  requireWidth(instruction, type);
  const char *operation = instruction.opcode == "add" ? "+" : "-";
  const std::string a = in(instruction, 1, type), b = in(instruction, 2, type);
  if (isFloat) out(instruction, type, rounded(type, a + " " + operation + " " + b));
  else out(instruction, type, wrapped(type, a, operation, b));
}

// The low half, the high half, or all of a product of integers, as an expression of the type (or the type twice as wide).
std::string FunctionTranslation::product(const Instruction &instruction, Type type, const std::string &part) {
  const std::string a = in(instruction, 1, type), b = in(instruction, 2, type);
  if (part == ".lo") return wrapped(type, a, "*", b);
  const std::string sign = type.isSigned() ? "" : "unsigned ";
  const std::string twice = type.bits == 64 ? sign + "__int128" : (type.isSigned() ? "int" : "uint") + std::to_string(type.bits * 2) + "_t";
  const std::string whole = "(" + twice + ")" + a + " * (" + twice + ")" + b;
  if (part == ".wide") return "(" + twice + ")(" + whole + ")";
  return "(" + cType(type) + ")((" + whole + ") >> " + std::to_string(type.bits) + ")";
}

void FunctionTranslation::multiply(const Instruction &instruction) {
  count(instruction, 3, 3);
  Modifiers modifiers(instruction);
  const std::string part = modifiers.acceptOneOf({".lo", ".hi", ".wide"});
  if (part.empty()) modifiers.rounding();
  Type type = modifiers.type();
  modifiers.end();
  requireWidth(instruction, type);
  if (part.empty() != type.isFloat()) modifiers.refuse();
  if (type.isFloat()) return out(instruction, type, rounded(type, in(instruction, 1, type) + " * " + in(instruction, 2, type)));
  if (part == ".wide" && type.bits == 64) modifiers.refuse();
  const std::string value = product(instruction, type, part);
  if (part == ".wide") type.bits *= 2;
  out(instruction, type, value);
}

void FunctionTranslation::multiplyAdd(const Instruction &instruction) {
  count(instruction, 4, 4);
  Modifiers modifiers(instruction);
  const std::string part = modifiers.acceptOneOf({".lo", ".hi", ".wide"});
  if (part.empty()) refuseInstruction(instruction, "mad is known on integers only, with .lo, .hi or .wide; write fma.rn on floats");
  Type type = modifiers.type();
  modifiers.end();
  requireWidth(instruction, type);
  if (!type.isInteger() || (part == ".wide" && type.bits == 64)) modifiers.refuse();
  const std::string value = product(instruction, type, part);
  if (part == ".wide") type.bits *= 2;
  out(instruction, type, wrapped(type, "(" + value + ")", "+", in(instruction, 3, type)));
}

void FunctionTranslation::fusedMultiplyAdd(const Instruction &instruction) {
  count(instruction, 4, 4);
  Modifiers modifiers(instruction);
  modifiers.rounding();
  const Type type = modifiers.type();
  modifiers.end();
  if (!type.isFloat()) modifiers.refuse();
  const std::string function = type.bits == 32 ? "__builtin_fmaf(" : "__builtin_fma(";
  out(instruction, type, rounded(type, function + in(instruction, 1, type) + ", " + in(instruction, 2, type) + ", " + in(instruction, 3, type) + ")"));
}

void FunctionTranslation::divide(const Instruction &instruction) {
  count(instruction, 3, 3);
  Modifiers modifiers(instruction);
  const bool roundedToNearest = modifiers.accept(".rn");
  const Type type = modifiers.type();
  modifiers.end();
  requireWidth(instruction, type);
  if (roundedToNearest != type.isFloat()) modifiers.refuse();
  const std::string a = in(instruction, 1, type), b = in(instruction, 2, type);
  if (type.isFloat()) return out(instruction, type, rounded(type, a + " / " + b));
  out(instruction, type, "raphe_div_" + type.name() + "(t, " + a + ", " + b + ", " + std::to_string(instruction.line) + ")");
}

void FunctionTranslation::remainder(const Instruction &instruction) {
  count(instruction, 3, 3);
  Modifiers modifiers(instruction);
  const Type type = modifiers.type();
  modifiers.end();
  requireWidth(instruction, type);
  if (!type.isInteger()) modifiers.refuse();
  const std::string operands = in(instruction, 1, type) + ", " + in(instruction, 2, type);
  out(instruction, type, "raphe_rem_" + type.name() + "(t, " + operands + ", " + std::to_string(instruction.line) + ")");
}

void FunctionTranslation::reciprocal(const Instruction &instruction) {
  count(instruction, 2, 2);
  Modifiers modifiers(instruction);
  modifiers.rounding();
  const Type type = modifiers.type();
  modifiers.end();
  if (!type.isFloat()) modifiers.refuse();
  out(instruction, type, rounded(type, (type.bits == 32 ? "1.0f / " : "1.0 / ") + in(instruction, 1, type)));
}

void FunctionTranslation::squareRoot(const Instruction &instruction) {
  count(instruction, 2, 2);
  Modifiers modifiers(instruction);
  modifiers.rounding();
  const Type type = modifiers.type();
  modifiers.end();
  if (!type.isFloat()) modifiers.refuse();
  out(instruction, type, rounded(type, (type.bits == 32 ? "__builtin_sqrtf(" : "__builtin_sqrt(") + in(instruction, 1, type) + ")"));
}

void FunctionTranslation::absolute(const Instruction &instruction) {
  count(instruction, 2, 2);
  Modifiers modifiers(instruction);
  const Type type = modifiers.type();
  modifiers.end();
  if (!type.isFloat() && !type.isSigned()) modifiers.refuse();
  requireWidth(instruction, type);
  const std::string a = in(instruction, 1, type);
  if (type.isFloat()) return out(instruction, type, (type.bits == 32 ? "__builtin_fabsf(" : "__builtin_fabs(") + a + ")");
  out(instruction, type, a + " < 0 ? " + wrapped(type, "0", "-", a) + " : " + a);
}

void FunctionTranslation::negate(const Instruction &instruction) {
  count(instruction, 2, 2);
  Modifiers modifiers(instruction);
  const Type type = modifiers.type();
  modifiers.end();
  if (!type.isFloat() && !type.isSigned()) modifiers.refuse();
  requireWidth(instruction, type);
  const std::string a = in(instruction, 1, type);
  out(instruction, type, type.isFloat() ? "-" + a : wrapped(type, "0", "-", a));
}

void FunctionTranslation::extremum(const Instruction &instruction) {
  count(instruction, 3, 3);
  Modifiers modifiers(instruction);
  const Type type = modifiers.type();
  modifiers.end();
  requireWidth(instruction, type);
  const std::string a = in(instruction, 1, type), b = in(instruction, 2, type);
  if (type.isFloat()) return out(instruction, type, "raphe_" + instruction.opcode + "_" + type.name() + "(" + a + ", " + b + ")");
  out(instruction, type, a + (instruction.opcode == "min" ? " < " : " > ") + b + " ? " + a + " : " + b);
}

// PTX: the sign of a on the magnitude of b.
void FunctionTranslation::copySign(const Instruction &instruction) {
  count(instruction, 3, 3);
  Modifiers modifiers(instruction);
  const Type type = modifiers.type();
  modifiers.end();
  if (!type.isFloat()) modifiers.refuse();
  out(instruction, type, (type.bits == 32 ? "__builtin_copysignf(" : "__builtin_copysign(") + in(instruction, 2, type) + ", " + in(instruction, 1, type) + ")");
}

void FunctionTranslation::testProperty(const Instruction &instruction) {
  count(instruction, 2, 2);
  Modifiers modifiers(instruction);
  const std::string property = modifiers.oneOf({".finite", ".infinite", ".number", ".notanumber", ".normal", ".subnormal"});
  const Type type = modifiers.type();
  modifiers.end();
  if (!type.isFloat()) modifiers.refuse();
  static const std::map<std::string, std::string> tests = {
      {".finite", "isfinite(x)"}, {".infinite", "isinf(x)"},   {".number", "!isnan(x)"},
      {".notanumber", "isnan(x)"}, {".normal", "isnormal(x)"}, {".subnormal", "(fpclassify(x) == FP_SUBNORMAL)"}};
  emit("const " + cType(type) + " x = " + in(instruction, 1, type) + "; ");
  out(instruction, Type{'p', 1}, tests.at(property));
}

} // namespace raphe
