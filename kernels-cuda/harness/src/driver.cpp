#include "driver.h"

#include <algorithm>
#include <atomic>
#include <mutex>

#include "conditions.h"

namespace raphe {
namespace {

struct Driver {
  std::recursive_mutex lock;
  std::map<std::string, uint64_t> calls;
  std::set<Context *> contexts;
  bool initialised = false;
};

// Never destroyed: threads of the virtual machine may still be in a call while the process ends.
Driver &driver() {
  static Driver &driver = *new Driver;
  return driver;
}

thread_local std::vector<Context *> contextStack;

int injected(const Call &call) {
  for (const InjectedFailure &failure : Conditions::get().failures)
    if (failure.call == call.name && failure.number == call.number) return failure.code;
  return 0;
}

void requireState(Call &call, Needs needs) {
  if (needs != Needs::Nothing && !driver().initialised) refuse(CUDA_ERROR_NOT_INITIALIZED, "cuInit has not been called");
  call.context = currentContext();
  if (needs != Needs::Context && needs != Needs::Releasing) return;
  if (!call.context || !isContext(call.context)) refuse(CUDA_ERROR_INVALID_CONTEXT, "no context is current in this thread, or it has been destroyed");
}

CUresult result(const Call &call, const Refusal &refusal) {
  const char *name = errorName(refusal.code);
  if (!refusal.why.empty()) say(call.text() + " returned " + (name ? name : std::to_string(refusal.code)) + ": " + refusal.why);
  return (CUresult)refusal.code;
}

void leak(const std::string &what) { reportFault("leak: " + what); }

void reportLeaks(Context &context, const std::string &when) {
  const Arena &arena = Arena::get();
  for (uint64_t base : context.memory) {
    const Allocation &allocation = arena.all().at(base);
    leak(std::string(allocation.kind == Allocation::Pinned ? "pinned host memory" : "device memory") + " of " + std::to_string(allocation.bytes) +
         " bytes made by " + allocation.madeBy + " is not freed " + when);
  }
  for (const auto &each : context.registeredBy) leak("host memory registered by " + each.second + " is not unregistered " + when);
  for (const auto &each : context.modules) leak("module made by " + each.second->madeBy + " is not unloaded " + when);
  for (const auto &each : context.streams) leak("stream made by " + each.second->madeBy + " is not destroyed " + when);
  for (const auto &each : context.events) leak("event made by " + each.second->madeBy + " is not destroyed " + when);
  for (const auto &each : context.graphs) leak("graph made by " + each.second->madeBy + " is not destroyed " + when);
  for (const auto &each : context.executables) leak("executable graph made by " + each.second->madeBy + " is not destroyed " + when);
  for (Stream *stream : context.allStreams())
    if (!stream->queue.empty())
      leak(std::to_string(stream->queue.size()) + " operations, from " + stream->queue.front().operation->madeBy + " on, were queued and never waited for " + when);
}

// A context with an error is not searched for leaks: on a GPU nothing of it can be given back.
struct AtExit {
  ~AtExit() {
    Driver &state = driver();
    const std::lock_guard<std::recursive_mutex> guard(state.lock);
    for (Context *context : state.contexts)
      if (!context->error) reportLeaks(*context, "at the end of the process");
    writeLaunchCounts();
  }
} atExit;

} // namespace

void refuse(int code, const std::string &why) { throw Refusal{code, why}; }

CUresult enter(const char *name, Needs needs, const std::function<void(Call &)> &body) {
  Driver &state = driver();
  const std::lock_guard<std::recursive_mutex> guard(state.lock);
  Call call;
  call.name = name;
  call.number = ++state.calls[call.name];
  try {
    requireState(call, needs);
    const bool inContext = needs == Needs::Context || needs == Needs::Releasing;
    const int code = injected(call);
    if (code && inContext) call.context->error = code;
    if (code) refuse(code, "injected by RAPHE_HARNESS_FAIL");
    const int before = inContext ? call.context->error : 0;
    if (before && needs == Needs::Context) return (CUresult)before;
    body(call);
    return (CUresult)before;
  } catch (const Refusal &refusal) {
    return result(call, refusal);
  } catch (const std::exception &error) {
    return result(call, {CUDA_ERROR_UNKNOWN, error.what()});
  }
}

std::vector<Stream *> Context::allStreams() {
  std::vector<Stream *> all = {&defaultStream};
  for (const auto &each : streams) all.push_back(each.first);
  return all;
}

void initialise() {
  if (Conditions::get().devices == 0) refuse(CUDA_ERROR_NO_DEVICE, "RAPHE_HARNESS_DEVICES is 0");
  std::string why;
  if (!Arena::get().reserve(why)) refuse(CUDA_ERROR_OPERATING_SYSTEM, why);
  driver().initialised = true;
}

Context *currentContext() { return contextStack.empty() ? nullptr : contextStack.back(); }
bool isContext(const Context *context) { return driver().contexts.count(const_cast<Context *>(context)) != 0; }

void setCurrentContext(Context *context) {
  if (!contextStack.empty()) contextStack.pop_back();
  if (context) contextStack.push_back(context);
}

void pushContext(Context *context) { contextStack.push_back(context); }

Context *popContext() {
  if (contextStack.empty()) refuse(CUDA_ERROR_INVALID_CONTEXT, "no context is current in this thread");
  Context *top = contextStack.back();
  contextStack.pop_back();
  return top;
}

Context *createContext(const std::string &madeBy, bool isPrimary) {
  Context *context = new Context;
  context->madeBy = madeBy;
  context->isPrimary = isPrimary;
  context->defaultStream.context = context;
  context->defaultStream.madeBy = madeBy;
  driver().contexts.insert(context);
  return context;
}

// Outstanding work is done first, as a GPU would; a fault in it is reported.
void destroyContext(Context *context, const std::string &by) {
  int failed = 0;
  try {
    if (!context->error) runContext(*context);
  } catch (const Refusal &refusal) {
    failed = refusal.code;
  }
  if (!context->error) reportLeaks(*context, "at " + by);
  for (const auto &module : context->modules)
    for (uint64_t base : module.second->globals)
      if (base) Arena::get().release(base, by);
  releaseMemory(*context, by);
  writeLaunchCounts();
  driver().contexts.erase(context);
  contextStack.erase(std::remove(contextStack.begin(), contextStack.end(), context), contextStack.end());
  delete context;
  if (failed) throw Refusal{failed, ""};
}

} // namespace raphe
