package org.raphe.backend.cpu;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.raphe.InputException;

/**
 * A team of threads that shares out independent items. Which thread takes an item never matters to
 * a result: every item writes memory of its own. The caller works too, so a team of one starts no
 * thread, and a thread that the machine has put aside is waited for only if it holds an item.
 *
 * <p>A batch is a few hundred microseconds of work in a handful of stages; waking a parked thread
 * costs a tenth of that, so waiting threads spin for a short while before they park.
 */
public final class Workers implements AutoCloseable {

  /** One stage's work on one item. */
  @FunctionalInterface
  public interface Stage {
    /**
     * @param item 0..items-1
     * @param worker 0..threads-1, to choose scratch memory
     */
    void run(int item, int worker);
  }

  private static final int SPINS = 4_000;

  private final Thread[] threads;
  private final int spins;
  private volatile Round current;
  private volatile boolean closed;

  /**
   * One call of {@link #run}: a late thread finds its items taken, and cannot mistake another round
   * for it.
   */
  private static final class Round {
    final Stage stage;
    final int items;
    final Thread caller = Thread.currentThread();
    final AtomicInteger next = new AtomicInteger();
    final AtomicInteger done = new AtomicInteger();
    final AtomicReference<Throwable> failure = new AtomicReference<>();

    Round(Stage stage, int items) {
      this.stage = stage;
      this.items = items;
    }

    void takeItems(int worker) {
      for (int item = next.getAndIncrement(); item < items; item = next.getAndIncrement()) {
        try {
          if (failure.get() == null) {
            stage.run(item, worker);
          }
        } catch (RuntimeException | Error e) {
          failure.compareAndSet(null, e);
        }
        if (done.incrementAndGet() == items) {
          LockSupport.unpark(caller);
        }
      }
    }

    boolean isDone() {
      return done.get() == items;
    }
  }

  /**
   * @param count threads, the caller included, 1 to {@link CpuBackend#MAX_THREADS}
   * @throws InputException if that many are not possible
   */
  public Workers(int count) {
    if (count < 1 || count > CpuBackend.MAX_THREADS) {
      throw new InputException(
          "threads must be in 1.." + CpuBackend.MAX_THREADS + ", not " + count);
    }
    spins = count <= Runtime.getRuntime().availableProcessors() ? SPINS : 0;
    threads = new Thread[count - 1];
    for (int k = 0; k < threads.length; k++) {
      int worker = k + 1;
      threads[k] = new Thread(() -> serve(worker), "raphe-cpu-" + worker);
      threads[k].setDaemon(true);
      threads[k].start();
    }
  }

  /** Threads, the caller included. */
  public int count() {
    return threads.length + 1;
  }

  /**
   * Runs {@code stage} on items 0..items-1 and returns when all are done; rethrows what an item
   * threw.
   */
  public void run(int items, Stage stage) {
    if (threads.length == 0 || items == 1) {
      for (int item = 0; item < items; item++) {
        stage.run(item, 0);
      }
      return;
    }
    Round round = new Round(stage, items);
    current = round;
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
    }
    round.takeItems(0);
    for (int spun = 0; !round.isDone(); spun++) {
      pause(spun);
    }
    Throwable thrown = round.failure.get();
    if (thrown instanceof Error e) {
      throw e;
    }
    if (thrown != null) {
      throw (RuntimeException) thrown;
    }
  }

  private void serve(int worker) {
    Round served = null;
    while (!closed) {
      for (int spun = 0; current == served && !closed; spun++) {
        pause(spun);
      }
      served = current;
      if (served != null) {
        served.takeItems(worker);
      }
    }
  }

  private void pause(int spun) {
    if (spun < spins) {
      Thread.onSpinWait();
    } else {
      LockSupport.park(this);
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
