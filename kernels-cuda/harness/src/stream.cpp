// Streams keep their work until something waits for it, so that what is freed or overwritten too early shows. A stream's work runs in order; the
// default stream's is ordered with that of all blocking streams; nothing else is ordered but by events.
#include <algorithm>
#include <chrono>

#include "driver.h"
#include "worker_thread.h"

namespace raphe {

static void advance(Context &context, Stream &stream, uint64_t upTo);

namespace {

struct RecordOperation : Operation {
  std::shared_ptr<EventRecord> record;
  void execute(Context &) const override {
    record->done = true;
    record->milliseconds = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
  }
};



// What is ordered before an operation in another stream.
void advanceOrderedBefore(Context &context, Stream &stream, uint64_t sequence) {
  if (!stream.isBlocking) return;
  if (&stream != &context.defaultStream) return advance(context, context.defaultStream, sequence - 1);
  for (const auto &each : context.streams)
    if (each.second->isBlocking) advance(context, *each.second, sequence - 1);
}

bool hasWork(Context &context) {
  for (Stream *stream : context.allStreams())
    if (!stream->queue.empty()) return true;
  return false;
}

void run(Context &context, const std::function<void()> &body) {
  try {
    runOnExecutor(body);
  } catch (const Fault &fault) {
    reportFault(fault.text);
    context.error = fault.code;
    for (Stream *stream : context.allStreams()) stream->queue.clear();
    throw Refusal{fault.code, ""};
  }
}

} // namespace

// Sequences go down with each step into another stream, so this ends.
static void advance(Context &context, Stream &stream, uint64_t upTo) {
  while (!stream.queue.empty() && stream.queue.front().sequence <= upTo) {
    const Stream::Queued next = stream.queue.front();
    stream.queue.pop_front();
    advanceOrderedBefore(context, stream, next.sequence);
    next.operation->execute(context);
  }
}

Stream &streamOf(Call &call, CUstream handle) {
  if ((uint64_t)handle <= 1) return call.context->defaultStream;
  if ((uint64_t)handle == 2) refuse(CUDA_ERROR_NOT_SUPPORTED, "the per-thread default stream is not known to the harness");
  return owned(call.context->streams, handle, "stream");
}

uint64_t enqueue(Call &call, Stream &stream, std::shared_ptr<const Operation> operation) {
  if (stream.capture) {
    if (stream.captureInvalid) refuse(CUDA_ERROR_STREAM_CAPTURE_INVALIDATED, "the capture of the stream has been invalidated");
    if (operation->nodeType() < 0) {
      stream.captureInvalid = true;
      refuse(CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED, "the harness cannot capture this call");
    }
    stream.capture->nodes.emplace_back(new GraphNode{stream.capture.get(), std::move(operation), {}});
    return 0;
  }
  if (&stream == &call.context->defaultStream)
    for (const auto &each : call.context->streams)
      if (each.second->capture && each.second->isBlocking) {
        each.second->captureInvalid = true;
        refuse(CUDA_ERROR_STREAM_CAPTURE_IMPLICIT, "the default stream would have to wait for a stream that is being captured");
      }
  stream.queue.push_back({++call.context->sequence, std::move(operation)});
  return call.context->sequence;
}

void runStream(Context &context, Stream &stream, uint64_t upTo) {
  if (stream.capture) {
    stream.captureInvalid = true;
    refuse(CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED, "a stream that is being captured cannot be waited for");
  }
  if (stream.queue.empty()) return;
  run(context, [&] { advance(context, stream, upTo); });
}

void runContext(Context &context) {
  if (!hasWork(context)) return;
  run(context, [&] {
    for (Stream *stream : context.allStreams()) advance(context, *stream, ~0ull);
  });
}

void runNow(Call &call, const Operation &operation) {
  refuseDuringCapture(call);
  Context &context = *call.context;
  run(context, [&] {
    advance(context, context.defaultStream, ~0ull);
    advanceOrderedBefore(context, context.defaultStream, context.sequence + 1);
    operation.execute(context);
  });
}

// A call that waits for the whole device ends a capture in the mode that forbids it.
void refuseDuringCapture(Call &call) {
  for (const auto &each : call.context->streams) {
    if (!each.second->capture || each.second->captureMode == CU_STREAM_CAPTURE_MODE_RELAXED) continue;
    each.second->captureInvalid = true;
    refuse(CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED, "a stream is being captured");
  }
}

std::shared_ptr<EventRecord> recordEvent(Call &call, Stream &stream) {
  auto operation = std::make_shared<RecordOperation>();
  operation->madeBy = call.text();
  operation->record = std::make_shared<EventRecord>();
  operation->record->stream = &stream;
  operation->record->sequence = enqueue(call, stream, operation);
  return operation->record;
}

} // namespace raphe

using namespace raphe;

namespace {

// Work after it waits for the record that the event had when the wait was asked for.
struct WaitOperation : Operation {
  std::shared_ptr<EventRecord> record;
  void execute(Context &context) const override {
    if (!record->done) advance(context, *record->stream, record->sequence);
  }
};

CUresult createStream(const char *name, CUstream *handle, unsigned flags) {
  return enter(name, Needs::Context, [&](Call &call) {
    if (flags & ~1u) refuse(CUDA_ERROR_INVALID_VALUE, "unknown flags " + std::to_string(flags));
    auto stream = std::make_unique<Stream>();
    stream->context = call.context;
    stream->madeBy = call.text();
    stream->isBlocking = !(flags & CU_STREAM_NON_BLOCKING);
    required(handle, "the result") = adopt(call.context->streams, std::move(stream));
  });
}

void releaseStream(Call &call, CUstream handle) {
  Stream &stream = owned(call.context->streams, handle, "stream");
  if (!call.context->error && !stream.capture) runStream(*call.context, stream);
  call.context->streams.erase(handle);
}

Event &eventOf(Call &call, CUevent handle) { return owned(call.context->events, handle, "event"); }

} // namespace

RAPHE_DRIVER_CALL cuStreamCreate(CUstream *stream, unsigned flags) { return createStream("cuStreamCreate", stream, flags); }

RAPHE_DRIVER_CALL cuStreamCreateWithPriority(CUstream *stream, unsigned flags, int) { return createStream("cuStreamCreateWithPriority", stream, flags); }

RAPHE_DRIVER_CALL cuStreamDestroy_v2(CUstream stream) {
  return enter("cuStreamDestroy", Needs::Releasing, [&](Call &call) { releaseStream(call, stream); });
}

RAPHE_DRIVER_CALL cuStreamSynchronize(CUstream stream) {
  return enter("cuStreamSynchronize", Needs::Context, [&](Call &call) {
    Stream &waited = streamOf(call, stream);
    if (&waited == &call.context->defaultStream) refuseDuringCapture(call);
    runStream(*call.context, waited);
  });
}

// Work that is queued is not ready, and is then done, so that asking again ends.
RAPHE_DRIVER_CALL cuStreamQuery(CUstream stream) {
  return enter("cuStreamQuery", Needs::Context, [&](Call &call) {
    Stream &asked = streamOf(call, stream);
    if (asked.queue.empty() && !asked.capture) return;
    runStream(*call.context, asked);
    throw Refusal{CUDA_ERROR_NOT_READY, ""};
  });
}

RAPHE_DRIVER_CALL cuStreamWaitEvent(CUstream stream, CUevent event, unsigned flags) {
  return enter("cuStreamWaitEvent", Needs::Context, [&](Call &call) {
    if (flags) refuse(CUDA_ERROR_INVALID_VALUE, "unknown flags " + std::to_string(flags));
    const Event &waited = eventOf(call, event);
    if (!waited.record || waited.record->done) return;
    auto operation = std::make_shared<WaitOperation>();
    operation->madeBy = call.text();
    operation->record = waited.record;
    enqueue(call, streamOf(call, stream), operation);
  });
}

RAPHE_DRIVER_CALL cuStreamGetFlags(CUstream stream, unsigned *flags) {
  return enter("cuStreamGetFlags", Needs::Context, [&](Call &call) { required(flags, "the result") = streamOf(call, stream).isBlocking ? 0 : CU_STREAM_NON_BLOCKING; });
}

RAPHE_DRIVER_CALL cuStreamGetPriority(CUstream stream, int *priority) {
  return enter("cuStreamGetPriority", Needs::Context, [&](Call &call) {
    (void)streamOf(call, stream);
    required(priority, "the result") = 0;
  });
}

RAPHE_DRIVER_CALL cuStreamGetCtx(CUstream stream, CUcontext *context) {
  return enter("cuStreamGetCtx", Needs::Context, [&](Call &call) { required(context, "the result") = streamOf(call, stream).context; });
}

RAPHE_DRIVER_CALL cuEventCreate(CUevent *event, unsigned flags) {
  return enter("cuEventCreate", Needs::Context, [&](Call &call) {
    if (flags & ~3u) refuse(CUDA_ERROR_INVALID_VALUE, "unknown flags " + std::to_string(flags));
    auto created = std::make_unique<Event>();
    created->context = call.context;
    created->madeBy = call.text();
    created->timed = !(flags & CU_EVENT_DISABLE_TIMING);
    required(event, "the result") = adopt(call.context->events, std::move(created));
  });
}

RAPHE_DRIVER_CALL cuEventDestroy_v2(CUevent event) {
  return enter("cuEventDestroy", Needs::Releasing, [&](Call &call) {
    (void)eventOf(call, event);
    call.context->events.erase(event);
  });
}

RAPHE_DRIVER_CALL cuEventRecord(CUevent event, CUstream stream) {
  return enter("cuEventRecord", Needs::Context, [&](Call &call) {
    Event &recorded = eventOf(call, event);
    recorded.record = recordEvent(call, streamOf(call, stream));
  });
}

RAPHE_DRIVER_CALL cuEventQuery(CUevent event) {
  return enter("cuEventQuery", Needs::Context, [&](Call &call) {
    const Event &asked = eventOf(call, event);
    if (!asked.record || asked.record->done) return;
    runStream(*call.context, *asked.record->stream, asked.record->sequence);
    throw Refusal{CUDA_ERROR_NOT_READY, ""};
  });
}

RAPHE_DRIVER_CALL cuEventSynchronize(CUevent event) {
  return enter("cuEventSynchronize", Needs::Context, [&](Call &call) {
    const Event &waited = eventOf(call, event);
    if (waited.record && !waited.record->done) runStream(*call.context, *waited.record->stream, waited.record->sequence);
  });
}

RAPHE_DRIVER_CALL cuEventElapsedTime(float *milliseconds, CUevent start, CUevent end) {
  return enter("cuEventElapsedTime", Needs::Context, [&](Call &call) {
    const Event &first = eventOf(call, start), &last = eventOf(call, end);
    if (!first.timed || !last.timed) refuse(CUDA_ERROR_INVALID_HANDLE, "an event was created without timing");
    if (!first.record || !last.record) refuse(CUDA_ERROR_INVALID_HANDLE, "an event was never recorded");
    if (!first.record->done || !last.record->done) throw Refusal{CUDA_ERROR_NOT_READY, ""};
    required(milliseconds, "the result") = (float)(last.record->milliseconds - first.record->milliseconds);
  });
}
