package org.raphe.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.raphe.data.Samples;
import org.raphe.network.InputShape;

/** All means are multiples of 1/8, so that no rounding hides a wrong one. */
class InputGateTest {

  private static float[] gates(float[] features, int samples, float margin, int units) {
    int inputs = features.length / samples;
    Samples given =
        Samples.ofFeatures("given", InputShape.vector(inputs), 2, features, new int[samples]);
    int[] indices = new int[samples];
    for (int k = 0; k < samples; k++) {
      indices[k] = k;
    }
    InputGate gate = new InputGate(inputs);
    gate.average(given, indices, samples);
    float[] gates = new float[units];
    gate.open(margin, units, gates);
    return gates;
  }

  /** Unit 0 sees input 0 and unit 1 input 2; input 1, the largest of all, is seen by none. */
  @Test
  void theLargestIsTakenAfterResizing() {
    float[] gates = gates(new float[] {0.125f, 0.875f, 0.25f, 0.5f}, 1, 0.125f, 2);
    assertArrayEquals(new float[] {0.5f, 1f}, gates);
  }

  @Test
  void aLayerWiderThanTheInputRepeatsIt() {
    float[] gates = gates(new float[] {0.25f, 0.5f}, 1, 0.25f, 5);
    assertArrayEquals(new float[] {0.5f, 0.5f, 0.5f, 1f, 1f}, gates);
  }

  @Test
  void theMeanRunsOverTheBatch() {
    float[] features = {0.5f, 0f, 0.25f, 1f, 0f, 0.125f};
    float[] gates = gates(features, 2, 0.5625f, 3);
    assertArrayEquals(
        new float[] {1f, 0f, 0.5f}, new float[] {gates[0], gates[1], gates[2]}, 1e-30f);
  }

  @Test
  void gatesFollowTheLogisticOfAThousandTimesTheDistance() {
    float[] gates = gates(new float[] {0.5f, 0.498f, 0.497f, 0.495f}, 1, 0.003f, 4);
    for (int unit = 0; unit < 4; unit++) {
      double distance = new double[] {0.003, 0.001, 0, -0.002}[unit];
      assertEquals(1 / (1 + Math.exp(-1000 * distance)), gates[unit], 1e-4);
    }
  }

  @Test
  void onlyTheGivenSamplesCount() {
    Samples given =
        Samples.ofFeatures(
            "given", InputShape.vector(2), 2, new float[] {9f, 0f, 0.5f, 0.25f}, new int[2]);
    InputGate gate = new InputGate(2);
    gate.average(given, new int[] {1, 0}, 1);
    float[] gates = new float[2];
    gate.open(0.25f, 2, gates);
    assertArrayEquals(new float[] {1f, 0.5f}, gates);
  }
}
