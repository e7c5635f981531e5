package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.raphe.energy.EnergyReading;
import org.raphe.energy.EnergySum;

/** Rates of repetitions, and energy of a sample where each repetition's was measured. */
class BenchTimingsTest {

  private static EnergySum joules(double joules) {
    EnergyReading reading = new EnergyReading(joules, "planted");
    return EnergySum.of(List.of(new EnergySum.Part("host", reading)));
  }

  @Test
  void energyIsTheMeanOverAllRepetitionsAndSpeedTheBest() {
    BenchTimings timings = new BenchTimings(400);
    assertTrue(timings.isEmpty());
    timings.add(2, 0.8, joules(3));
    timings.add(4, 0.4, joules(1));
    assertEquals("200 100", timings.rates());
    assertEquals(200, timings.best());
    assertEquals("5.000", timings.millijoules());
    assertEquals("1.000", timings.processorMilliseconds());
    assertNull(timings.notMeasured());
  }

  @Test
  void oneRepetitionThatWasNotMeasuredLeavesNoFigure() {
    BenchTimings timings = new BenchTimings(400);
    timings.add(2, 0.8, joules(3));
    timings.add(2, null, EnergySum.none("it was lost"));
    timings.add(2, 0.8, joules(3));
    assertEquals("not measured", timings.millijoules());
    assertEquals("not measured", timings.processorMilliseconds());
    assertEquals("not measured", timings.processorMilliseconds());
    assertEquals("not measured: it was lost", timings.notMeasured());
    assertEquals("200 200 200", timings.rates());
  }
}
