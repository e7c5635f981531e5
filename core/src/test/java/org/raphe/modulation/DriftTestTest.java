package org.raphe.modulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DriftTestTest {
  /** The log likelihood ratio of error rate q against k, in double, from its definition. */
  @Test
  void evidenceIsTheLogLikelihoodRatio() {
    for (float k : new float[] {0.03f, 0.2f, 0.5f, 0.8f}) {
      double q = (k + 0.9) / 2;
      for (int wrong = 0; wrong <= 10; wrong++) {
        double ratio = wrong * Math.log(q / k) + (10 - wrong) * Math.log((1 - q) / (1 - k));
        float evidence = DriftTest.evidence(k, 0.9f, k - wrong / 10f, 10f);
        assertEquals(ratio, evidence, 2e-5 * Math.max(1, Math.abs(ratio)), k + " " + wrong);
      }
    }
  }

  @Test
  void gainFallsAsMoreErrorIsExpected() {
    float last = Float.POSITIVE_INFINITY;
    for (float k = 0.05f; k < 0.8f; k += 0.05f) {
      float gain = DriftTest.evidence(k, 0.9f, -1f, 1f) - DriftTest.evidence(k, 0.9f, 0f, 1f);
      assertTrue(gain > 0 && gain < last, k + " " + gain);
      last = gain;
    }
  }
}
