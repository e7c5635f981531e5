package org.raphe.backend.cpu;

import java.util.Arrays;
import java.util.Map;
import org.raphe.backend.NetworkState;
import org.raphe.learning.OptimizerStep;
import org.raphe.tensor.NamedTensors;
import org.raphe.tensor.Tensor;
import org.raphe.tensor.TensorSpec;

/**
 * A hidden layer's own head, which learns by the delta rule; sums go over samples, ascending, one
 * chain of fma from +0 each:
 *
 * <pre>
 *   dQ[j][k] = sum over samples of e_k r_j,   e = p - onehot,   r of the bias, the last unit, is 1
 * </pre>
 */
final class LearnedHead {
  private final TensorSpec spec;
  private final int classes;

  /** Units of the layer and the bias. */
  final int stride;

  /** Q transposed and the bias, [class][stride], and its moments. */
  final float[] weights;

  private final float[] firstMoments;
  private final float[] secondMoments;

  /** Of the batch at hand: r, [sample][stride], and e, [sample][class]. */
  private final float[] outputs;

  private final float[] errors;

  LearnedHead(TensorSpec spec, int batch) {
    this.spec = spec;
    classes = spec.shape().get(0);
    stride = spec.shape().get(1);
    weights = new float[spec.size()];
    firstMoments = new float[spec.size()];
    secondMoments = new float[spec.size()];
    outputs = new float[Math.multiplyExact(batch, stride)];
    errors = new float[batch * classes];
  }

  /** Notes what the layer emitted for a sample, and the head's error. */
  void note(int sample, float[] own, float[] error) {
    System.arraycopy(own, 0, outputs, sample * stride, stride - 1);
    outputs[sample * stride + stride - 1] = 1f;
    System.arraycopy(error, 0, errors, sample * classes, classes);
  }

  /** Learns a class's row from the batch. */
  void learn(int label, int samples, OptimizerStep step) {
    float[] gradient = new float[stride];
    for (int sample = 0; sample < samples; sample++) {
      float e = errors[sample * classes + label];
      int at = sample * stride;
      for (int unit = 0; unit < stride; unit++) {
        gradient[unit] = Math.fma(e, outputs[at + unit], gradient[unit]);
      }
    }
    OptimizerUpdate.apply(step, gradient, weights, firstMoments, secondMoments, label * stride);
  }

  /** What it has learned, by name. */
  NetworkState state() {
    return new NetworkState(
        new NamedTensors(Map.of(spec.name(), tensor(weights)))
            .and(new NamedTensors(Map.of(first(), tensor(firstMoments))))
            .and(new NamedTensors(Map.of(second(), tensor(secondMoments)))));
  }

  private Tensor tensor(float[] values) {
    return new Tensor(spec.shape(), Arrays.copyOf(values, values.length));
  }

  void write(NamedTensors state) {
    System.arraycopy(state.values(spec.name()), 0, weights, 0, weights.length);
    System.arraycopy(state.values(first()), 0, firstMoments, 0, weights.length);
    System.arraycopy(state.values(second()), 0, secondMoments, 0, weights.length);
  }

  private String first() {
    return spec.prefixed(NetworkState.FIRST_MOMENT).name();
  }

  private String second() {
    return spec.prefixed(NetworkState.SECOND_MOMENT).name();
  }
}
