package org.raphe.volatility;

import java.util.List;
import java.util.Map;
import org.raphe.backend.PredictedClass;
import org.raphe.backend.cpu.ReadoutError;
import org.raphe.tensor.NamedTensors;
import org.raphe.tensor.Tensor;

/**
 * A read-out's arithmetic: o = x V, its answers, and the delta rule's gradient (Widrow and Hoff
 * 1960) of softmax and cross-entropy. Every sum is a chain of fma from +0, units and samples
 * ascending; docs/NUMERICS.md, section 18.
 *
 * <p>Its arrays are one batch's; not safe for use by two threads.
 */
final class DenseReadout {
  private final int units;
  private final int classes;

  /** o, [sample][class]. */
  private float[] logits = new float[0];

  /** onehot - softmax(o), [sample][class]. */
  private float[] errors = new float[0];

  private final float[] probability;
  private final float[] row;

  DenseReadout(int units, int classes) {
    this.units = units;
    this.classes = classes;
    probability = new float[classes];
    row = new float[classes];
  }

  /**
   * o = x V.
   *
   * @param weights V, [unit][class]
   */
  void forward(StreamBatch batch, float[] weights) {
    if (logits.length < batch.count() * classes) {
      logits = new float[batch.count() * classes];
      errors = new float[batch.count() * classes];
    }
    for (int sample = 0; sample < batch.count(); sample++) {
      for (int k = 0; k < classes; k += LANES) {
        if (k + LANES <= classes) {
          lanes(batch.activity(), sample * units, weights, k, sample * classes + k);
        } else {
          for (int rest = k; rest < classes; rest++) {
            one(batch.activity(), sample * units, weights, rest, sample * classes + rest);
          }
        }
      }
    }
  }

  /** Chains that run side by side: enough that each waits for none of its own steps. */
  private static final int LANES = 5;

  private void lanes(float[] x, int xAt, float[] weights, int k, int to) {
    float a = 0f;
    float b = 0f;
    float c = 0f;
    float d = 0f;
    float e = 0f;
    for (int unit = 0, at = k; unit < units; unit++, at += classes) {
      float value = x[xAt + unit];
      a = Math.fma(value, weights[at], a);
      b = Math.fma(value, weights[at + 1], b);
      c = Math.fma(value, weights[at + 2], c);
      d = Math.fma(value, weights[at + 3], d);
      e = Math.fma(value, weights[at + 4], e);
    }
    logits[to] = a;
    logits[to + 1] = b;
    logits[to + 2] = c;
    logits[to + 3] = d;
    logits[to + 4] = e;
  }

  private void one(float[] x, int xAt, float[] weights, int k, int to) {
    float sum = 0f;
    for (int unit = 0, at = k; unit < units; unit++, at += classes) {
      sum = Math.fma(x[xAt + unit], weights[at], sum);
    }
    logits[to] = sum;
  }

  /** The class told for each sample: of the largest o, of equal ones the lowest. */
  void answers(int count, int[] answers) {
    for (int sample = 0; sample < count; sample++) {
      answers[sample] = PredictedClass.of(logits, sample * classes, classes);
    }
  }

  /** Samples whose largest o is that of the label given. */
  int hits(StreamBatch batch) {
    int hits = 0;
    for (int sample = 0; sample < batch.count(); sample++) {
      int told = PredictedClass.of(logits, sample * classes, classes);
      hits += told == batch.labels()[sample] ? 1 : 0;
    }
    return hits;
  }

  /** Makes the errors of the labels given: onehot - softmax(o). */
  void errors(StreamBatch batch) {
    for (int sample = 0; sample < batch.count(); sample++) {
      int at = sample * classes;
      ReadoutError.softmax(logits, at, classes, 1f, probability);
      for (int k = 0; k < classes; k++) {
        errors[at + k] = (k == batch.labels()[sample] ? 1f : 0f) - probability[k];
      }
    }
  }

  /**
   * What the errors ask of one unit's weights, [class], samples ascending; overwritten by the next
   * call.
   */
  float[] gradient(StreamBatch batch, int unit) {
    int count = batch.count();
    float[] x = batch.byUnit();
    int from = unit * count;
    for (int k = 0; k < classes; k++) {
      row[k] = 0f;
    }
    for (int sample = 0; sample < count; sample++) {
      float value = x[from + sample];
      int at = sample * classes;
      for (int k = 0; k < classes; k++) {
        row[k] = Math.fma(value, errors[at + k], row[k]);
      }
    }
    return row;
  }

  /** The delta rule at one rate for all units: {@code V = fma(rate, gradient, V)}. */
  void learn(StreamBatch batch, float rate, float[] weights) {
    for (int unit = 0; unit < units; unit++) {
      learn(batch, unit, rate, weights);
    }
  }

  /** The same of one unit's weights, at a rate of its own. */
  void learn(StreamBatch batch, int unit, float rate, float[] weights) {
    float[] gradient = gradient(batch, unit);
    int at = unit * classes;
    for (int k = 0; k < classes; k++) {
      weights[at + k] = Math.fma(rate, gradient[k], weights[at + k]);
    }
  }

  /** Adds the weights of a bank, [readout][unit][class], to a learner's state. */
  static void keep(float[][] weights, int units, int classes, Map<String, Tensor> tensors) {
    for (int readout = 0; readout < weights.length; readout++) {
      tensors.put("readout." + readout, new Tensor(List.of(units, classes), weights[readout]));
    }
  }

  /** Takes the weights of a bank back from a learner's state. */
  static void restore(NamedTensors state, float[][] weights) {
    for (int readout = 0; readout < weights.length; readout++) {
      float[] kept = state.values("readout." + readout);
      System.arraycopy(kept, 0, weights[readout], 0, kept.length);
    }
  }

  /** Multiply-accumulates of one pass, forward or learning, over a batch. */
  long products(StreamBatch batch) {
    return (long) batch.count() * units * classes;
  }
}
