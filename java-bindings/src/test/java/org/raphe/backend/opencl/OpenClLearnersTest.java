package org.raphe.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.raphe.InputException;
import org.raphe.agent.CpuLearnerDevice;
import org.raphe.agent.LearnerConstants;
import org.raphe.agent.LearnerDevice;
import org.raphe.agent.LearnerSettings;
import org.raphe.agent.Shift;
import org.raphe.agent.StudyPlan;
import org.raphe.agent.StudyRun;
import org.raphe.agent.StudyState;
import org.raphe.backend.cpu.Workers;
import org.raphe.backend.device.FaultPlan;
import org.raphe.backend.device.LearnerStudy;

/** Studies of learners on an OpenCL device have the bits of the CPU's plain loops. */
@NeedsOpenCl
class OpenClLearnersTest {
  private static OpenClBackend device;

  @BeforeAll
  static void open() {
    device = new OpenClBackend(NeedsOpenCl.Device.number(), null, FaultPlan.none(), s -> s);
  }

  @AfterAll
  static void close() {
    if (device != null) {
      assertEquals(0, device.resources().bytes(), "all memory of studies is given back");
      device.close();
    }
  }

  @ParameterizedTest
  @EnumSource(Shift.class)
  void aWholeStudyEndsWithTheSameBits(Shift shift) {
    StudyPlan plan = LearnerStudy.whole(shift, 64, 60);
    assertSame(LearnerStudy.expected(plan), LearnerStudy.run(plan, device.learners()));
  }

  @Test
  void aStudyThatIsStoppedGoesOnElsewhereToTheSameBits() {
    StudyPlan plan = LearnerStudy.whole(Shift.REVERSAL, 5, 60);
    StudyState whole = LearnerStudy.expected(plan);
    try (Workers workers = new Workers(1)) {
      LearnerDevice cpu = new CpuLearnerDevice(CpuLearnerDevice.Kind.PLAIN, workers);
      StudyState here = LearnerStudy.run(plan, device.learners(), StudyRun.initial(), 4);
      assertTrue(here.trials() > 0, "stopped within a variant");
      StudyState there = LearnerStudy.run(plan, cpu, here, 3);
      assertTrue(there.trials() > 0, "stopped within a variant");
      assertSame(whole, LearnerStudy.run(plan, device.learners(), there, Integer.MAX_VALUE));
    }
  }

  private static void assertSame(StudyState expected, StudyState seen) {
    assertEquals(expected.digests(), seen.digests());
    for (String name : expected.tensors().tensors().keySet()) {
      assertArrayEquals(expected.tensors().values(name), seen.tensors().values(name), name);
    }
  }

  @Test
  void moreLearnersThanTheDeviceHoldsAreRefusedAtOnce() {
    LearnerConstants constants = new LearnerConstants(LearnerSettings.standard(), 4);
    LearnerDevice learners = device.learners();
    InputException refused =
        assertThrows(InputException.class, () -> learners.check(constants, Integer.MAX_VALUE));
    assertTrue(refused.getMessage().contains("choose at most"), refused.getMessage());
  }
}
