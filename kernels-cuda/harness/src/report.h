// What the harness says, and where: one line each, to stderr and, for faults and leaks, to the report file too.
#pragma once

#include <string>

namespace raphe {

// An error code of the driver with the reason for it. Thrown inside a driver call, it becomes the call's result and a line on stderr.
struct Refusal {
  int code;
  std::string why;
};

// A fault that a kernel or a copy made: what a GPU would return for it, and the line that reports it.
struct Fault {
  int code = 0;
  std::string text;
};

// A fault or leak: `run` ends with status 3 if there was one. The report file is named by RAPHE_HARNESS_REPORT.
void reportFault(const std::string &text);

// Something worth saying that is no fault.
void say(const std::string &text);

const char *errorName(int code);

} // namespace raphe
