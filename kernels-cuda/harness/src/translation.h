// Translation of one kernel, with the functions it calls, from PTX to C: registers become locals, branches gotos, and every access of memory a
// checked one. An instruction or modifier that is not known exactly is a PtxError; nothing is guessed.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "ptx.h"

namespace raphe {

// Where a variable lies in a kernel's shared or local memory. Between two there are bytes that belong to none, so that running off one is found.
struct Extent {
  std::string name;
  uint64_t offset = 0;
  uint64_t bytes = 0;
};

struct Parameter {
  uint64_t offset = 0;
  uint64_t bytes = 0;
};

// A kernel as translated: the C text (without kernel.h, which goes before it) and what a launch has to know.
struct TranslatedKernel {
  std::string name;
  std::string source;
  std::vector<Parameter> parameters;
  uint64_t parameterBytes = 0;
  std::vector<Extent> shared;
  uint64_t sharedBytes = 0;   // static ones, as a GPU counts them: without the gaps, and up to where dynamic ones can begin
  uint64_t dynamicOffset = 0; // where dynamic shared memory begins
  bool usesDynamicShared = false;
  std::vector<Extent> local;
  uint64_t localBytes = 0;
  uint64_t stackBytes = 0; // the same as a GPU counts them, without the gaps
  bool synchronises = false; // whether its threads wait for each other
  uint32_t maximumThreads[3] = {0, 0, 0};
  uint32_t requiredThreads[3] = {0, 0, 0};
  std::map<int, std::string> instructions; // text by line, for reports
};

TranslatedKernel translateKernel(const Module &module, const Function &entry);

// What the functions of a kernel share while they are translated: the functions reached, callees first, and where variables lie.
class KernelLayout {
public:
  KernelLayout(const Module &module, const Function &entry, TranslatedKernel &kernel);
  const std::vector<const Function *> &functions() const { return reached; }
  const Extent *shared(const std::string &name) const;
  const Extent *local(const Function &function, const std::string &name) const;
  int global(const std::string &name) const; // index in the module, or -1
  const Module &module;

private:
  void reach(const Function &function, std::vector<const Function *> &path);
  void placeParameters(const Function &entry);
  void placeShared();
  void placeVariable(const Variable &variable, uint64_t &top);
  void placeLocal();
  TranslatedKernel &kernel;
  std::vector<const Function *> reached;
  std::set<std::string> symbols;
  std::map<std::string, size_t> sharedIndex, localIndex;
};

// The modifiers of one instruction, taken from left to right. What is left at the end is refused.
class Modifiers {
public:
  explicit Modifiers(const Instruction &instruction) : instruction(instruction) {}
  bool accept(const std::string &modifier);
  std::string acceptOneOf(const std::set<std::string> &choices); // the one taken, or empty
  std::string oneOf(const std::set<std::string> &choices);
  void rounding(); // .rn, which arithmetic on floats must have
  Type type();
  void end();
  [[noreturn]] void refuse() const;

private:
  std::string peek() const { return next < instruction.modifiers.size() ? instruction.modifiers[next] : ""; }
  const Instruction &instruction;
  size_t next = 0;
};

class FunctionTranslation {
public:
  FunctionTranslation(const KernelLayout &layout, const Function &function, TranslatedKernel &kernel)
      : layout(layout), function(function), kernel(kernel) {}
  std::string prototype() const;
  std::string definition();

private:
  using Rule = void (FunctionTranslation::*)(const Instruction &);
  static const std::map<std::string, Rule> &rules();

  // One scope of PTX names: registers, and .param variables of a call.
  struct Scope {
    std::map<std::string, Type> registers;
    std::map<std::string, Variable> bytes;
  };

  // Statements (translation.cpp)
  void statement(const Statement &statement);
  void declareRegisters(const Statement &statement);
  void declareVariable(const Statement &statement);
  void execute(const Instruction &instruction);
  void apply(Rule rule, const Instruction &instruction);
  void emit(const std::string &code) { block += code; }
  void flush();

  // Operands (operands.cpp)
  Type registerType(const std::string &name, int line) const;
  const Variable *bytes(const std::string &name) const;
  std::string read(const Operand &operand, Type type, bool mayBeWider = false);
  std::string readRegister(const Operand &operand, Type type, bool mayBeWider);
  std::string readConstant(const Operand &operand, Type type);
  std::string readSpecial(const std::string &name);
  std::string symbolAddress(const Operand &operand);
  void write(const Operand &operand, Type type, const std::string &value, bool mayBeWider = false);
  std::string in(const Instruction &instruction, size_t operand, Type type);
  void out(const Instruction &instruction, Type type, const std::string &value);
  void count(const Instruction &instruction, size_t least, size_t most) const;
  std::string address(const Operand &operand, const std::string &space);
  std::string parameterBytes(const Operand &operand, uint64_t bytes, bool writing);
  std::string condition(const Operand &operand) { return read(operand, Type{'p', 1}); }

  // Arithmetic (arithmetic.cpp)
  void addSubtract(const Instruction &instruction);
  void multiply(const Instruction &instruction);
  void multiplyAdd(const Instruction &instruction);
  void fusedMultiplyAdd(const Instruction &instruction);
  void divide(const Instruction &instruction);
  void remainder(const Instruction &instruction);
  void reciprocal(const Instruction &instruction);
  void squareRoot(const Instruction &instruction);
  void absolute(const Instruction &instruction);
  void negate(const Instruction &instruction);
  void extremum(const Instruction &instruction);
  void copySign(const Instruction &instruction);
  void testProperty(const Instruction &instruction);
  std::string product(const Instruction &instruction, Type type, const std::string &part);

  // Bits (bits.cpp)
  void logic(const Instruction &instruction);
  void complement(const Instruction &instruction);
  void logic3(const Instruction &instruction);
  void shift(const Instruction &instruction);
  void funnelShift(const Instruction &instruction);
  void countBits(const Instruction &instruction);
  void findBit(const Instruction &instruction);
  void extractField(const Instruction &instruction);
  void insertField(const Instruction &instruction);
  void permute(const Instruction &instruction);

  // Comparison, conversion, moves (conversion.cpp)
  void compare(const Instruction &instruction);
  std::string comparison(const Instruction &instruction, const std::string &operation, Type type);
  void select(const Instruction &instruction);
  void convert(const Instruction &instruction);
  std::string converted(const Instruction &instruction, Type to, Type from, const std::string &rounding);
  void move(const Instruction &instruction);
  void pack(const Instruction &instruction, Type type);
  void unpack(const Instruction &instruction, Type type);
  void convertAddress(const Instruction &instruction);
  void isSpace(const Instruction &instruction);

  // Memory (memory_access.cpp)
  void load(const Instruction &instruction);
  void store(const Instruction &instruction);
  void atomic(const Instruction &instruction);
  void fence(const Instruction &instruction);
  struct Access {
    std::string space;
    Type type;
    uint64_t elements = 1;
    bool isVolatile = false;
    uint64_t total() const { return elements * (type.bits / 8); }
  };
  Access access(const Instruction &instruction);
  std::string pointer(const Instruction &instruction, const Operand &address, const Access &access, const char *verb);

  // Control flow and threads that wait for each other (control.cpp)
  void branch(const Instruction &instruction);
  void branchIndexed(const Instruction &instruction);
  void call(const Instruction &instruction);
  void leave(const Instruction &instruction);
  void trap(const Instruction &instruction);
  void sleep(const Instruction &instruction);
  void barrier(const Instruction &instruction);
  void barrierReduce(const Instruction &instruction);
  void shuffle(const Instruction &instruction);
  void vote(const Instruction &instruction);
  void match(const Instruction &instruction);
  void activeMask(const Instruction &instruction);
  std::string jump(const std::string &label, int line);
  std::string argument(const Operand &operand, const Variable &formal, int line);

  const KernelLayout &layout;
  const Function &function;
  TranslatedKernel &kernel;
  std::vector<Scope> scopes;
  std::map<std::string, std::vector<std::string>> targets;
  std::set<std::string> labels, labelsPassed;
  std::string code;  // done
  std::string block; // the instructions since the last label or branch
  int blockCount = 0;
};

// C names and types of PTX ones.
std::string cName(const std::string &prefix, const std::string &name);
std::string cType(Type type);
std::string hex(uint64_t bits, int width);
[[noreturn]] void refuseInstruction(const Instruction &instruction, const std::string &why);

} // namespace raphe
