package org.raphe.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.RunException;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.device.CompetitiveCases;
import org.raphe.backend.device.DeviceCase;
import org.raphe.backend.device.FaultPlan;
import org.raphe.learning.LearningSpec;
import org.raphe.network.Mode;
import org.raphe.network.NeuronModel;
import org.raphe.rule.AssociativeReadout;
import org.raphe.rule.Naca;

/** Whatever was taken from a device is given back, also where a call of it failed. */
@NeedsOpenCl
class OpenClResourcesTest {
  private static OpenClBackend device;

  /** What a backend holds that has compiled all programs of the case that is failed. */
  private static long compiled;

  /** What that case comes to. */
  private static List<String> expected;

  @BeforeAll
  static void open() {
    device = open(FaultPlan.none());
    expected = given(NeuronModel.LIF, Mode.CLASS_CONTINUAL).observe(device, false);
    compiled = device.resources().held();
  }

  @AfterAll
  static void nothingIsHeldByAClosedBackend() {
    if (device != null) {
      device.close();
      assertEquals(0, device.resources().held());
      assertEquals(0, device.resources().bytes());
    }
  }

  private static OpenClBackend open(FaultPlan faults) {
    return new OpenClBackend(NeedsOpenCl.Device.number(), null, faults, source -> source);
  }

  private static DeviceCase given(NeuronModel neuron, Mode mode) {
    LearningSpec learning = LearningSpec.published(mode, new Naca());
    int steps = neuron == NeuronModel.LIF ? 2 : 1;
    return new DeviceCase("9-5-3", neuron, mode, learning, steps, 3, false);
  }

  @ParameterizedTest
  @CsvSource({
    "LIF, CLASSIFICATION",
    "LIF, CLASS_CONTINUAL",
    "RATE, CLASSIFICATION",
    "RATE, CLASS_CONTINUAL"
  })
  void aBatchTakesAtMostSixLaunchesAndGivesAllBack(NeuronModel neuron, Mode mode) {
    assertLaunchesLittleAndGivesAllBack(given(neuron, mode), 4, 6);
  }

  @ParameterizedTest
  @CsvSource({"WINNER, 5", "RLS, 6"})
  void aBatchOfCompetingColumnsGivesAllBack(AssociativeReadout readout, int launches) {
    DeviceCase given = CompetitiveCases.small(readout, 3);
    assertLaunchesLittleAndGivesAllBack(given, launches, launches);
  }

  private static void assertLaunchesLittleAndGivesAllBack(DeviceCase given, int least, int most) {
    given.observe(device, false); // Programs are compiled once and kept.
    long held = device.resources().held();
    long bytes = device.resources().bytes();
    try (PlacedNetwork placed = device.place(given.placement());
        PlacedSamples shown = placed.placeSamples(given.samples(6))) {
      assertTrue(device.resources().bytes() > bytes);
      int[] order = DeviceCase.order(6, 1);
      for (int from = 0; from < 4; from++) {
        long before = device.resources().launches();
        BatchSchedule.train(placed, shown, order, from, 3 - from % 2, 1, 1, 1.0);
        placed.takeCounters(); // Sends what was kept.
        assertLaunches(least, most, device.resources().launches() - before);
        before = device.resources().launches();
        BatchSchedule.test(placed, shown, order, from, 3 - from % 2, 1);
        placed.takeCounters();
        assertLaunches(2, 6, device.resources().launches() - before);
      }
    }
    assertEquals(held, device.resources().held());
    assertEquals(bytes, device.resources().bytes());
  }

  private static void assertLaunches(long least, long most, long launches) {
    assertTrue(launches >= least && launches <= most, launches + " launches");
  }

  @Test
  void deviceMemoryStaysTheSameOverAThousandBatches() {
    DeviceCase given = given(NeuronModel.LIF, Mode.CLASS_CONTINUAL);
    try (PlacedNetwork placed = device.place(given.placement());
        PlacedSamples shown = placed.placeSamples(given.samples(6))) {
      long held = 0;
      long bytes = 0;
      for (int batch = 1; batch <= 1000; batch++) {
        int[] order = DeviceCase.order(6, batch);
        BatchSchedule.train(placed, shown, order, batch % 4, 3 - batch % 2, batch, batch, 1.0);
        BatchSchedule.test(placed, shown, order, 0, 3, 1);
        placed.takeCounters();
        if (batch == 1) {
          held = device.resources().held();
          bytes = device.resources().bytes();
        }
      }
      assertEquals(held, device.resources().held());
      assertEquals(bytes, device.resources().bytes());
    }
  }

  /**
   * Calls past those of the opening (which holds nothing if it fails) are failed in turn, some of
   * each kind: while networks are placed, samples written, kernels made and batches run.
   */
  @ParameterizedTest
  @CsvSource({
    "clCreateBuffer, 2, 5",
    "clEnqueueWriteBuffer, 2, 17",
    "clCreateProgramWithSource, 2, 3",
    "clBuildProgram, 2, 2",
    "clCreateKernel, 2, 3",
    "clSetKernelArg, 9, 41",
    "clEnqueueNDRangeKernel, 2, 5",
    "clEnqueueReadBuffer, 2, 13",
    "clFinish, 1, 1"
  })
  void aFailedCallLeavesNothingBehind(String call, int first, int stride) {
    int failures = 0;
    for (int which = first; failed(call + ":" + which + ":-5"); which += stride) {
      failures++;
    }
    assertTrue(failures > 0, call + " is never made");
  }

  @ParameterizedTest
  @CsvSource({"clCreateBuffer, 2, 3", "clEnqueueNDRangeKernel, 2, 3", "clSetKernelArg, 9, 41"})
  void aFailedCallOfCompetingColumnsLeavesNothingBehind(String call, int first, int stride) {
    DeviceCase given = CompetitiveCases.small(AssociativeReadout.RLS, 3);
    List<String> unfailed = given.observe(device, false);
    int failures = 0;
    for (int which = first; failed(given, call + ":" + which + ":-5", unfailed); which += stride) {
      failures++;
    }
    assertTrue(failures > 0, call + " is never made");
  }

  /** Whether the plan struck; checks that memory came back, and that the network still works. */
  private static boolean failed(DeviceCase given, String plan, List<String> unfailed) {
    boolean failed = false;
    OpenClBackend backend = open(FaultPlan.parse(plan));
    try (backend) {
      try {
        given.observe(backend, false);
      } catch (RunException e) {
        failed = true;
      }
      assertEquals(0, backend.resources().bytes(), plan);
      if (failed) {
        assertEquals(unfailed, given.observe(backend, false), plan);
      }
    }
    assertEquals(0, backend.resources().held(), plan);
    return failed;
  }

  /** Whether the plan struck; checks that memory came back, and that the backend still works. */
  private static boolean failed(String plan) {
    DeviceCase given = given(NeuronModel.LIF, Mode.CLASS_CONTINUAL);
    OpenClBackend backend = open(FaultPlan.parse(plan));
    RunException failure = null;
    try (backend) {
      try {
        given.observe(backend, false);
      } catch (RunException e) {
        failure = e;
        assertTrue(e.getMessage().contains(plan.substring(0, plan.indexOf(':'))), e.getMessage());
      }
      assertEquals(0, backend.resources().bytes(), plan);
      if (failure != null) {
        assertEquals(expected, given.observe(backend, false), plan);
      }
      assertEquals(compiled, backend.resources().held(), plan);
    }
    assertEquals(0, backend.resources().held(), plan);
    assertEquals(0, backend.resources().bytes(), plan);
    return failure != null;
  }
}
