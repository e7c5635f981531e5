#include "lexer.h"

#include <cctype>
#include <cstdlib>
#include <cstring>

#include "ptx.h"

namespace raphe {
namespace {

bool startsWord(char c) { return std::isalpha((unsigned char)c) || c == '_' || c == '$' || c == '%'; }
bool continuesWord(char c) { return std::isalnum((unsigned char)c) || c == '_' || c == '$'; }

class Lexer {
public:
  explicit Lexer(const std::string &text) : text(text) {}

  std::vector<Token> all() {
    while (skipBlanks()) tokens.push_back(next());
    Token end;
    end.line = line;
    tokens.push_back(end);
    return tokens;
  }

private:
  const std::string &text;
  size_t at = 0;
  int line = 1;
  std::vector<Token> tokens;

  char peek(size_t ahead = 0) const { return at + ahead < text.size() ? text[at + ahead] : '\0'; }

  void advance() {
    if (text[at] == '\n') line++;
    at++;
  }

  // Moves to the next token; false at the end.
  bool skipBlanks() {
    while (at < text.size()) {
      if (peek() == '\0' || std::isspace((unsigned char)peek())) advance();
      else if (peek() == '/' && peek(1) == '/') skipLine();
      else if (peek() == '/' && peek(1) == '*') skipComment();
      else return true;
    }
    return false;
  }

  void skipLine() {
    while (at < text.size() && peek() != '\n') at++;
  }

  void skipComment() {
    const int start = line;
    at += 2;
    while (!(peek() == '*' && peek(1) == '/')) {
      if (at >= text.size()) throw PtxError(start, "a comment is not closed");
      advance();
    }
    at += 2;
  }

  Token next() {
    Token token;
    token.line = line;
    const char c = peek();
    if (std::isdigit((unsigned char)c)) return number(token);
    if (startsWord(c)) return word(token, Token::Word, continuesWord);
    if (c == '.' && (startsWord(peek(1)) || std::isdigit((unsigned char)peek(1))))
      return word(token, Token::Dotted, [](char d) { return continuesWord(d) || d == ':'; });
    if (c == '"') return quoted(token);
    token.kind = Token::Mark;
    token.text = std::string(1, c);
    advance();
    return token;
  }

  template <typename Continues> Token word(Token token, Token::Kind kind, Continues continues) {
    const size_t start = at++;
    while (continues(peek())) at++;
    token.kind = kind;
    token.text = text.substr(start, at - start);
    return token;
  }

  Token quoted(Token token) {
    const size_t start = at++;
    while (peek() != '"') {
      if (at >= text.size()) throw PtxError(token.line, "a string is not closed");
      advance();
    }
    at++;
    token.kind = Token::Text;
    token.text = text.substr(start, at - start);
    return token;
  }

  // 0f and 0d are the bits of a float; integers are decimal, 0x, 0b or octal, with an optional U; 1.5 and 1e3 are doubles.
  Token number(Token token) {
    const size_t start = at;
    while (std::isalnum((unsigned char)peek()) || peek() == '.' ||
           ((peek() == '+' || peek() == '-') && decimalExponent(start)))
      at++;
    token.text = text.substr(start, at - start);
    const char prefix = token.text.size() > 1 && token.text[0] == '0' ? (char)std::tolower((unsigned char)token.text[1]) : 0;
    if (prefix == 'f' || prefix == 'd') return floatBits(token, prefix == 'f' ? 32 : 64);
    if (token.text.find('.') != std::string::npos) return decimalFloat(token);
    return integer(token, prefix);
  }

  bool decimalExponent(size_t start) const {
    const std::string sofar = text.substr(start, at - start);
    return sofar.size() > 1 && (sofar.back() == 'e' || sofar.back() == 'E') && sofar.find('.') != std::string::npos;
  }

  Token floatBits(Token token, int bits) {
    char *end = nullptr;
    token.kind = Token::Float;
    token.floatBits = bits;
    token.bits = std::strtoull(token.text.c_str() + 2, &end, 16);
    if (*end || (int)token.text.size() != 2 + bits / 4) throw PtxError(token.line, "not a float constant: " + token.text);
    return token;
  }

  Token decimalFloat(Token token) {
    char *end = nullptr;
    const double value = std::strtod(token.text.c_str(), &end);
    if (*end) throw PtxError(token.line, "not a number: " + token.text);
    token.kind = Token::Float;
    token.floatBits = 64;
    std::memcpy(&token.bits, &value, 8);
    return token;
  }

  Token integer(Token token, char prefix) {
    std::string digits = token.text;
    if (digits.size() > 1 && digits.back() == 'U') digits.pop_back();
    char *end = nullptr;
    const bool binary = prefix == 'b';
    token.kind = Token::Integer;
    token.bits = std::strtoull(digits.c_str() + (binary ? 2 : 0), &end, binary ? 2 : 0);
    if (*end) throw PtxError(token.line, "not a number: " + token.text);
    return token;
  }
};

} // namespace

std::vector<Token> lexPtx(const std::string &text) { return Lexer(text).all(); }

} // namespace raphe
