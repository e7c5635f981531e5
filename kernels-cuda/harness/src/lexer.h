// PTX text as tokens. Comments and line directives never reach the parser.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace raphe {

struct Token {
  // Word: an identifier, %register or $label; Dotted: .something; Mark: one character of punctuation.
  enum Kind { Word, Dotted, Integer, Float, Text, Mark, End };
  Kind kind = End;
  std::string text;
  uint64_t bits = 0; // of a number
  int floatBits = 0;
  int line = 0;
};

std::vector<Token> lexPtx(const std::string &text);

} // namespace raphe
