// The driver's objects, and how each of its functions is entered. One lock is held during every call.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "driver_types.h"
#include "launch.h"
#include "memory.h"
#include "ptx.h"

namespace raphe {

// Work in a stream. It is never changed once it is queued, so a graph and a stream can share it.
struct Operation {
  std::string madeBy; // cuMemcpyHtoDAsync #3
  virtual ~Operation() = default;
  virtual void execute(Context &context) const = 0; // throws a Fault
  virtual int nodeType() const { return -1; }       // CU_GRAPH_NODE_TYPE_..., or -1 if a graph cannot hold it
  virtual bool usesHost(uint64_t, uint64_t) const { return false; }
};

struct Kernel {
  LoadedModule *module = nullptr;
  KernelCode code;
  uint32_t registers = 0;         // a thread; 0 while nothing has asked
  bool hasOptedIn = false;        // to what cuFuncSetAttribute was told
  uint32_t optedInShared = 0;     // bytes of dynamic shared memory
  uint64_t dynamicSharedAllowed() const; // bytes a launch may have
};

struct LoadedModule {
  Context *context = nullptr;
  std::string madeBy;
  std::shared_ptr<bool> isLoaded = std::make_shared<bool>(true); // outlives the module: a graph may still hold its kernels
  Module ptx;
  std::vector<uint64_t> globals; // addresses of the variables, 0 for those in shared memory
  std::map<std::string, std::unique_ptr<Kernel>> kernels;
};

struct Stream {
  struct Queued {
    uint64_t sequence;
    std::shared_ptr<const Operation> operation;
  };
  Context *context = nullptr;
  std::string madeBy;
  bool isBlocking = true; // whether it waits for the default stream and the default stream for it
  std::deque<Queued> queue;
  std::unique_ptr<Graph> capture;
  int captureMode = 0;
  bool captureInvalid = false;
};

// The last record of an event: what waits for it needs to know no more.
struct EventRecord {
  Stream *stream = nullptr;
  uint64_t sequence = 0;
  bool done = false;
  double milliseconds = 0;
};

struct Event {
  Context *context = nullptr;
  std::string madeBy;
  bool timed = true;
  std::shared_ptr<EventRecord> record;
};

struct GraphNode {
  Graph *graph = nullptr;
  std::shared_ptr<const Operation> operation;
  std::vector<void *> parameters; // what cuGraphKernelNodeGetParams points at
};

struct Graph {
  Context *context = nullptr;
  std::string madeBy;
  std::vector<std::unique_ptr<GraphNode>> nodes; // in an order that respects their dependencies
};

struct ExecutableGraph {
  struct Node {
    GraphNode *node; // an identity only: the graph may be gone
    std::shared_ptr<const Operation> operation;
  };
  Context *context = nullptr;
  std::string madeBy;
  std::vector<Node> nodes;
};

template <typename T> using Owned = std::map<T *, std::unique_ptr<T>>;

struct Context {
  std::string madeBy;
  bool isPrimary = false;
  int error = 0; // sticky: once set, every call returns it
  uint64_t sequence = 0;
  Stream defaultStream;
  std::set<uint64_t> memory; // bases of allocations, pinned ones too
  std::map<uint64_t, uint64_t> registered; // host memory: begin and bytes
  std::map<uint64_t, std::string> registeredBy;
  Owned<LoadedModule> modules;
  Owned<Stream> streams;
  Owned<Event> events;
  Owned<Graph> graphs;
  Owned<ExecutableGraph> executables;
  uint64_t stackBytes = 0; // reserved for the kernels' stacks; like the driver's, it grows and never shrinks

  std::vector<Stream *> allStreams();
};

// One call of a driver function.
struct Call {
  std::string name;
  uint64_t number = 0;
  Context *context = nullptr;
  std::string text() const { return name + " #" + std::to_string(number); }
};

enum class Needs {
  Nothing,     // may be called before cuInit
  Initialised, // needs no context
  Context,     // needs a context without error
  Releasing    // gives something back, which is noted even in a context with an error
};

[[noreturn]] void refuse(int code, const std::string &why);

// Enters a driver function: counts the call, makes the failure injected for it, runs the body and turns a Refusal into a result and a line.
CUresult enter(const char *name, Needs needs, const std::function<void(Call &)> &body);

template <typename T> T &required(T *pointer, const char *what) {
  if (!pointer) refuse(CUDA_ERROR_INVALID_VALUE, std::string(what) + " is a null pointer");
  return *pointer;
}

// The object behind a handle of the call's context.
template <typename T> T &owned(Owned<T> &objects, T *handle, const char *what) {
  const auto found = objects.find(handle);
  if (found == objects.end()) refuse(CUDA_ERROR_INVALID_HANDLE, std::string("the handle is no ") + what + " of this context that still exists");
  return *found->second;
}

template <typename T> T *adopt(Owned<T> &objects, std::unique_ptr<T> object) {
  T *handle = object.get();
  objects[handle] = std::move(object);
  return handle;
}

// Contexts (driver.cpp)
Context *currentContext();
void setCurrentContext(Context *context);
void pushContext(Context *context);
Context *popContext();
Context *createContext(const std::string &madeBy, bool isPrimary);
void destroyContext(Context *context, const std::string &by);
bool isContext(const Context *context);
void initialise();

// How often each kernel ran (launch_counts.cpp)
void countLaunch(const std::string &kernel, uint64_t instructions);
void writeLaunchCounts();

// Queues (stream.cpp). A fault in queued work is reported, becomes the context's error and is refused with it.
Stream &streamOf(Call &call, CUstream handle);
uint64_t enqueue(Call &call, Stream &stream, std::shared_ptr<const Operation> operation);
void runStream(Context &context, Stream &stream, uint64_t upTo = ~0ull);
void runContext(Context &context);
void runNow(Call &call, const Operation &operation); // in order with the default stream
void refuseDuringCapture(Call &call);
std::shared_ptr<EventRecord> recordEvent(Call &call, Stream &stream);

// Memory (driver_memory.cpp). A launch whose kernel needs more stack than is reserved reserves it, or is refused for want of memory.
void reserveStack(Context &context, const Kernel &kernel);
void releaseMemory(Context &context, const std::string &by); // all that the context has

// Kernels (kernel_operation.cpp)
struct LaunchShape {
  uint32_t grid[3];
  uint32_t block[3];
  uint32_t dynamicShared;
};
struct KernelOperation : Operation {
  Kernel *kernel = nullptr;
  LaunchRequest request;
  std::shared_ptr<const bool> isLoaded;
  std::string name;
  void execute(Context &context) const override;
  int nodeType() const override { return CU_GRAPH_NODE_TYPE_KERNEL; }
};
Kernel &kernelOf(Call &call, CUfunction function);
std::shared_ptr<const KernelOperation> kernelOperation(Call &call, CUfunction function, const LaunchShape &shape, void **parameters, void **extra);

} // namespace raphe
