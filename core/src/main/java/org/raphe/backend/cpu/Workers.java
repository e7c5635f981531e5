package org.raphe.backend.cpu;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A team of threads that shares out independent items. Which thread takes an item never matters to
 * a result: every item writes memory of its own. The caller works too, so a team of one starts no
 * thread.
 *
 * <p>A batch is a few hundred microseconds of work in a handful of stages; waking a parked thread
 * costs a tenth of that, so waiting threads spin for a short while before they park.
 */
final class Workers implements AutoCloseable {

  /** One stage's work on one item. */
  @FunctionalInterface
  interface Stage {
    /**
     * @param item 0..items-1
     * @param worker 0..threads-1, to choose scratch memory
     */
    void run(int item, int worker);
  }

  private static final int SPINS = 4_000;

  private final Thread[] threads;
  private final int spins;
  private final AtomicInteger nextItem = new AtomicInteger();
  private final AtomicInteger working = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private Stage stage;
  private int items;
  private volatile int round;
  private volatile boolean closed;
  private volatile Thread caller;

  /**
   * @param count threads, the caller included, at least 1
   */
  Workers(int count) {
    spins = count <= Runtime.getRuntime().availableProcessors() ? SPINS : 0;
    threads = new Thread[count - 1];
    for (int k = 0; k < threads.length; k++) {
      int worker = k + 1;
      threads[k] = new Thread(() -> serve(worker), "raphe-cpu-" + worker);
      threads[k].setDaemon(true);
      threads[k].start();
    }
  }

  int count() {
    return threads.length + 1;
  }

  /**
   * Runs {@code stage} on items 0..items-1 and returns when all are done; rethrows what an item
   * threw.
   */
  void run(int itemCount, Stage work) {
    if (threads.length == 0 || itemCount == 1) {
      for (int item = 0; item < itemCount; item++) {
        work.run(item, 0);
      }
      return;
    }
    stage = work;
    items = itemCount;
    caller = Thread.currentThread();
    nextItem.set(0);
    working.set(threads.length);
    round++;
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
    }
    takeItems(0);
    awaitWorkers();
    Throwable thrown = failure.getAndSet(null);
    if (thrown instanceof Error e) {
      throw e;
    }
    if (thrown != null) {
      throw (RuntimeException) thrown;
    }
  }

  private void takeItems(int worker) {
    try {
      for (int item = nextItem.getAndIncrement(); item < items; item = nextItem.getAndIncrement()) {
        stage.run(item, worker);
      }
    } catch (RuntimeException | Error e) {
      nextItem.set(items);
      failure.compareAndSet(null, e);
    }
  }

  private void awaitWorkers() {
    int spun = 0;
    while (working.get() > 0) {
      if (spun++ < spins) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
      }
    }
  }

  private void serve(int worker) {
    int served = 0;
    while (true) {
      int spun = 0;
      while (round == served && !closed) {
        if (spun++ < spins) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
      }
      if (closed) {
        return;
      }
      served++;
      takeItems(worker);
      if (working.decrementAndGet() == 0) {
        LockSupport.unpark(caller);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
    }
    boolean interrupted = false;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
