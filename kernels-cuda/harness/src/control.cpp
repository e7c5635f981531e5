// Branches and calls, and the instructions at which threads wait for each other.
#include "translation.h"

namespace raphe {
namespace {

const Type predicate{'p', 1};
const Type u32{'u', 32};
const Type b32{'b', 32};

} // namespace

// Going back is where a thread that never ends is noticed.
std::string FunctionTranslation::jump(const std::string &label, int line) {
  if (!labels.count(label)) throw PtxError(line, "label " + label + " is not in the function");
  const std::string target = "goto " + cName("L_", label) + ";";
  if (!labelsPassed.count(label)) return target;
  return "if (RAPHE_UNLIKELY(executed >= RAPHE_CHUNK)) { runtime->patience(t, executed, " + std::to_string(line) + "); executed = 0; } " + target;
}

void FunctionTranslation::branch(const Instruction &instruction) {
  count(instruction, 1, 1);
  Modifiers modifiers(instruction);
  modifiers.accept(".uni");
  modifiers.end();
  if (instruction.operands[0].kind != Operand::Symbol) modifiers.refuse();
  emit(jump(instruction.operands[0].name, instruction.line));
}

void FunctionTranslation::branchIndexed(const Instruction &instruction) {
  count(instruction, 2, 2);
  Modifiers modifiers(instruction);
  modifiers.oneOf({".idx"});
  modifiers.accept(".uni");
  modifiers.end();
  const auto list = targets.find(instruction.operands[1].name);
  if (list == targets.end()) refuseInstruction(instruction, "the list of branch targets is not in the function");
  emit("switch (" + in(instruction, 0, u32) + ") { ");
  for (size_t index = 0; index < list->second.size(); index++)
    emit("case " + std::to_string(index) + ": " + jump(list->second[index], instruction.line) + " ");
  emit("default: runtime->fail(t, RAPHE_BRANCH_INDEX, " + std::to_string(instruction.line) + "); }");
}

std::string FunctionTranslation::argument(const Operand &operand, const Variable &formal, int line) {
  const Variable *actual = operand.kind == Operand::Symbol && !operand.offset ? bytes(operand.name) : nullptr;
  if (!actual) throw PtxError(line, "an argument that is not a .param variable is not known to the harness");
  if (actual->bytes() != formal.bytes())
    throw PtxError(line, "argument " + operand.name + " has " + std::to_string(actual->bytes()) + " bytes, " + formal.name + " " + std::to_string(formal.bytes()));
  return ", " + cName("b_", operand.name);
}

void FunctionTranslation::call(const Instruction &instruction) {
  Modifiers modifiers(instruction);
  modifiers.accept(".uni");
  modifiers.end();
  std::vector<Operand> results, arguments;
  const Function *callee = nullptr;
  for (const Operand &operand : instruction.operands) {
    if (operand.kind == Operand::Symbol && !callee) callee = layout.module.function(operand.name);
    else if (operand.kind == Operand::Arguments) (callee ? arguments : results) = operand.parts;
    else refuseInstruction(instruction, "indirect calls are not known to the harness");
  }
  if (!callee || callee->isEntry || results.size() != callee->results.size() || arguments.size() != callee->parameters.size())
    refuseInstruction(instruction, "a call of this form is not known to the harness");
  std::string text = cName("f_", callee->name) + "(t";
  for (size_t index = 0; index < results.size(); index++) text += argument(results[index], callee->results[index], instruction.line);
  for (size_t index = 0; index < arguments.size(); index++) text += argument(arguments[index], callee->parameters[index], instruction.line);
  emit(text + ");");
}

void FunctionTranslation::leave(const Instruction &instruction) {
  count(instruction, 0, 0);
  Modifiers modifiers(instruction);
  modifiers.accept(".uni");
  modifiers.end();
  if (instruction.opcode == "exit" && !function.isEntry) refuseInstruction(instruction, "exit inside a called function is not known to the harness");
  emit("t->executed += executed; return;");
}

void FunctionTranslation::trap(const Instruction &instruction) {
  count(instruction, 0, 0);
  Modifiers(instruction).end();
  emit("runtime->fail(t, RAPHE_TRAP, " + std::to_string(instruction.line) + ");");
}

void FunctionTranslation::sleep(const Instruction &instruction) {
  count(instruction, 1, 1);
  Modifiers modifiers(instruction);
  if (modifiers.type().name() != "u32") modifiers.refuse();
  modifiers.end();
  emit("runtime->patience(t, executed, " + std::to_string(instruction.line) + "); executed = 0;");
}

// bar[.cta].sync, barrier[.cta].sync[.aligned], bar.arrive, bar.red and bar.warp.sync
void FunctionTranslation::barrier(const Instruction &instruction) {
  Modifiers modifiers(instruction);
  const std::string line = std::to_string(instruction.line);
  kernel.synchronises = true;
  if (instruction.opcode == "bar" && modifiers.accept(".warp")) {
    count(instruction, 1, 1);
    modifiers.oneOf({".sync"});
    modifiers.end();
    return emit("runtime->warp_barrier(t, " + in(instruction, 0, b32) + ", " + line + ");");
  }
  modifiers.accept(".cta");
  const std::string operation = modifiers.oneOf({".sync", ".arrive", ".red"});
  if (operation == ".red") return barrierReduce(instruction);
  const bool aligned = modifiers.accept(".aligned") || instruction.opcode == "bar";
  modifiers.end();
  count(instruction, operation == ".sync" ? 1 : 2, 2);
  const std::string threads = instruction.operands.size() == 2 ? in(instruction, 1, u32) : "0";
  if (operation == ".arrive") return emit("runtime->barrier_arrive(t, " + in(instruction, 0, u32) + ", " + threads + ", " + line + ");");
  emit("(void)runtime->barrier(t, " + in(instruction, 0, u32) + ", " + threads + ", RAPHE_REDUCE_NONE, false, " + (aligned ? "true" : "false") + ", " + line + ");");
}

void FunctionTranslation::barrierReduce(const Instruction &instruction) {
  count(instruction, 3, 4);
  Modifiers modifiers(instruction);
  modifiers.accept(".cta");
  modifiers.oneOf({".red"});
  const std::string operation = modifiers.oneOf({".popc", ".and", ".or"});
  const bool aligned = modifiers.accept(".aligned") || instruction.opcode == "bar";
  const Type type = modifiers.type();
  modifiers.end();
  if (type.name() != (operation == ".popc" ? "u32" : "pred")) modifiers.refuse();
  const std::string reduction = operation == ".popc" ? "RAPHE_REDUCE_POPULATION" : operation == ".and" ? "RAPHE_REDUCE_AND" : "RAPHE_REDUCE_OR";
  const std::string threads = instruction.operands.size() == 4 ? in(instruction, 2, u32) : "0";
  out(instruction, type, "runtime->barrier(t, " + in(instruction, 1, u32) + ", " + threads + ", " + reduction + ", " + condition(instruction.operands.back()) + ", " +
                             (aligned ? "true" : "false") + ", " + std::to_string(instruction.line) + ")");
}

void FunctionTranslation::shuffle(const Instruction &instruction) {
  count(instruction, 5, 5);
  Modifiers modifiers(instruction);
  modifiers.oneOf({".sync"});
  const std::string mode = modifiers.oneOf({".up", ".down", ".bfly", ".idx"});
  const Type type = modifiers.type();
  modifiers.end();
  if (type.name() != "b32") modifiers.refuse();
  kernel.synchronises = true;
  static const std::map<std::string, std::string> modes = {
      {".up", "RAPHE_SHUFFLE_UP"}, {".down", "RAPHE_SHUFFLE_DOWN"}, {".bfly", "RAPHE_SHUFFLE_BUTTERFLY"}, {".idx", "RAPHE_SHUFFLE_INDEX"}};
  emit("const uint32_t moved = runtime->shuffle(t, " + modes.at(mode) + ", " + in(instruction, 1, b32) + ", " + in(instruction, 2, u32) + ", " +
       in(instruction, 3, u32) + ", " + in(instruction, 4, b32) + ", " + std::to_string(instruction.line) + "); ");
  const Operand &result = instruction.operands[0];
  if (result.kind != Operand::Pair) return write(result, b32, "moved");
  write(result.parts[0], b32, "moved");
  write(result.parts[1], predicate, "t->in_range");
}

void FunctionTranslation::vote(const Instruction &instruction) {
  count(instruction, 3, 3);
  Modifiers modifiers(instruction);
  modifiers.oneOf({".sync"});
  const std::string mode = modifiers.oneOf({".all", ".any", ".uni", ".ballot"});
  const Type type = modifiers.type();
  modifiers.end();
  if (type.name() != (mode == ".ballot" ? "b32" : "pred")) modifiers.refuse();
  kernel.synchronises = true;
  static const std::map<std::string, std::string> modes = {
      {".all", "RAPHE_VOTE_ALL"}, {".any", "RAPHE_VOTE_ANY"}, {".uni", "RAPHE_VOTE_UNIFORM"}, {".ballot", "RAPHE_VOTE_BALLOT"}};
  out(instruction, type, "runtime->vote(t, " + modes.at(mode) + ", " + condition(instruction.operands[1]) + ", " + in(instruction, 2, b32) + ", " +
                             std::to_string(instruction.line) + ")");
}

void FunctionTranslation::match(const Instruction &instruction) {
  count(instruction, 3, 3);
  Modifiers modifiers(instruction);
  const std::string mode = modifiers.oneOf({".any", ".all"});
  modifiers.oneOf({".sync"});
  const Type type = modifiers.type();
  modifiers.end();
  if (type.letter != 'b' || type.bits < 32) modifiers.refuse();
  kernel.synchronises = true;
  emit("const uint32_t same = runtime->match(t, " + std::string(mode == ".all" ? "true" : "false") + ", " + in(instruction, 1, type) + ", " +
       in(instruction, 2, b32) + ", " + std::to_string(instruction.line) + "); ");
  const Operand &result = instruction.operands[0];
  if (result.kind != Operand::Pair) return write(result, b32, "same");
  write(result.parts[0], b32, "same");
  write(result.parts[1], predicate, "t->in_range");
}

// No thread of a warp is promised to run together with another, so the one answer that is always right is the thread itself.
void FunctionTranslation::activeMask(const Instruction &instruction) {
  count(instruction, 1, 1);
  Modifiers modifiers(instruction);
  const Type type = modifiers.type();
  modifiers.end();
  if (type.name() != "b32") modifiers.refuse();
  out(instruction, b32, "1u << (t->linear & 31)");
}

} // namespace raphe
