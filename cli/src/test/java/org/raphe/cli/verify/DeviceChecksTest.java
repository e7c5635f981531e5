package org.raphe.cli.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.raphe.backend.device.LaunchTime;
import org.raphe.data.Dataset;
import org.raphe.datasets.DatasetCatalog;
import org.raphe.datasets.DatasetOptions;

/** Faults of a device that its bits do not show fail the check that is made for them. */
class DeviceChecksTest {
  private static final List<LaunchTime> TIMES =
      List.of(new LaunchTime("learn_spiking", 3), new LaunchTime("learn_spiking", 5));

  private static Dataset mnist;

  @BeforeAll
  static void load() {
    Dataset whole = DatasetCatalog.load("mnist", DatasetOptions.defaults());
    mnist = new Dataset(whole.name(), whole.train().first(320), whole.test().first(10));
  }

  private static Finding found(
      Check check, int launches, long kept, long lost, List<LaunchTime> times) {
    Task task = new Task(() -> new FakeDevice(launches, kept, lost, times), Scope.QUICK, mnist);
    return check.run(task);
  }

  @Test
  void memoryThatGrowsFails() {
    Finding right = found(new MemoryCheck(), 1, 0, 0, TIMES);
    assertEquals(Outcome.PASSED, right.outcome(), right.measured());
    Finding grown = found(new MemoryCheck(), 1, 64, 0, TIMES);
    assertEquals(Outcome.FAILED, grown.outcome());
    assertTrue(grown.measured().contains("bytes held at first, then "), grown.measured());
    assertTrue(grown.measured().contains("bytes not given back"), grown.measured());
  }

  @Test
  void freeMemoryThatShrinksFails() {
    Finding shrunk = found(new MemoryCheck(), 1, 0, 4096, TIMES);
    assertEquals(Outcome.FAILED, shrunk.outcome(), shrunk.measured());
    assertTrue(shrunk.measured().contains("held throughout, all given back"), shrunk.measured());
  }

  @Test
  void aDeviceThatDidNotTestItselfFails() {
    assertEquals(Outcome.PASSED, found(new SelfTestCheck(), 1, 0, 0, TIMES).outcome());
    assertEquals(Outcome.FAILED, found(new SelfTestCheck(), 0, 0, 0, TIMES).outcome());
  }

  @Test
  void launchesWithoutTimesAreNotAPass() {
    Finding timed = found(new KernelTimesCheck(), 1, 0, 0, TIMES);
    assertEquals(Outcome.PASSED, timed.outcome(), timed.measured());
    assertTrue(
        timed.details().stream().anyMatch(line -> line.contains("learn_spiking, again")),
        timed.details().toString());
    Finding untimed = found(new KernelTimesCheck(), 1, 0, 0, List.of());
    assertEquals(Outcome.NOT_RUN, untimed.outcome());
    Finding still = found(new KernelTimesCheck(), 1, 0, 0, List.of(new LaunchTime("answer", 0)));
    assertEquals(Outcome.FAILED, still.outcome(), "a clock that stands still");
  }
}
