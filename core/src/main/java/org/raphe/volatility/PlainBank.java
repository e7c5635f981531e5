package org.raphe.volatility;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.raphe.InputException;
import org.raphe.tensor.NamedTensors;
import org.raphe.tensor.Tensor;

/**
 * A bank of read-outs without modulators, after the way recurring concepts are handled with drift
 * detectors (Goncalves and De Barros, "RCD: a recurring concept drift framework", Pattern
 * Recognition Letters 34, 2013): where drift is detected an empty read-out opens, all answer a
 * fixed number of samples while the new one learns, and the one of most right answers goes on. One
 * learning rate, never changed.
 */
final class PlainBank implements StreamLearner {
  private final String name;
  private final float rate;
  private final int probe;
  private final int units;
  private final int classes;
  private final DriftDetection detection = new DriftDetection();
  private final DenseReadout[] readouts;
  private final float[][] weights;

  /** Right answers in the comparison, [readout], and samples learned, [readout]. */
  private final float[] right;

  private final float[] learned;
  private final boolean[] used;
  private int active;
  private int speaker;
  private int opened = -1;
  private float probed;
  private long products;

  PlainBank(String name, float rate, int probe, int capacity, int units, int classes) {
    this.name = name;
    this.rate = rate;
    this.probe = probe;
    this.units = units;
    this.classes = classes;
    readouts = new DenseReadout[capacity];
    Arrays.setAll(readouts, k -> new DenseReadout(units, classes));
    weights = new float[capacity][units * classes];
    right = new float[capacity];
    learned = new float[capacity];
    used = new boolean[capacity];
    used[0] = true;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void learn(StreamBatch batch, int[] answers) {
    int[] hits = new int[readouts.length];
    for (int readout = 0; readout < readouts.length; readout++) {
      boolean asked = opened < 0 ? readout == active : used[readout];
      if (asked) {
        readouts[readout].forward(batch, weights[readout]);
        hits[readout] = readouts[readout].hits(batch);
        products += readouts[readout].products(batch);
      }
    }
    readouts[speaker].answers(batch.count(), answers);
    int learner = opened < 0 ? active : opened;
    teach(batch, learner);
    if (opened < 0) {
      if (detection.observe(hits[active], batch.count())) {
        open();
      }
    } else {
      compare(hits, batch.count());
    }
  }

  private void teach(StreamBatch batch, int learner) {
    readouts[learner].errors(batch);
    readouts[learner].learn(batch, rate, weights[learner]);
    learned[learner] += batch.count();
    products += readouts[learner].products(batch);
  }

  private void open() {
    opened = -1;
    for (int readout = 0; readout < used.length; readout++) {
      boolean better = opened < 0 || learned[readout] < learned[opened];
      if (!used[readout]) {
        opened = readout;
        break;
      }
      if (readout != active && better) {
        opened = readout;
      }
    }
    used[opened] = true;
    learned[opened] = 0f;
    Arrays.fill(weights[opened], 0f);
    Arrays.fill(right, 0f);
    probed = 0f;
  }

  private void compare(int[] hits, int count) {
    int best = active;
    for (int readout = 0; readout < used.length; readout++) {
      if (used[readout]) {
        right[readout] += hits[readout];
        best = right[readout] > right[best] ? readout : best;
      }
    }
    speaker = best;
    probed += count;
    if (probed >= probe) {
      used[opened] = best == opened;
      active = best;
      opened = -1;
    }
  }

  @Override
  public long products() {
    return products;
  }

  @Override
  public NamedTensors state() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("numbers", new Tensor(List.of(4), new float[] {active, speaker, opened, probed}));
    float[] flags = new float[used.length];
    for (int readout = 0; readout < flags.length; readout++) {
      flags[readout] = used[readout] ? 1f : 0f;
    }
    tensors.put("used", new Tensor(List.of(flags.length), flags));
    tensors.put("right", new Tensor(List.of(right.length), right));
    tensors.put("learned", new Tensor(List.of(learned.length), learned));
    tensors.put("detection", detection.state());
    DenseReadout.keep(weights, units, classes, tensors);
    return new NamedTensors(tensors);
  }

  @Override
  public void restore(NamedTensors state) {
    float[] numbers = state.values("numbers");
    for (int k = 0; k < 3; k++) {
      int least = k == 2 ? -1 : 0;
      if (!(numbers[k] >= least && numbers[k] < used.length && numbers[k] == (int) numbers[k])) {
        throw new InputException(
            "a bank of " + used.length + " read-outs has none of number " + numbers[k]);
      }
    }
    active = (int) numbers[0];
    speaker = (int) numbers[1];
    opened = (int) numbers[2];
    probed = numbers[3];
    for (int readout = 0; readout < used.length; readout++) {
      used[readout] = state.values("used")[readout] != 0f;
    }
    DenseReadout.restore(state, weights);
    System.arraycopy(state.values("right"), 0, right, 0, right.length);
    System.arraycopy(state.values("learned"), 0, learned, 0, learned.length);
    detection.restore(state.values("detection"));
  }
}
