package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.InputException;

/** Which job of a sweep has which device. */
class DevicePoolTest {

  /** 200 jobs that overlap: on no device more at a time than its share, and each is used. */
  @ParameterizedTest
  @CsvSource({"4, 1", "8, 2", "3, 1", "6, 2"})
  void noDeviceHasMoreThanItsShare(int jobs, int share) throws Exception {
    List<Integer> devices = List.of(0, 1, 2, 5);
    DevicePool pool = DevicePool.of(devices, jobs);
    Map<Integer, Integer> busy = new HashMap<>();
    Map<Integer, Integer> most = new HashMap<>();
    ExecutorService workers = Executors.newFixedThreadPool(jobs);
    List<Future<?>> ends = new ArrayList<>();
    for (int job = 0; job < 200; job++) {
      ends.add(
          workers.submit(
              () -> {
                Integer device = pool.take();
                synchronized (busy) {
                  most.merge(device, busy.merge(device, 1, Integer::sum), Math::max);
                }
                Thread.sleep(1);
                synchronized (busy) {
                  busy.merge(device, -1, Integer::sum);
                }
                pool.giveBack(device);
                return null;
              }));
    }
    for (Future<?> end : ends) {
      end.get(60, TimeUnit.SECONDS);
    }
    workers.shutdown();
    assertTrue(most.values().stream().allMatch(count -> count <= share), most.toString());
    assertEquals(devices.subList(0, Math.min(jobs, 4)), most.keySet().stream().sorted().toList());
  }

  @Test
  void withoutDevicesRunsAreGivenNone() throws InterruptedException {
    DevicePool none = DevicePool.of(List.of(), 3);
    assertNull(none.take());
    none.giveBack(null);
    assertNull(none.take());
  }

  @Test
  void aDeviceIsANumberGivenOnce() {
    assertThrows(InputException.class, () -> DevicePool.of(List.of(0, 0), 2));
    assertThrows(InputException.class, () -> DevicePool.of(List.of(-1), 1));
  }
}
