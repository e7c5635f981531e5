package org.raphe.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.learning.Optimizer;
import org.raphe.learning.OptimizerStep;
import org.raphe.network.Dense;
import org.raphe.network.LayerParameters;

/** One bias, driven by given gradients for 1000 steps, against the formulas in double precision. */
class OptimizerUpdateTest {
  private static final int STEPS = 1000;

  private final TiledLayer layer = new TiledLayer(new Dense(1, 1, true));
  private final Credit credit = new Credit(layer, 1, 1);
  private final SplittableRandom random = new SplittableRandom(6);

  private void update(float gradient, Optimizer optimizer, int t) {
    credit.values[0] = gradient;
    credit.alive[0] = gradient == 0f ? 0 : 1;
    new PlainKernels().learnBiases(credit, null, 1, layer, 0, optimizer.step(t, 1));
  }

  /** Gradients of changing sign, a tenth of them 0. */
  private float nextGradient(float size) {
    return random.nextInt(10) == 0 ? 0f : (float) random.nextDouble(-0.5, 1) * size;
  }

  @ParameterizedTest
  @ValueSource(floats = {1e-6f, 1f, 1000f})
  void adamFollowsItsFormulas(float size) {
    double m = 0;
    double v = 0;
    double w = 0;
    for (int t = 1; t <= STEPS; t++) {
      float g = nextGradient(size);
      update(g, Optimizer.Adam.of(1e-3), t);
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * (double) g * g;
      double corrected = v / (1 - Math.pow(0.999, t));
      w -= 1e-3 * m / (1 - Math.pow(0.9, t)) / (Math.sqrt(corrected) + 1e-8);
      assertEquals(w, layer.biases[0], 2e-6 + 2e-5 * Math.abs(w), "step " + t);
    }
    assertEquals(m, layer.biasFirstMoments[0], 1e-5 * Math.abs(m));
    assertEquals(v, layer.biasSecondMoments[0], 1e-4 * v);
  }

  @Test
  void descentFollowsItsFormula() {
    double w = 0;
    for (int t = 1; t <= STEPS; t++) {
      float g = nextGradient(1f);
      update(g, new Optimizer.Sgd(0.01), t);
      w -= 0.01 * g;
      assertEquals(w, layer.biases[0], 1e-5, "step " + t);
    }
    assertEquals(0f, layer.biasFirstMoments[0]);
  }

  @Test
  void probeWritesTheGradientAndNothingElse() {
    update(0.75f, new Optimizer.GradientProbe(), 1);
    assertEquals(0.75f, layer.biasFirstMoments[0]);
    assertEquals(0f, layer.biasSecondMoments[0]);
    assertEquals(0f, layer.biases[0]);
  }

  /** The same for a weight whose input falls silent: rows that once had a gradient go on. */
  @ParameterizedTest
  @ValueSource(strings = {"plain", "vector"})
  void adamMovesWeightsOfSilentInputsOn(String kernels) {
    credit.values[0] = 1f;
    InputRows rows = new InputRows();
    for (int t = 1; t <= 20; t++) {
      rows.listValues(new float[] {t < 10 ? 1f : 0f}, 1, 1, 0, 1);
      float before = layer.weights[0];
      OptimizerStep step = Optimizer.Adam.of(1e-3).step(t, 1);
      KernelChoice.named(kernels).kernels().learnValues(rows, null, credit, layer, 0, 1, step);
      assertEquals(-1, Math.signum(layer.weights[0] - before), "step " + t);
    }
  }

  /** Moments that are written back, as after a pause, move a silent input's weights too. */
  @Test
  void writtenMomentsMoveWeightsOfSilentInputs() {
    LayerParameters first = new LayerParameters(new float[] {0.5f}, new float[1]);
    LayerParameters second = new LayerParameters(new float[] {0.25f}, new float[1]);
    layer.writeMoments(first, second);
    InputRows rows = new InputRows();
    rows.listValues(new float[1], 1, 1, 0, 1);
    OptimizerStep step = Optimizer.Adam.of(1e-3).step(5, 1);
    new PlainKernels().learnValues(rows, null, credit, layer, 0, 1, step);
    double m = 0.9 * 0.5 / (1 - Math.pow(0.9, 5));
    double v = 0.999 * 0.25 / (1 - Math.pow(0.999, 5));
    assertEquals(-1e-3 * m / (Math.sqrt(v) + 1e-8), layer.weights[0], 1e-8);
  }

  /** Steps 10..20 have no gradient, but Adam's moments move the weight on. */
  @Test
  void adamMovesOnWithoutGradient() {
    for (int t = 1; t <= 20; t++) {
      float before = layer.biases[0];
      update(t < 10 ? 1f : 0f, Optimizer.Adam.of(1e-3), t);
      assertEquals(-1, Math.signum(layer.biases[0] - before), "step " + t);
    }
  }
}
