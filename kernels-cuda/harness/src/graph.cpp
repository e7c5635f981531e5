// Graphs: a stream's work captured once and launched many times. Nodes run one after another, in the order in which they were captured or added.
#include <algorithm>

#include "driver.h"

using namespace raphe;

namespace {

constexpr size_t mostNodes = 1 << 20;

GraphNode &nodeOf(Call &call, CUgraphNode handle) {
  for (const auto &graph : call.context->graphs)
    for (const auto &node : graph.second->nodes)
      if (node.get() == handle) return *node;
  refuse(CUDA_ERROR_INVALID_HANDLE, "the handle is no node of a graph of this context that still exists");
}

std::shared_ptr<const KernelOperation> kernelOperationOf(Call &call, const CUDA_KERNEL_NODE_PARAMS *parameters) {
  const CUDA_KERNEL_NODE_PARAMS &p = required(const_cast<CUDA_KERNEL_NODE_PARAMS *>(parameters), "the parameters");
  const LaunchShape shape = {{p.gridDimX, p.gridDimY, p.gridDimZ}, {p.blockDimX, p.blockDimY, p.blockDimZ}, p.sharedMemBytes};
  return kernelOperation(call, p.func, shape, p.kernelParams, p.extra);
}

const KernelOperation &kernelNode(const std::shared_ptr<const Operation> &operation) {
  if (operation->nodeType() != CU_GRAPH_NODE_TYPE_KERNEL) refuse(CUDA_ERROR_INVALID_VALUE, "the node is no kernel node");
  return static_cast<const KernelOperation &>(*operation);
}

} // namespace

RAPHE_DRIVER_CALL cuStreamBeginCapture_v2(CUstream stream, int mode) {
  return enter("cuStreamBeginCapture", Needs::Context, [&](Call &call) {
    Stream &captured = streamOf(call, stream);
    if (&captured == &call.context->defaultStream) refuse(CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED, "the default stream cannot be captured");
    if (captured.capture) refuse(CUDA_ERROR_ILLEGAL_STATE, "the stream is being captured already");
    if (mode < 0 || mode > 2) refuse(CUDA_ERROR_INVALID_VALUE, "unknown mode " + std::to_string(mode));
    captured.capture = std::make_unique<Graph>();
    captured.capture->context = call.context;
    captured.captureMode = mode;
    captured.captureInvalid = false;
  });
}

RAPHE_DRIVER_CALL cuStreamEndCapture(CUstream stream, CUgraph *graph) {
  return enter("cuStreamEndCapture", Needs::Context, [&](Call &call) {
    Stream &captured = streamOf(call, stream);
    if (!captured.capture) refuse(CUDA_ERROR_ILLEGAL_STATE, "the stream is not being captured");
    std::unique_ptr<Graph> ended = std::move(captured.capture);
    required(graph, "the result") = nullptr;
    if (captured.captureInvalid) refuse(CUDA_ERROR_STREAM_CAPTURE_INVALIDATED, "the capture of the stream has been invalidated");
    ended->madeBy = call.text();
    *graph = adopt(call.context->graphs, std::move(ended));
  });
}

RAPHE_DRIVER_CALL cuStreamIsCapturing(CUstream stream, int *status) {
  return enter("cuStreamIsCapturing", Needs::Context, [&](Call &call) {
    const Stream &asked = streamOf(call, stream);
    required(status, "the result") = !asked.capture ? CU_STREAM_CAPTURE_STATUS_NONE : asked.captureInvalid ? CU_STREAM_CAPTURE_STATUS_INVALIDATED : CU_STREAM_CAPTURE_STATUS_ACTIVE;
  });
}

RAPHE_DRIVER_CALL cuGraphCreate(CUgraph *graph, unsigned flags) {
  return enter("cuGraphCreate", Needs::Context, [&](Call &call) {
    if (flags) refuse(CUDA_ERROR_INVALID_VALUE, "unknown flags " + std::to_string(flags));
    auto created = std::make_unique<Graph>();
    created->context = call.context;
    created->madeBy = call.text();
    required(graph, "the result") = adopt(call.context->graphs, std::move(created));
  });
}

RAPHE_DRIVER_CALL cuGraphDestroy(CUgraph graph) {
  return enter("cuGraphDestroy", Needs::Releasing, [&](Call &call) {
    (void)owned(call.context->graphs, graph, "graph");
    call.context->graphs.erase(graph);
  });
}

// A node can depend only on nodes added before it, so the order of adding respects all dependencies.
RAPHE_DRIVER_CALL cuGraphAddKernelNode_v2(CUgraphNode *node, CUgraph graph, const CUgraphNode *dependencies, size_t count, const CUDA_KERNEL_NODE_PARAMS *parameters) {
  return enter("cuGraphAddKernelNode", Needs::Context, [&](Call &call) {
    Graph &extended = owned(call.context->graphs, graph, "graph");
    for (size_t index = 0; index < count; index++)
      if (nodeOf(call, (&required(dependencies, "the dependencies"))[index]).graph != &extended)
        refuse(CUDA_ERROR_INVALID_VALUE, "a dependency is a node of another graph");
    extended.nodes.emplace_back(new GraphNode{&extended, kernelOperationOf(call, parameters), {}});
    required(node, "the result") = extended.nodes.back().get();
  });
}

RAPHE_DRIVER_CALL cuGraphGetNodes(CUgraph graph, CUgraphNode *nodes, size_t *count) {
  return enter("cuGraphGetNodes", Needs::Context, [&](Call &call) {
    const Graph &asked = owned(call.context->graphs, graph, "graph");
    size_t &number = required(count, "the count");
    if (nodes && number > mostNodes)
      refuse(CUDA_ERROR_INVALID_VALUE, "room for " + std::to_string(number) +
                                           " nodes cannot be meant (JCuda 12.6 never sets this count; take node handles from cuGraphAddKernelNode), and a GPU's driver would write past the array");
    for (size_t index = 0; nodes && index < number; index++) nodes[index] = index < asked.nodes.size() ? asked.nodes[index].get() : nullptr;
    number = nodes ? std::min(number, asked.nodes.size()) : asked.nodes.size();
  });
}

RAPHE_DRIVER_CALL cuGraphNodeGetType(CUgraphNode node, int *type) {
  return enter("cuGraphNodeGetType", Needs::Context, [&](Call &call) { required(type, "the result") = nodeOf(call, node).operation->nodeType(); });
}

RAPHE_DRIVER_CALL cuGraphKernelNodeGetParams_v2(CUgraphNode node, CUDA_KERNEL_NODE_PARAMS *parameters) {
  return enter("cuGraphKernelNodeGetParams", Needs::Context, [&](Call &call) {
    GraphNode &asked = nodeOf(call, node);
    const KernelOperation &operation = kernelNode(asked.operation);
    const LaunchRequest &request = operation.request;
    asked.parameters.clear();
    for (const Parameter &parameter : request.code->translated.parameters) asked.parameters.push_back((void *)(request.parameters.data() + parameter.offset));
    CUDA_KERNEL_NODE_PARAMS result{};
    result.func = operation.kernel;
    result.gridDimX = request.grid[0], result.gridDimY = request.grid[1], result.gridDimZ = request.grid[2];
    result.blockDimX = request.block[0], result.blockDimY = request.block[1], result.blockDimZ = request.block[2];
    result.sharedMemBytes = request.dynamicShared;
    result.kernelParams = asked.parameters.data();
    required(parameters, "the result") = result;
  });
}

RAPHE_DRIVER_CALL cuGraphKernelNodeSetParams_v2(CUgraphNode node, const CUDA_KERNEL_NODE_PARAMS *parameters) {
  return enter("cuGraphKernelNodeSetParams", Needs::Context, [&](Call &call) {
    GraphNode &changed = nodeOf(call, node);
    (void)kernelNode(changed.operation);
    changed.operation = kernelOperationOf(call, parameters);
  });
}

RAPHE_DRIVER_CALL cuGraphInstantiateWithFlags(CUgraphExec *executable, CUgraph graph, unsigned long long flags) {
  return enter("cuGraphInstantiateWithFlags", Needs::Context, [&](Call &call) {
    const Graph &source = owned(call.context->graphs, graph, "graph");
    if (flags & ~1ull) refuse(CUDA_ERROR_INVALID_VALUE, "unknown flags " + std::to_string(flags));
    auto created = std::make_unique<ExecutableGraph>();
    created->context = call.context;
    created->madeBy = call.text();
    for (const auto &node : source.nodes) created->nodes.push_back({node.get(), node->operation});
    required(executable, "the result") = adopt(call.context->executables, std::move(created));
  });
}

RAPHE_DRIVER_CALL cuGraphExecDestroy(CUgraphExec executable) {
  return enter("cuGraphExecDestroy", Needs::Releasing, [&](Call &call) {
    (void)owned(call.context->executables, executable, "executable graph");
    call.context->executables.erase(executable);
  });
}

// Launches that are queued already keep the parameters they were launched with.
RAPHE_DRIVER_CALL cuGraphExecKernelNodeSetParams_v2(CUgraphExec executable, CUgraphNode node, const CUDA_KERNEL_NODE_PARAMS *parameters) {
  return enter("cuGraphExecKernelNodeSetParams", Needs::Context, [&](Call &call) {
    for (ExecutableGraph::Node &each : owned(call.context->executables, executable, "executable graph").nodes) {
      if (each.node != node) continue;
      const auto changed = kernelOperationOf(call, parameters);
      if (changed->kernel->module->context != kernelNode(each.operation).kernel->module->context) refuse(CUDA_ERROR_INVALID_VALUE, "the function is of another context");
      each.operation = changed;
      return;
    }
    refuse(CUDA_ERROR_INVALID_HANDLE, "the node is not of the graph that was instantiated");
  });
}

RAPHE_DRIVER_CALL cuGraphUpload(CUgraphExec executable, CUstream stream) {
  return enter("cuGraphUpload", Needs::Context, [&](Call &call) {
    (void)owned(call.context->executables, executable, "executable graph");
    (void)streamOf(call, stream);
  });
}

RAPHE_DRIVER_CALL cuGraphLaunch(CUgraphExec executable, CUstream stream) {
  return enter("cuGraphLaunch", Needs::Context, [&](Call &call) {
    const ExecutableGraph &launched = owned(call.context->executables, executable, "executable graph");
    Stream &target = streamOf(call, stream);
    if (target.capture) {
      target.captureInvalid = true;
      refuse(CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED, "a graph launched into a stream that is being captured is not known to the harness");
    }
    for (const ExecutableGraph::Node &node : launched.nodes) enqueue(call, target, node.operation);
  });
}
