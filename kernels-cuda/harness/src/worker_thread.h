// Threads that run kernels: never the caller's, whose stack and signal handlers belong to a virtual machine.
#pragma once

#include <functional>

namespace raphe {

// Starts a thread that takes no signals and rounds to nearest with denormals kept, whatever its creator does. It is never joined.
void startWorkerThread(std::function<void()> body);

// Runs `body` on the one thread that executes queued work, and waits for it. What it throws is thrown here.
void runOnExecutor(const std::function<void()> &body);

} // namespace raphe
