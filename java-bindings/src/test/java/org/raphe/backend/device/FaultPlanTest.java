package org.raphe.backend.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.InputException;

class FaultPlanTest {

  @Test
  void strikesTheChosenCallOnce() {
    FaultPlan plan = FaultPlan.parse("clCreateBuffer:2:-4");
    assertEquals(-4, plan.status());
    assertFalse(plan.strikes("clCreateBuffer"));
    assertFalse(plan.strikes("clCreateKernel"), "other calls are not counted");
    assertTrue(plan.strikes("clCreateBuffer"));
    assertFalse(plan.strikes("clCreateBuffer"));
  }

  @Test
  void noPlanNeverStrikes() {
    FaultPlan plan = FaultPlan.none();
    assertFalse(plan.strikes("clCreateBuffer"));
    assertFalse(plan.strikes(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "clCreateBuffer", "a:1", "a:1:2:3", "a:x:-4", "a:1:y", "a:1:", "a::-4"})
  void malformedPlansAreRefused(String text) {
    InputException refused = assertThrows(InputException.class, () -> FaultPlan.parse(text));
    assertEquals(
        "-Draphe.device.fault is \"" + text + "\"; it has the form CALL:NTH:STATUS",
        refused.getMessage());
  }
}
