// A function on a stack of its own that can stop in the middle and go on later.
#pragma once

#include <cstddef>

#if !defined(__x86_64__) || defined(RAPHE_PORTABLE_COROUTINES)
#include <ucontext.h>
#endif

namespace raphe {

class Coroutine {
public:
  using Body = void (*)(void *);
  Coroutine() = default;
  Coroutine(const Coroutine &) = delete;
  Coroutine &operator=(const Coroutine &) = delete;

  // Sets it to begin with body(argument). What it was in the middle of is forgotten: it must own nothing.
  void start(size_t number, Body body, void *argument);
  void resume();  // from outside: runs it until it suspends
  void suspend(); // from inside

private:
  static void begin(Coroutine *self);
  void *stack = nullptr; // mapped at the first start and kept
  size_t stagger = 0;
  Body body = nullptr;
  void *argument = nullptr;
#if defined(__x86_64__) && !defined(RAPHE_PORTABLE_COROUTINES)
  void *inside = nullptr;
  void *outside = nullptr;
#else
  static void beginParts(unsigned high, unsigned low);
  ucontext_t inside, outside;
#endif
};

} // namespace raphe
