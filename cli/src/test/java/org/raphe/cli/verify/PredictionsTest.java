package org.raphe.cli.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionsTest {

  @Test
  void aTableIsReadByItsFiveColumns() {
    Predictions table =
        Predictions.parse(
            List.of(
                "# a comment",
                "network,batch,kernel,launch,microseconds",
                "",
                "7-5-3 lif,32,answer,2,4.5",
                "7-5-3 lif,32,batch,0,9"));
    assertEquals(4.5, table.of("7-5-3 lif", 32, "answer", 2));
    assertNull(table.of("7-5-3 lif", 32, "answer", 1));
    assertEquals(9, table.ofBatch("7-5-3 lif", 32));
    assertNull(table.ofBatch("7-5-3 lif", 256));
  }

  @Test
  void aLineThatIsNoneIsAFault() {
    List<String> twice = List.of("heading", "a,1,b,1,2", "a,1,b,1,3");
    assertThrows(IllegalStateException.class, () -> Predictions.parse(twice));
    List<String> few = List.of("heading", "a,1,b,1");
    assertThrows(IllegalStateException.class, () -> Predictions.parse(few));
  }

  @Test
  void medians() {
    assertEquals(2, KernelTimes.median(List.of(9.0, 1.0, 2.0)));
    assertEquals(1.5, KernelTimes.median(List.of(9.0, 1.0, 2.0, 0.0)));
  }
}
