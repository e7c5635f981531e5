package org.raphe.volatility;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DriftDetectionTest {
  @Test
  void driftIsDetectedWhereErrorsRiseAndNotBefore() {
    DriftDetection detection = new DriftDetection();
    for (int batch = 0; batch < 100; batch++) {
      assertTrue(!detection.observe(8, 10), "at a steady rate");
    }
    int batches = 1;
    while (!detection.observe(2, 10)) {
      batches++;
      assertTrue(batches < 40, "errors went from 0.2 to 0.8");
    }
    assertTrue(batches > 2, "one batch is no drift");
  }
}
