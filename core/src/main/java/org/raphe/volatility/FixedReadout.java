package org.raphe.volatility;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.raphe.tensor.NamedTensors;
import org.raphe.tensor.Tensor;
import org.raphe.volatility.LearnerSpec.Descent;
import org.raphe.volatility.LearnerSpec.Restart;

/**
 * One read-out that learns by the delta rule with settings that never change, and may be begun anew
 * when something says so.
 *
 * <pre>
 *   g = sum over the batch of x (onehot - softmax(x V))
 *   sgd        V += rate g                          with decay: V -= rate decay V before it
 *   momentum   v = 0.9 v + g;   V += rate v
 *   adam       m += 0.1 (g - m);   s += 0.001 (g^2 - s);   V += rate (m / c1) / (sqrt(s / c2) + 1e-8)
 * </pre>
 */
final class FixedReadout implements StreamLearner {
  private static final float MOMENTUM = 0.9f;
  private static final float FIRST = 0.1f;
  private static final float SECOND = 0.001f;
  private static final float EPSILON = 1e-8f;

  private final String name;
  private final Descent descent;
  private final float rate;
  private final float decay;
  private final Restart restart;
  private final DriftDetection detection = new DriftDetection();
  private final int units;
  private final int classes;
  private final DenseReadout readout;
  private final float[] weights;
  private final float[] first;
  private final float[] second;
  private float steps;
  private long products;

  FixedReadout(
      String name,
      Descent descent,
      float rate,
      float decay,
      Restart restart,
      int units,
      int classes) {
    this.name = name;
    this.descent = descent;
    this.rate = rate;
    this.decay = decay;
    this.restart = restart;
    this.units = units;
    this.classes = classes;
    readout = new DenseReadout(units, classes);
    weights = new float[units * classes];
    first = new float[descent == Descent.SGD ? 0 : weights.length];
    second = new float[descent == Descent.ADAM ? weights.length : 0];
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void learn(StreamBatch batch, int[] answers) {
    boolean begins = restart == Restart.SWITCH && batch.switched();
    readout.forward(batch, weights);
    readout.answers(batch.count(), answers);
    if (restart == Restart.DRIFT) {
      begins = detection.observe(readout.hits(batch), batch.count());
    }
    if (begins) {
      begin();
      readout.forward(batch, weights);
    }
    readout.errors(batch);
    steps++;
    float correction = 1f - (float) StrictMath.pow(1f - FIRST, steps);
    float rooted = 1f - (float) StrictMath.pow(1f - SECOND, steps);
    for (int unit = 0; unit < units; unit++) {
      float[] gradient = readout.gradient(batch, unit);
      for (int k = 0; k < classes; k++) {
        step(unit * classes + k, gradient[k], correction, rooted);
      }
    }
    products += 2 * readout.products(batch);
  }

  private void begin() {
    Arrays.fill(weights, 0f);
    Arrays.fill(first, 0f);
    Arrays.fill(second, 0f);
    steps = 0;
  }

  private void step(int at, float gradient, float correction, float rooted) {
    switch (descent) {
      case SGD -> {
        float kept = decay == 0f ? weights[at] : Math.fma(-rate * decay, weights[at], weights[at]);
        weights[at] = Math.fma(rate, gradient, kept);
      }
      case MOMENTUM -> {
        first[at] = Math.fma(MOMENTUM, first[at], gradient);
        weights[at] = Math.fma(rate, first[at], weights[at]);
      }
      case ADAM -> {
        first[at] = Math.fma(FIRST, gradient - first[at], first[at]);
        second[at] = Math.fma(SECOND, gradient * gradient - second[at], second[at]);
        float root = (float) Math.sqrt(second[at] / rooted) + EPSILON;
        weights[at] = Math.fma(rate, first[at] / correction / root, weights[at]);
      }
    }
  }

  @Override
  public long products() {
    return products;
  }

  @Override
  public NamedTensors state() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("weights", new Tensor(List.of(units, classes), weights));
    tensors.put("first", new Tensor(List.of(first.length), first));
    tensors.put("second", new Tensor(List.of(second.length), second));
    tensors.put("steps", new Tensor(List.of(1), new float[] {steps}));
    tensors.put("detection", detection.state());
    return new NamedTensors(tensors);
  }

  @Override
  public void restore(NamedTensors state) {
    System.arraycopy(state.values("weights"), 0, weights, 0, weights.length);
    System.arraycopy(state.values("first"), 0, first, 0, first.length);
    System.arraycopy(state.values("second"), 0, second, 0, second.length);
    steps = state.values("steps")[0];
    detection.restore(state.values("detection"));
  }
}
