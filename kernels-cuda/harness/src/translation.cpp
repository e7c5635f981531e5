#include "translation.h"

#include <cctype>

namespace raphe {

std::string cName(const std::string &prefix, const std::string &name) {
  std::string result = prefix;
  for (char c : name) result += std::isalnum((unsigned char)c) ? c : '_';
  return result;
}

std::string cType(Type type) {
  if (type.isPredicate()) return "bool";
  if (type.isFloat()) return type.bits == 32 ? "float" : "double";
  return (type.isSigned() ? "int" : "uint") + std::to_string(type.bits) + "_t";
}

std::string hex(uint64_t bits, int width) {
  char text[32];
  if (width < 64) bits &= (1ull << width) - 1;
  std::snprintf(text, sizeof text, "0x%llx%s", (unsigned long long)bits, width > 32 ? "ull" : "u");
  return text;
}

void refuseInstruction(const Instruction &instruction, const std::string &why) {
  throw PtxError(instruction.line, why + ": `" + instruction.text + "`");
}

bool Modifiers::accept(const std::string &modifier) {
  if (peek() != modifier) return false;
  next++;
  return true;
}

std::string Modifiers::acceptOneOf(const std::set<std::string> &choices) {
  const std::string taken = peek();
  if (!choices.count(taken)) return "";
  next++;
  return taken;
}

std::string Modifiers::oneOf(const std::set<std::string> &choices) {
  const std::string taken = acceptOneOf(choices);
  if (taken.empty()) refuse();
  return taken;
}

void Modifiers::rounding() {
  if (accept(".rn")) return;
  if (peek() == ".f32" || peek() == ".f64")
    refuseInstruction(instruction, "without .rn an assembler may contract it with a neighbour into one rounding; compile with -fmad=false");
  refuse();
}

Type Modifiers::type() {
  Type type;
  if (!Type::parse(peek(), type)) refuse();
  next++;
  return type;
}

void Modifiers::end() {
  if (next < instruction.modifiers.size()) refuse();
}

void Modifiers::refuse() const {
  for (const std::string &modifier : instruction.modifiers) {
    if (modifier == ".ftz") refuseInstruction(instruction, ".ftz flushes denormals to zero, which the numeric contract forbids");
    if (modifier == ".approx" || modifier == ".full")
      refuseInstruction(instruction, modifier + " is not correctly rounded, which the numeric contract forbids");
  }
  refuseInstruction(instruction, peek().empty() ? "a modifier is missing of " + instruction.opcode
                                                : "modifier '" + peek() + "' of " + instruction.opcode + " is not known to the harness");
}

const std::map<std::string, FunctionTranslation::Rule> &FunctionTranslation::rules() {
  using F = FunctionTranslation;
  static const std::map<std::string, Rule> table = {
      {"add", &F::addSubtract},      {"sub", &F::addSubtract},    {"mul", &F::multiply},        {"mad", &F::multiplyAdd},
      {"fma", &F::fusedMultiplyAdd}, {"div", &F::divide},         {"rem", &F::remainder},       {"rcp", &F::reciprocal},
      {"sqrt", &F::squareRoot},      {"abs", &F::absolute},       {"neg", &F::negate},          {"min", &F::extremum},
      {"max", &F::extremum},         {"copysign", &F::copySign},  {"testp", &F::testProperty},  {"and", &F::logic},
      {"or", &F::logic},             {"xor", &F::logic},          {"not", &F::complement},      {"lop3", &F::logic3},
      {"shl", &F::shift},            {"shr", &F::shift},          {"shf", &F::funnelShift},     {"popc", &F::countBits},
      {"clz", &F::countBits},        {"brev", &F::countBits},     {"bfind", &F::findBit},       {"bfe", &F::extractField},
      {"bfi", &F::insertField},      {"prmt", &F::permute},       {"setp", &F::compare},        {"selp", &F::select},
      {"cvt", &F::convert},          {"mov", &F::move},           {"cvta", &F::convertAddress}, {"isspacep", &F::isSpace},
      {"ld", &F::load},              {"ldu", &F::load},           {"st", &F::store},            {"atom", &F::atomic},
      {"red", &F::atomic},           {"membar", &F::fence},       {"fence", &F::fence},         {"bra", &F::branch},
      {"brx", &F::branchIndexed},    {"call", &F::call},          {"ret", &F::leave},           {"exit", &F::leave},
      {"trap", &F::trap},            {"nanosleep", &F::sleep},    {"bar", &F::barrier},         {"barrier", &F::barrier},
      {"shfl", &F::shuffle},         {"vote", &F::vote},          {"match", &F::match},         {"activemask", &F::activeMask}};
  return table;
}

std::string FunctionTranslation::prototype() const {
  if (function.isEntry) return "void raphe_kernel(struct raphe_thread *t)";
  std::string text = "static void " + cName("f_", function.name) + "(struct raphe_thread *t";
  for (const Variable &result : function.results) text += ", uint8_t *" + cName("b_", result.name);
  for (const Variable &parameter : function.parameters) text += ", const uint8_t *" + cName("b_", parameter.name);
  return text + ")";
}

std::string FunctionTranslation::definition() {
  scopes.emplace_back();
  if (!function.isEntry) {
    for (const Variable &result : function.results) scopes[0].bytes[result.name] = result;
    for (const Variable &parameter : function.parameters) scopes[0].bytes[parameter.name] = parameter;
  }
  for (const Statement &each : function.body) {
    if (each.kind == Statement::Targets) targets[each.name] = each.targets;
    if (each.kind == Statement::Label) labels.insert(each.name);
  }
  code = prototype() + " {\n  const struct raphe_launch *const launch = t->launch;\n  uint64_t executed = 0;\n  (void)launch;\n";
  for (const Statement &each : function.body) statement(each);
  emit("  t->executed += executed;\n");
  flush();
  return code + "}\n\n";
}

void FunctionTranslation::statement(const Statement &statement) {
  switch (statement.kind) {
    case Statement::Execute: execute(statement.instruction); break;
    case Statement::Label:
      flush();
      labelsPassed.insert(statement.name);
      emit(cName("L_", statement.name) + ":;\n");
      flush();
      break;
    case Statement::Open:
      scopes.emplace_back();
      emit("{\n");
      break;
    case Statement::Close:
      scopes.pop_back();
      emit("}\n");
      break;
    case Statement::Registers: declareRegisters(statement); break;
    case Statement::Declare: declareVariable(statement); break;
    case Statement::Targets: break;
  }
}

void FunctionTranslation::declareRegisters(const Statement &statement) {
  for (const RegisterDeclaration &declared : statement.registers) {
    const int names = declared.count ? declared.count : 1;
    for (int index = 0; index < names; index++) {
      const std::string name = declared.count ? declared.prefix + std::to_string(index) : declared.prefix;
      scopes.back().registers[name] = declared.type;
      Type held = declared.type;
      if (held.isInteger()) held.letter = 'u';
      emit("  " + cType(held) + " " + cName("r_", name) + " = 0;\n");
    }
  }
}

void FunctionTranslation::declareVariable(const Statement &statement) {
  const Variable &variable = statement.variable;
  if (variable.space == "param") {
    scopes.back().bytes[variable.name] = variable;
    emit("  _Alignas(16) uint8_t " + cName("b_", variable.name) + "[" + std::to_string(variable.bytes()) + "];\n");
  } else if (variable.space == "local") {
    const Extent *extent = layout.local(function, variable.name);
    emit("  memset(t->local_shadow + " + std::to_string(extent->offset) + ", RAPHE_ALLOCATED, " + std::to_string(extent->bytes) + ");\n");
  } else if (variable.space != "shared") {
    throw PtxError(variable.line, "a ." + variable.space + " variable inside a function is not known to the harness: " + variable.name);
  }
}

void FunctionTranslation::execute(const Instruction &instruction) {
  const auto rule = rules().find(instruction.opcode);
  if (rule == rules().end()) refuseInstruction(instruction, "instruction '" + instruction.opcode + "' is not known to the harness");
  kernel.instructions[instruction.line] = instruction.text;
  blockCount++;
  if (instruction.guard.empty()) {
    emit("  { ");
  } else {
    Operand guard;
    guard.kind = Operand::Register;
    guard.name = instruction.guard;
    guard.negated = instruction.guardNegated;
    emit("  if (" + readRegister(guard, Type{'p', 1}, false) + ") { ");
  }
  apply(rule->second, instruction);
  emit(" }\n");
  static const std::set<std::string> ends = {"bra", "brx", "ret", "exit", "trap"};
  if (ends.count(instruction.opcode)) flush();
}

// Operands are read without their line, which is added here.
void FunctionTranslation::apply(Rule rule, const Instruction &instruction) {
  try {
    (this->*rule)(instruction);
  } catch (const PtxError &error) {
    if (error.line) throw;
    refuseInstruction(instruction, error.what());
  }
}

// Ends a basic block: its instructions are counted where it begins.
void FunctionTranslation::flush() {
  if (blockCount) code += "  executed += " + std::to_string(blockCount) + ";\n";
  code += block;
  block.clear();
  blockCount = 0;
}

TranslatedKernel translateKernel(const Module &module, const Function &entry) {
  TranslatedKernel kernel;
  kernel.name = entry.name;
  for (int axis = 0; axis < 3; axis++) {
    kernel.maximumThreads[axis] = entry.maximumThreads[axis];
    kernel.requiredThreads[axis] = entry.requiredThreads[axis];
  }
  const KernelLayout layout(module, entry, kernel);
  for (const Function *function : layout.functions())
    if (!function->isEntry) kernel.source += FunctionTranslation(layout, *function, kernel).prototype() + ";\n";
  for (const Function *function : layout.functions()) kernel.source += FunctionTranslation(layout, *function, kernel).definition();
  return kernel;
}

} // namespace raphe
