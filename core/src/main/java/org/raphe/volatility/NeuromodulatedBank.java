package org.raphe.volatility;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.raphe.neuromodulation.LevelDynamics;
import org.raphe.neuromodulation.Modulator;
import org.raphe.tensor.NamedTensors;
import org.raphe.tensor.Tensor;

/**
 * A bank of read-outs that modulators open, freeze, compare and consolidate: {@link BankLevels}
 * broadcasts, units receive through their densities d.
 *
 * <pre>
 *   learn(m)   V[m]_j += alpha_j sum over samples of x_j (onehot - softmax(x V[m]))
 *              alpha_j = rate max(1 - d5_j s_m, least) (1 - dA_j k)
 *   open(n)    V[n]_j  = hold(1 - 0.7 dN_j, 0, 1) V[a]_j
 * </pre>
 *
 * <p>The levers are the learning rate, driven by serotonin and acetylcholine together, and the
 * weight of what is old, driven by noradrenaline.
 */
final class NeuromodulatedBank implements StreamLearner {
  private final String name;
  private final BankSettings settings;
  private final BankLevels levels;
  private final boolean[] schedule;
  private final LevelRecord record;
  private final int units;
  private final int classes;
  private final float[][] weights;
  private final DenseReadout[] readouts;
  private final int[] hits;

  /** Receptor densities of serotonin and acetylcholine, [unit]. */
  private final float[] serotonin;

  private final float[] acetylcholine;

  /** What a unit's synapses keep of themselves in a read-out that opens, [unit]. */
  private final float[] copied;

  private long products;

  /**
   * @param schedule whether noradrenaline fires in each batch; null where its level decides
   * @param record where levels are noted; null for nowhere
   */
  NeuromodulatedBank(
      String name,
      BankSettings settings,
      int units,
      int classes,
      long seed,
      boolean[] schedule,
      LevelRecord record) {
    this.name = name;
    this.settings = settings;
    this.schedule = schedule;
    this.record = record;
    this.units = units;
    this.classes = classes;
    levels = new BankLevels(settings, classes);
    weights = new float[settings.readouts()][units * classes];
    readouts = new DenseReadout[settings.readouts()];
    hits = new int[settings.readouts()];
    for (int readout = 0; readout < readouts.length; readout++) {
      readouts[readout] = new DenseReadout(units, classes);
    }
    serotonin = densities(Modulator.SEROTONIN, seed);
    acetylcholine = densities(Modulator.ACETYLCHOLINE, seed);
    copied = densities(Modulator.NORADRENALINE, seed);
    float most = settings.lacks(Lesion.COPY) ? 1f : 1f - settings.constants().copy();
    for (int unit = 0; unit < units; unit++) {
      copied[unit] = LevelDynamics.hold(1f - most * copied[unit], 0f, 1f);
    }
  }

  private float[] densities(Modulator modulator, long seed) {
    return settings.densities().get(modulator).draw(seed, modulator, 0, units);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void learn(StreamBatch batch, int[] answers) {
    for (int readout = 0; readout < readouts.length; readout++) {
      if (levels.answers(readout)) {
        answer(batch, readout);
      }
    }
    int speaker = levels.speaker();
    readouts[speaker].answers(batch.count(), answers);
    Boolean scheduled = schedule == null ? null : (Boolean) schedule[batch.number()];
    if (levels.observe(hits[speaker], batch.count(), scheduled)) {
      open(batch);
    }
    levels.close(hits, batch.count());
    teach(batch, levels.learner());
    if (record != null) {
      record.note(batch, levels);
    }
  }

  private void answer(StreamBatch batch, int readout) {
    readouts[readout].forward(batch, weights[readout]);
    hits[readout] = readouts[readout].hits(batch);
    products += readouts[readout].products(batch);
  }

  /** The read-out that opens is made, and with it all that were at rest answer the batch. */
  private void open(StreamBatch batch) {
    float[] from = weights[levels.active()];
    float[] to = weights[levels.opened()];
    for (int unit = 0; unit < units; unit++) {
      for (int at = unit * classes; at < (unit + 1) * classes; at++) {
        to[at] = copied[unit] * from[at];
      }
    }
    for (int readout = 0; readout < readouts.length; readout++) {
      if (levels.answers(readout) && readout != levels.active()) {
        answer(batch, readout);
      }
    }
  }

  private void teach(StreamBatch batch, int learner) {
    DenseReadout readout = readouts[learner];
    float[] learned = weights[learner];
    BankSettings.Constants constants = settings.constants();
    float consolidated = levels.level(Modulator.SEROTONIN);
    readout.errors(batch);
    for (int unit = 0; unit < units; unit++) {
      float plastic = Math.max(1f - serotonin[unit] * consolidated, constants.leastRate());
      float certain = 1f - acetylcholine[unit] * levels.expected();
      readout.learn(batch, unit, constants.rate() * plastic * certain, learned);
    }
    products += readout.products(batch);
  }

  @Override
  public long products() {
    return products;
  }

  @Override
  public NamedTensors state() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    float[] numbers = levels.state();
    tensors.put("levels", new Tensor(List.of(numbers.length), numbers));
    DenseReadout.keep(weights, units, classes, tensors);
    return new NamedTensors(tensors);
  }

  @Override
  public void restore(NamedTensors state) {
    levels.restore(state.values("levels"));
    DenseReadout.restore(state, weights);
  }
}
