package org.raphe.volatility;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.raphe.InputException;
import org.raphe.neuromodulation.LevelDynamics;
import org.raphe.tensor.NamedTensors;
import org.raphe.tensor.Tensor;

/**
 * The upper bound: a read-out for every meaning, and the learner is told which one holds. Learning
 * rates are those of {@link NeuromodulatedBank} where noradrenaline is at rest; a read-out of a new
 * meaning begins as the same weaker copy.
 */
final class ContextGiven implements StreamLearner {
  private static final float LEAST = 0.03f;

  private final String name;
  private final BankSettings.Constants constants;
  private final int units;
  private final int classes;
  private final DenseReadout readout;
  private final float[][] weights;
  private final float[] learned;
  private int last;
  private float average = 0.5f;
  private long products;

  /**
   * @param contexts meanings that the stream has
   * @throws InputException if they are more than the bank's read-outs
   */
  ContextGiven(String name, BankSettings settings, int contexts, int units, int classes) {
    if (contexts > settings.readouts()) {
      throw new InputException(
          "the stream has "
              + contexts
              + " meanings of its labels, more than the "
              + settings.readouts()
              + " read-outs of the bank; allow as many read-outs, or fewer switches");
    }
    this.name = name;
    this.constants = settings.constants();
    this.units = units;
    this.classes = classes;
    readout = new DenseReadout(units, classes);
    weights = new float[contexts][units * classes];
    learned = new float[contexts];
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void learn(StreamBatch batch, int[] answers) {
    int context = batch.context();
    float[] own = weights[context];
    if (learned[context] == 0f && context != last) {
      for (int at = 0; at < own.length; at++) {
        own[at] = constants.copy() * weights[last][at];
      }
    }
    last = context;
    readout.forward(batch, own);
    readout.answers(batch.count(), answers);
    readout.errors(batch);
    float most = Math.min(0.8f, 0.9f - 1f / classes);
    float expected = LevelDynamics.hold(average, LEAST, most);
    float error = (float) (batch.count() - readout.hits(batch)) / batch.count();
    float rate = LevelDynamics.rate(batch.count(), constants.expectation());
    average = LevelDynamics.follow(average, error, rate);
    teach(batch, context, expected);
  }

  private void teach(StreamBatch batch, int context, float expected) {
    float consolidated = learned[context] / (learned[context] + constants.consolidation());
    float plastic = Math.max(1f - consolidated, constants.leastRate());
    float alpha = constants.rate() * plastic * (1f - expected);
    readout.learn(batch, alpha, weights[context]);
    learned[context] += batch.count();
    products += 2 * readout.products(batch);
  }

  @Override
  public long products() {
    return products;
  }

  @Override
  public NamedTensors state() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("numbers", new Tensor(List.of(2), new float[] {last, average}));
    tensors.put("learned", new Tensor(List.of(learned.length), learned));
    DenseReadout.keep(weights, units, classes, tensors);
    return new NamedTensors(tensors);
  }

  @Override
  public void restore(NamedTensors state) {
    float[] numbers = state.values("numbers");
    if (!(numbers[0] >= 0 && numbers[0] < weights.length && numbers[0] == (int) numbers[0])) {
      throw new InputException("there is no meaning of number " + numbers[0]);
    }
    last = (int) numbers[0];
    average = numbers[1];
    System.arraycopy(state.values("learned"), 0, learned, 0, learned.length);
    DenseReadout.restore(state, weights);
  }
}
