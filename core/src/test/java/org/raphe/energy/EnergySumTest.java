package org.raphe.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A sum is of all parts or it is none. */
class EnergySumTest {
  private static final EnergySum.Part HOST =
      new EnergySum.Part("host", new EnergyReading(2.5, "a counter"));
  private static final EnergySum.Part GPU =
      new EnergySum.Part("gpu", new EnergyReading(40.25, "another"));
  private static final EnergySum.Part LOST =
      new EnergySum.Part("gpu", EnergyReading.none("it was lost"));

  @Test
  void allPartsThatWereMeasuredAreSummed() {
    EnergySum sum = EnergySum.of(List.of(HOST, GPU));
    assertEquals(new EnergyReading(42.75, "sum of host: a counter; gpu: another"), sum.total());
    assertEquals(List.of(HOST, GPU), sum.parts());
  }

  @Test
  void aPartThatWasNotLeavesNoSumAndTheOtherPartAsItIs() {
    EnergySum sum = EnergySum.of(List.of(HOST, LOST));
    assertEquals(
        EnergyReading.none(
            "not all of it was, and a sum would pass for the whole: gpu: it was lost"),
        sum.total());
    assertEquals(List.of(HOST, LOST), sum.parts());
    assertEquals("it was lost", sum.parts().get(1).reading().reason());
  }

  @Test
  void theOnlyPartIsTheWhole() {
    assertEquals(HOST.reading(), EnergySum.of(List.of(HOST)).total());
    assertEquals(LOST.reading(), EnergySum.of(List.of(LOST)).total());
    assertEquals(EnergyReading.none("why"), EnergySum.none("why").total());
    assertEquals(List.of(), EnergySum.none("why").parts());
  }
}
