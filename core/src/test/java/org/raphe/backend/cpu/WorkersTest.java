package org.raphe.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class WorkersTest {

  private static void assertEveryItemOnce(Workers workers, int items) {
    AtomicIntegerArray runs = new AtomicIntegerArray(Math.max(1, items));
    workers.run(items, (item, worker) -> runs.incrementAndGet(item));
    for (int item = 0; item < items; item++) {
      assertEquals(1, runs.get(item), "item " + item);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,0", "1,1", "1,5", "2,0", "2,1", "2,2", "2,1000", "3,2", "7,3", "7,1000"})
  void everyItemRunsOnce(int threads, int items) {
    try (Workers workers = new Workers(threads)) {
      assertEquals(threads, workers.count());
      assertEveryItemOnce(workers, items);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void manyRoundsFollowEachOther(int threads) {
    int rounds = 1000;
    int items = 13;
    long[] sums = new long[items];
    try (Workers workers = new Workers(threads)) {
      for (int round = 0; round < rounds; round++) {
        int term = round;
        workers.run(items, (item, worker) -> sums[item] += term);
      }
    }
    for (long sum : sums) {
      assertEquals((long) rounds * (rounds - 1) / 2, sum);
    }
  }

  /** The caller's items are done first; it must wait for those of the others. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7})
  void theCallerWaitsForEveryItem(int threads) {
    try (Workers workers = new Workers(threads)) {
      for (int round = 0; round < 20; round++) {
        AtomicIntegerArray done = new AtomicIntegerArray(threads);
        workers.run(
            threads,
            (item, worker) -> {
              LockSupport.parkNanos(worker == 0 ? 200_000 : 2_000_000);
              done.set(item, 1);
            });
        for (int item = 0; item < threads; item++) {
          assertEquals(1, done.get(item), "item " + item + " of round " + round);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7})
  void workersThatRunTogetherHaveDifferentNumbers(int threads) {
    Set<Integer> busy = ConcurrentHashMap.newKeySet();
    try (Workers workers = new Workers(threads)) {
      workers.run(
          2000,
          (item, worker) -> {
            assertTrue(worker >= 0 && worker < threads);
            assertTrue(busy.add(worker), "two threads are worker " + worker);
            Thread.onSpinWait();
            busy.remove(worker);
          });
    }
  }

  @ParameterizedTest
  @CsvSource({"1,0", "1,99", "2,0", "2,57", "3,99", "7,1"})
  void anExceptionReachesTheCallerAndTheTeamStillWorks(int threads, int culprit) {
    IllegalArgumentException fault = new IllegalArgumentException("item " + culprit);
    try (Workers workers = new Workers(threads)) {
      for (int round = 0; round < 20; round++) {
        IllegalArgumentException thrown =
            assertThrows(
                IllegalArgumentException.class,
                () -> workers.run(100, (item, worker) -> throwAt(item, culprit, fault)));
        assertSame(fault, thrown);
        assertEveryItemOnce(workers, 100);
      }
    }
  }

  private static void throwAt(int item, int culprit, RuntimeException fault) {
    if (item == culprit) {
      throw fault;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void everyItemMayThrow(int threads) {
    try (Workers workers = new Workers(threads)) {
      assertThrows(
          IllegalStateException.class,
          () ->
              workers.run(
                  100,
                  (item, worker) -> {
                    throw new IllegalStateException("item " + item);
                  }));
      assertEveryItemOnce(workers, 100);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void anErrorReachesTheCaller(int threads) {
    AssertionError fault = new AssertionError("broken");
    try (Workers workers = new Workers(threads)) {
      Throwable thrown =
          assertThrows(
              Throwable.class,
              () ->
                  workers.run(
                      100,
                      (item, worker) -> {
                        throw fault;
                      }));
      assertTrue(thrown == fault || thrown.getCause() == fault, thrown.toString());
      assertEveryItemOnce(workers, 100);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void closingTwiceIsHarmless(int threads) {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Workers workers = new Workers(threads);
    assertEveryItemOnce(workers, 10);
    Set<Thread> started = new HashSet<>(Thread.getAllStackTraces().keySet());
    started.removeAll(before);
    started.removeIf(thread -> !thread.getName().startsWith("raphe-cpu-"));
    assertEquals(threads - 1, started.size());
    assertTimeout(
        Duration.ofSeconds(10),
        () -> {
          workers.close();
          workers.close();
        });
    assertTrue(started.stream().noneMatch(Thread::isAlive));
  }
}
