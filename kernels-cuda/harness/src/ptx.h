// PTX text as a tree: what the parser makes and the translation reads. Nothing here knows what an instruction means.
#pragma once

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace raphe {

// PTX that the harness refuses: why, and the line of it.
struct PtxError : std::runtime_error {
  PtxError(int at, const std::string &why) : std::runtime_error(why), line(at) {}
  int line;
};

// A PTX type such as .u32: its letter (b, u, s, f, or p for a predicate) and its bits (1 for a predicate).
struct Type {
  char letter = 0;
  int bits = 0;
  bool isFloat() const { return letter == 'f'; }
  bool isSigned() const { return letter == 's'; }
  bool isPredicate() const { return letter == 'p'; }
  bool isInteger() const { return letter == 'u' || letter == 's' || letter == 'b'; }
  std::string name() const { return isPredicate() ? "pred" : letter + std::to_string(bits); }
  static bool parse(const std::string &text, Type &type);
};

struct Operand {
  enum Kind { Register, Special, Integer, Float, Symbol, Address, Vector, Pair, Arguments, Sink };
  Kind kind = Sink;
  std::string name;            // of a register or symbol; of an address: its base, or empty
  bool baseIsRegister = false; // of an address
  bool negated = false;        // !%p1
  int64_t offset = 0;          // of an address or symbol
  uint64_t bits = 0;           // of an integer or float constant
  int floatBits = 0;           // 32 or 64: how a float constant was written
  std::vector<Operand> parts;  // of a vector, a pair a|b, or a list of arguments
};

struct Instruction {
  int line = 0;
  std::string text;
  std::string guard;
  bool guardNegated = false;
  std::string opcode;
  std::vector<std::string> modifiers;
  std::vector<Operand> operands;
};

// One word of an initialiser: a number, or the address of another variable.
struct InitialValue {
  uint64_t bits = 0;
  std::string symbol;
};

struct Variable {
  int line = 0;
  std::string space; // global, const, shared, local, param
  std::string name;
  Type type;
  uint64_t alignment = 1;
  uint64_t count = 1;
  bool isExternal = false;
  std::vector<InitialValue> initial;
  uint64_t bytes() const { return count * (type.bits / 8); }
};

struct RegisterDeclaration {
  std::string prefix;
  Type type;
  int count = 0; // 0: the prefix is the name; n: prefix0 .. prefix(n-1)
};

struct Statement {
  enum Kind { Execute, Label, Open, Close, Registers, Declare, Targets };
  Kind kind = Execute;
  int line = 0;
  std::string name; // of a label or a list of branch targets
  Instruction instruction;
  std::vector<RegisterDeclaration> registers;
  Variable variable;
  std::vector<std::string> targets;
};

struct Function {
  int line = 0;
  bool isEntry = false;
  bool hasBody = false;
  std::string name;
  std::vector<Variable> results;
  std::vector<Variable> parameters;
  uint32_t maximumThreads[3] = {0, 0, 0};
  uint32_t requiredThreads[3] = {0, 0, 0};
  std::vector<Statement> body;
};

struct Module {
  int major = 0, minor = 0;
  int target = 0; // 75 for sm_75
  std::vector<Variable> variables;
  std::vector<Function> functions;
  std::vector<std::string> lines;
  const Function *function(const std::string &name) const;
};

Module parsePtx(const std::string &text);

} // namespace raphe
