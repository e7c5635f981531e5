#include "worker_thread.h"

#include <csignal>

#include <cfenv>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace raphe {
namespace {

void keepDenormals() {
  std::fesetenv(FE_DFL_ENV);
#if defined(__x86_64__)
  _mm_setcsr(0x1f80);
#endif
}

class Executor {
public:
  Executor() {
    startWorkerThread([this] { work(); });
  }

  void run(const std::function<void()> &body) {
    const std::lock_guard<std::mutex> oneCaller(callers);
    std::unique_lock<std::mutex> guard(lock);
    job = &body;
    wake.notify_one();
    done.wait(guard, [this] { return job == nullptr; });
    if (!thrown) return;
    const std::exception_ptr error = thrown;
    thrown = nullptr;
    std::rethrow_exception(error);
  }

private:
  std::mutex callers, lock;
  std::condition_variable wake, done;
  const std::function<void()> *job = nullptr;
  std::exception_ptr thrown;

  void work() {
    std::unique_lock<std::mutex> guard(lock);
    for (;;) {
      wake.wait(guard, [this] { return job != nullptr; });
      try {
        (*job)();
      } catch (...) {
        thrown = std::current_exception();
      }
      job = nullptr;
      done.notify_one();
    }
  }
};

} // namespace

void startWorkerThread(std::function<void()> body) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  std::thread([body = std::move(body)] {
    keepDenormals();
    body();
  }).detach();
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

void runOnExecutor(const std::function<void()> &body) {
  static Executor &executor = *new Executor;
  executor.run(body);
}

} // namespace raphe
