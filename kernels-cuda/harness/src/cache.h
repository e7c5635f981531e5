// The folder in which the harness keeps what compilers made, and how it runs them.
#pragma once

#include <string>
#include <vector>

namespace raphe {

// All of these throw a Refusal with CUDA_ERROR_OPERATING_SYSTEM where the system refuses.
[[noreturn]] void refuseForSystem(const std::string &why);
std::string readFile(const std::string &path, bool mustExist);
void writeFile(const std::string &path, const std::string &text);

// The folder that this library lies in.
std::string home();

// Where what is made of `text` is kept, without an ending. Two texts may share it: keep the text beside it and compare.
std::string keptAt(const std::string &text);

// The same for this thread alone, to be renamed once it is whole.
std::string madeAt(const std::string &kept);

// Runs a program to its end, its output in `log`; gives its status, or -1 and errno if it cannot be started.
int runProgram(std::vector<std::string> words, const std::string &log);

} // namespace raphe
