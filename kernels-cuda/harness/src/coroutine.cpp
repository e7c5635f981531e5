#include "coroutine.h"

#include <sys/mman.h>

#include <cstdint>
#include <cstdlib>

#include "report.h"

namespace raphe {
namespace {

constexpr size_t stackBytes = 256 * 1024;
constexpr size_t guardBytes = 4096;

void *mapStack() {
  void *stack = mmap(nullptr, stackBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  if (stack == MAP_FAILED || mprotect(stack, guardBytes, PROT_NONE) != 0) {
    say("cannot map the stack of a kernel's thread: the machine is out of memory or of mappings");
    std::abort();
  }
  return stack;
}

} // namespace

void Coroutine::begin(Coroutine *self) {
  self->body(self->argument);
  self->suspend();
  std::abort(); // a coroutine that has ended is never resumed
}

#if defined(__x86_64__) && !defined(RAPHE_PORTABLE_COROUTINES)

// Saves what a called function has to keep (System V ABI) on the stack that is left, and takes it from the one that is entered.
asm(R"(
.text
.type raphe_switch, @function
raphe_switch:
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  movq %rsp, (%rdi)
  movq %rsi, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  ret
.size raphe_switch, .-raphe_switch
.type raphe_begin, @function
raphe_begin:
  movq %r12, %rdi
  callq *%r13
  ud2
.size raphe_begin, .-raphe_begin
)");
extern "C" void raphe_switch(void **from, void *to);
extern "C" void raphe_begin();

void Coroutine::start(size_t number, Body newBody, void *newArgument) {
  if (!stack) {
    stack = mapStack();
    // Tops of stacks that are all a multiple of a page apart would share the same few lines of the cache.
    stagger = number * 320 % 16384 / 64 * 64;
  }
  body = newBody;
  argument = newArgument;
  void **top = (void **)((char *)stack + stackBytes - stagger - 64);
  *--top = nullptr;
  *--top = nullptr; // so that raphe_begin, which calls, has its stack on a multiple of 16
  *--top = (void *)raphe_begin;
  *--top = nullptr;                 // rbp
  *--top = nullptr;                 // rbx
  *--top = this;                    // r12
  *--top = (void *)&Coroutine::begin; // r13
  *--top = nullptr;                 // r14
  *--top = nullptr;                 // r15
  inside = top;
}

void Coroutine::resume() { raphe_switch(&outside, inside); }
void Coroutine::suspend() { raphe_switch(&inside, outside); }

#else

void Coroutine::beginParts(unsigned high, unsigned low) { begin((Coroutine *)((uintptr_t)high << 32 | low)); }

void Coroutine::start(size_t, Body newBody, void *newArgument) {
  if (!stack) stack = mapStack();
  body = newBody;
  argument = newArgument;
  getcontext(&inside);
  inside.uc_stack.ss_sp = (char *)stack + guardBytes;
  inside.uc_stack.ss_size = stackBytes - guardBytes;
  inside.uc_link = nullptr;
  makecontext(&inside, (void (*)())beginParts, 2, (unsigned)((uintptr_t)this >> 32), (unsigned)(uintptr_t)this);
}

void Coroutine::resume() { swapcontext(&outside, &inside); }
void Coroutine::suspend() { swapcontext(&inside, &outside); }

#endif

} // namespace raphe
