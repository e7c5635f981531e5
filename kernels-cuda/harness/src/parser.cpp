// The grammar of the PTX that nvcc writes. A directive that is not known exactly is an error.
#include <algorithm>
#include <cstring>
#include <set>

#include "lexer.h"
#include "ptx.h"

namespace raphe {

bool Type::parse(const std::string &text, Type &type) {
  static const std::map<std::string, Type> types = {
      {".u8", {'u', 8}},   {".u16", {'u', 16}}, {".u32", {'u', 32}}, {".u64", {'u', 64}}, {".s8", {'s', 8}},
      {".s16", {'s', 16}}, {".s32", {'s', 32}}, {".s64", {'s', 64}}, {".b8", {'b', 8}},   {".b16", {'b', 16}},
      {".b32", {'b', 32}}, {".b64", {'b', 64}}, {".f32", {'f', 32}}, {".f64", {'f', 64}}, {".pred", {'p', 1}}};
  const auto found = types.find(text);
  if (found != types.end()) type = found->second;
  return found != types.end();
}

const Function *Module::function(const std::string &name) const {
  const Function *found = nullptr;
  for (const Function &candidate : functions)
    if (candidate.name == name && (!found || candidate.hasBody)) found = &candidate;
  return found;
}

namespace {

class Parser {
public:
  explicit Parser(const std::string &text) : tokens(lexPtx(text)) {
    for (size_t start = 0; start <= text.size();) {
      const size_t end = std::min(text.find('\n', start), text.size());
      module.lines.push_back(text.substr(start, end - start));
      start = end + 1;
    }
  }

  Module parse() {
    header();
    while (peek().kind != Token::End) topLevel();
    return module;
  }

private:
  std::vector<Token> tokens;
  size_t at = 0;
  Module module;

  const Token &peek(size_t ahead = 0) const { return tokens[std::min(at + ahead, tokens.size() - 1)]; }
  const Token &take() { return tokens[at < tokens.size() - 1 ? at++ : at]; }
  bool is(const char *text) const { return peek().kind != Token::Text && peek().text == text; }
  bool accept(const char *text) {
    if (!is(text)) return false;
    at++;
    return true;
  }
  [[noreturn]] void refuse(const std::string &why) const {
    const int line = peek().line;
    std::string text = line <= (int)module.lines.size() ? module.lines[line - 1] : "";
    const size_t first = text.find_first_not_of(" \t"), last = text.find_last_not_of(" \t\r");
    throw PtxError(line, why + ": `" + (first == std::string::npos ? "" : text.substr(first, last - first + 1)) + "`");
  }
  void expect(const char *text) {
    if (!accept(text)) refuse(std::string("expected '") + text + "', found '" + peek().text + "'");
  }
  std::string word() {
    if (peek().kind != Token::Word) refuse("expected a name, found '" + peek().text + "'");
    return take().text;
  }
  uint64_t integer() {
    const bool negative = accept("-");
    if (peek().kind != Token::Integer) refuse("expected an integer, found '" + peek().text + "'");
    const uint64_t value = take().bits;
    return negative ? 0 - value : value;
  }
  Type type() {
    Type type;
    if (!Type::parse(peek().text, type)) refuse("type '" + peek().text + "' is not known to the harness");
    take();
    return type;
  }

  void header() {
    expect(".version");
    const std::string version = take().text;
    if (std::sscanf(version.c_str(), "%d.%d", &module.major, &module.minor) != 2) refuse("not a PTX version: " + version);
    expect(".target");
    const std::string target = word();
    if (std::sscanf(target.c_str(), "sm_%d", &module.target) != 1) refuse("target '" + target + "' is not known to the harness");
    while (accept(",")) {
      const std::string option = word();
      if (option != "debug") refuse("target option '" + option + "' is not known to the harness");
    }
    expect(".address_size");
    if (integer() != 64) refuse("only 64-bit addresses are known to the harness");
  }

  void topLevel() {
    if (skipDebug()) return;
    bool external = false;
    while (is(".visible") || is(".extern") || is(".weak") || is(".common")) external |= take().text == ".extern";
    if (is(".entry") || is(".func")) function();
    else if (is(".global") || is(".const") || is(".shared")) module.variables.push_back(variable(external));
    else refuse("directive '" + peek().text + "' is not known to the harness");
  }

  // .file, .loc, .section and .pragma change nothing that is computed.
  bool skipDebug() {
    if (is(".file") || is(".loc")) {
      const int line = peek().line;
      while (peek().line == line && peek().kind != Token::End) take();
      return true;
    }
    if (accept(".pragma")) {
      while (!accept(";")) take();
      return true;
    }
    if (!accept(".section")) return false;
    while (!accept("}")) {
      if (peek().kind == Token::End) refuse("a section is not closed");
      take();
    }
    return true;
  }

  Variable variable(bool external) {
    Variable declared = declaration();
    declared.isExternal = external;
    if (accept("=")) initialiser(declared);
    expect(";");
    return declared;
  }

  // .space [.align n] [.ptr ...] .type name[count]...
  Variable declaration() {
    Variable declared;
    declared.line = peek().line;
    declared.space = take().text.substr(1);
    bool aligned = false;
    if (accept(".align")) declared.alignment = integer(), aligned = true;
    declared.type = type();
    skipPointerAttributes();
    declared.name = word();
    if (!aligned) declared.alignment = declared.type.bits / 8;
    while (accept("[")) {
      declared.count *= is("]") ? 0 : integer();
      expect("]");
    }
    return declared;
  }

  // .ptr [.space] [.align n] of a kernel parameter is advice.
  void skipPointerAttributes() {
    if (!accept(".ptr")) return;
    if (is(".global") || is(".const") || is(".shared") || is(".local")) take();
    if (accept(".align")) integer();
  }

  void initialiser(Variable &declared) {
    if (!accept("{")) {
      declared.initial.push_back(initialValue(declared.type));
      return;
    }
    while (!accept("}")) {
      if (is("{")) refuse("nested initialisers are not known to the harness");
      declared.initial.push_back(initialValue(declared.type));
      accept(",");
    }
    if (declared.count == 0) declared.count = declared.initial.size();
    if (declared.initial.size() > declared.count) refuse("more initial values than elements in " + declared.name);
  }

  InitialValue initialValue(const Type &type) {
    InitialValue value;
    if (peek().kind == Token::Float) {
      if (type.bits != peek().floatBits) refuse("an initial value of " + std::to_string(peek().floatBits) + " bits for ." + type.name());
      value.bits = take().bits;
    } else if (peek().kind == Token::Word) {
      const bool generic = accept("generic");
      if (generic) expect("(");
      value.symbol = word();
      if (generic) expect(")");
      if (accept("+")) value.bits = integer();
      if (type.bits != 64) refuse("an address as initial value of ." + type.name());
    } else {
      value.bits = integer();
    }
    return value;
  }

  void function() {
    Function parsed;
    parsed.line = peek().line;
    parsed.isEntry = take().text == ".entry";
    if (is("(")) parsed.results = parameters();
    parsed.name = word();
    if (is("(")) parsed.parameters = parameters();
    while (!is("{") && !is(";")) attribute(parsed);
    if (is("{")) {
      parsed.hasBody = true;
      body(parsed.body);
    } else {
      expect(";");
    }
    module.functions.push_back(parsed);
  }

  std::vector<Variable> parameters() {
    std::vector<Variable> list;
    expect("(");
    while (!accept(")")) {
      if (!is(".param")) refuse("parameter of kind '" + peek().text + "' is not known to the harness");
      list.push_back(declaration());
      accept(",");
    }
    return list;
  }

  void attribute(Function &parsed) {
    if (accept(".maxntid")) threads(parsed.maximumThreads);
    else if (accept(".reqntid")) threads(parsed.requiredThreads);
    else if (accept(".minnctapersm") || accept(".maxnreg")) integer();
    else if (accept(".noreturn")) return;
    else if (accept(".pragma")) {
      while (!accept(";")) take();
    } else refuse("attribute '" + peek().text + "' of " + parsed.name + " is not known to the harness");
  }

  void threads(uint32_t (&extent)[3]) {
    extent[0] = (uint32_t)integer();
    for (int axis = 1; axis < 3; axis++) extent[axis] = accept(",") ? (uint32_t)integer() : 1;
  }

  void body(std::vector<Statement> &statements) {
    expect("{");
    for (int depth = 1; depth > 0;) {
      if (peek().kind == Token::End) refuse("a body is not closed");
      if (skipDebug()) continue;
      Statement statement;
      statement.line = peek().line;
      if (accept("{")) statement.kind = Statement::Open, depth++;
      else if (accept("}")) statement.kind = Statement::Close, depth--;
      else inner(statement);
      if (depth > 0) statements.push_back(statement);
    }
  }

  void inner(Statement &statement) {
    if (accept(".reg")) {
      statement.kind = Statement::Registers;
      registers(statement.registers);
    } else if (is(".local") || is(".shared") || is(".param") || is(".global") || is(".const")) {
      statement.kind = Statement::Declare;
      statement.variable = variable(false);
    } else if (peek().kind == Token::Word && peek(1).text == ":") {
      label(statement);
    } else {
      statement.kind = Statement::Execute;
      statement.instruction = instruction();
    }
  }

  void registers(std::vector<RegisterDeclaration> &declarations) {
    const Type shared = type();
    do {
      RegisterDeclaration declared;
      declared.type = shared;
      declared.prefix = word();
      if (accept("<")) {
        declared.count = (int)integer();
        expect(">");
      }
      declarations.push_back(declared);
    } while (accept(","));
    expect(";");
  }

  void label(Statement &statement) {
    statement.kind = Statement::Label;
    statement.name = word();
    expect(":");
    if (!accept(".branchtargets")) {
      if (is(".calltargets") || is(".callprototype")) refuse("indirect calls are not known to the harness");
      return;
    }
    statement.kind = Statement::Targets;
    do statement.targets.push_back(word());
    while (accept(","));
    expect(";");
  }

  Instruction instruction() {
    Instruction parsed;
    parsed.line = peek().line;
    const size_t first = at;
    if (accept("@")) {
      parsed.guardNegated = accept("!");
      parsed.guard = word();
    }
    parsed.opcode = word();
    while (peek().kind == Token::Dotted) parsed.modifiers.push_back(take().text);
    while (!is(";")) {
      if (peek().kind == Token::End || is("}")) refuse("expected ';' after " + parsed.opcode);
      parsed.operands.push_back(operand());
      if (!is(";")) expect(",");
    }
    parsed.text = source(first);
    expect(";");
    return parsed;
  }

  // The lines of an instruction as one, for reports.
  std::string source(size_t first) const {
    std::string joined;
    for (int line = tokens[first].line; line <= peek().line; line++) joined += module.lines[line - 1] + " ";
    std::string text;
    for (char c : joined.substr(0, joined.find(';') + 1)) {
      const bool blank = c == ' ' || c == '\t' || c == '\r';
      if (!blank) text += c;
      else if (!text.empty() && text.back() != ' ') text += ' ';
    }
    return text;
  }

  Operand operand() {
    if (is("[")) return address();
    if (is("{")) return list("{", "}", Operand::Vector);
    if (is("(")) return list("(", ")", Operand::Arguments);
    Operand parsed;
    parsed.negated = accept("!");
    if (peek().kind == Token::Integer || is("-")) return constant();
    if (peek().kind == Token::Float) return constant();
    parsed.name = word();
    if (parsed.name == "_") return parsed;
    if (isSpecial(parsed)) return parsed;
    parsed.kind = parsed.name[0] == '%' ? Operand::Register : Operand::Symbol;
    if (accept("+")) parsed.offset = (int64_t)integer();
    return is("|") ? pair(parsed) : parsed;
  }

  Operand constant() {
    Operand parsed;
    const bool negative = accept("-");
    parsed.kind = peek().kind == Token::Float ? Operand::Float : Operand::Integer;
    if (parsed.kind == Operand::Float && negative) refuse("a negative float constant is not known to the harness");
    if (peek().kind != Token::Float && peek().kind != Token::Integer) refuse("expected a number, found '" + peek().text + "'");
    parsed.floatBits = peek().floatBits;
    parsed.bits = take().bits;
    if (negative) parsed.bits = 0 - parsed.bits;
    return parsed;
  }

  bool isSpecial(Operand &parsed) {
    static const std::set<std::string> vectors = {"%tid", "%ntid", "%ctaid", "%nctaid"};
    static const std::set<std::string> scalars = {"%laneid",      "%warpid",      "%nwarpid",     "%lanemask_eq",
                                                  "%lanemask_le", "%lanemask_lt", "%lanemask_ge", "%lanemask_gt",
                                                  "%dynamic_smem_size", "%total_smem_size"};
    static const std::set<std::string> refused = {"%clock",  "%clock64", "%clock_hi", "%globaltimer", "%globaltimer_lo", "%globaltimer_hi",
                                                  "%smid",   "%nsmid",   "%gridid",   "%clusterid",   "%nclusterid",     "%cluster_ctaid",
                                                  "%cluster_nctaid", "%cluster_ctarank", "%cluster_nctarank"};
    if (refused.count(parsed.name)) refuse("special register " + parsed.name + " is not known to the harness: its value differs from run to run or device to device");
    if (vectors.count(parsed.name)) parsed.name += take().text;
    else if (!scalars.count(parsed.name)) return false;
    parsed.kind = Operand::Special;
    return true;
  }

  Operand pair(const Operand &first) {
    Operand parsed;
    parsed.kind = Operand::Pair;
    parsed.parts.push_back(first);
    while (accept("|")) parsed.parts.push_back(operand());
    return parsed;
  }

  Operand list(const char *open, const char *close, Operand::Kind kind) {
    Operand parsed;
    parsed.kind = kind;
    expect(open);
    while (!accept(close)) {
      parsed.parts.push_back(operand());
      if (!is(close)) expect(",");
    }
    return parsed;
  }

  Operand address() {
    Operand parsed;
    parsed.kind = Operand::Address;
    expect("[");
    if (peek().kind == Token::Word) {
      parsed.name = word();
      parsed.baseIsRegister = parsed.name[0] == '%';
      if (accept("+")) parsed.offset = (int64_t)integer();
      else if (is("-")) parsed.offset = (int64_t)integer();
    } else {
      parsed.offset = (int64_t)integer();
    }
    expect("]");
    return parsed;
  }
};

} // namespace

Module parsePtx(const std::string &text) { return Parser(text).parse(); }

} // namespace raphe
