package org.raphe.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.Counters;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.Placement;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.data.Samples;
import org.raphe.learning.LearningSpec;
import org.raphe.network.InputShape;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.rule.AssociativeReadout;
import org.raphe.rule.NacaCompetitive;

/**
 * Counted one by one for a network 3-8-2 of four columns, two a class: a centre and a direction
 * each. Three batches: two samples of class 0, each of which takes a column; one more of class 0,
 * which gives a column its direction, and one of class 1; one of class 0 that turns the direction.
 */
class ColumnsCostTest {
  private static final int INPUTS = 3;
  private static final int COLUMNS = 4;
  private static final int COLUMN = 2;
  private static final int CLASSES = 2;
  private static final int UNITS = COLUMNS * COLUMN;
  private static final int WINNERS = 2;
  private static final NetworkSpec NETWORK =
      NetworkText.parse("3-8-2", NeuronModel.RATE, Mode.CLASSIFICATION)
          .withColumns(COLUMN, WINNERS, 0.5f);

  private static final float[][] FEATURES = {
    {1, 0, 0}, {0, 1, 0}, {0.8f, 0, 0.6f}, {0, 0, 1}, {0.8f, 0, -0.6f}
  };
  private static final int[] LABELS = {0, 0, 0, 1, 0};

  /** First samples of the batches, and the end. */
  private static final int[] BATCHES = {0, 2, 4, 5};

  /** Columns that hold something before each sample is shown, at most {@link #WINNERS}. */
  private static final int[] ACTIVE = {0, 0, 2, 2, 2};

  private static LearningSpec learning(AssociativeReadout readout) {
    return LearningSpec.competitive(new NacaCompetitive(0f, 0f, readout, 1f));
  }

  /** Learns, or only shows, the samples. */
  private static Counters count(LearningSpec learning, boolean learn) {
    Placement placement = new Placement(NETWORK, learning, 1, 2, 1, 0, 1);
    float[] features = new float[FEATURES.length * INPUTS];
    int[] order = new int[FEATURES.length];
    for (int sample = 0; sample < order.length; sample++) {
      order[sample] = sample;
      System.arraycopy(FEATURES[sample], 0, features, sample * INPUTS, INPUTS);
    }
    Samples samples =
        Samples.ofFeatures("five", InputShape.vector(INPUTS), CLASSES, features, LABELS);
    try (Backend backend = new CpuBackend(1);
        PlacedNetwork placed = backend.place(placement);
        PlacedSamples shown = placed.placeSamples(samples)) {
      placed.writeState(placement.initialState());
      for (int k = 0; k + 1 < BATCHES.length; k++) {
        int size = BATCHES[k + 1] - BATCHES[k];
        BatchSchedule.train(placed, shown, order, BATCHES[k], size, 0, k + 1, 1);
      }
      if (!learn) {
        placed.takeCounters();
        for (int sample = 0; sample < order.length; sample++) {
          BatchSchedule.test(placed, shown, order, sample, 1, 0);
        }
      }
      return placed.takeCounters();
    }
  }

  /** Every product of showing a sample, inputs of 0 left out unless {@code dense}. */
  private static long products(int sample, int active, boolean dense) {
    long products = 0;
    for (int unit = 0; unit < UNITS; unit++) {
      for (int input = 0; input < INPUTS; input++) {
        products += dense || FEATURES[sample][input] != 0 ? 1 : 0;
      }
    }
    for (int column = 0; column < COLUMNS; column++) {
      for (int direction = 1; direction < COLUMN; direction++) {
        products += 2;
      }
    }
    for (int column = 0; column < (dense ? COLUMNS : active); column++) {
      for (int label = 0; label < CLASSES; label++) {
        products++;
      }
    }
    return products;
  }

  /** Floats of a sample: x and z written and read, scores and activations written and read. */
  private static long activity() {
    return 2 * INPUTS + 2 * UNITS + 2 * COLUMNS + 2 * COLUMNS;
  }

  /** Floats that a batch reads: the layer's weights and biases, and V. */
  private static long read() {
    return (INPUTS + 1) * UNITS + COLUMNS * CLASSES;
  }

  @ParameterizedTest
  @EnumSource
  void inference(AssociativeReadout readout) {
    LearningSpec learning = learning(readout);
    Cost cost = Cost.ofInference(NETWORK, 1, count(learning, false), 5);
    long macs = 0;
    long dense = 0;
    for (int sample = 0; sample < 5; sample++) {
      macs += products(sample, WINNERS, false);
      dense += products(sample, WINNERS, true);
    }
    assertEquals(5, cost.samples());
    assertEquals(macs, cost.macs());
    assertEquals(dense, cost.denseMacs());
    assertEquals(5 * (UNITS + COLUMNS + CLASSES), cost.neuronUpdates());
    assertEquals(0, cost.learningSynapticOperations());
    assertEquals(0, cost.weightWrites());
    assertEquals(0, cost.forwardSynapticOperations(), "no unit spikes");
    assertEquals(4 * (5 * read() + 5 * activity()), cost.bytesMoved());
  }

  /** What the columns' products are, by samples: docs/NUMERICS.md, section 16. */
  private static long hiddenProducts() {
    long centre = 2 * INPUTS;
    long born = INPUTS + INPUTS;
    long turned = 7 * INPUTS;
    long scaled = 2 * INPUTS;
    long biases = COLUMN * INPUTS;
    long taken = centre + biases;
    return taken
        + taken
        + (centre + born + scaled + biases)
        + taken
        + (centre + turned + scaled + biases);
  }

  private static Cost training(AssociativeReadout readout) {
    LearningSpec learning = learning(readout);
    return Cost.ofTraining(NETWORK, learning, 1, count(learning, true), 3);
  }

  private static long trainingMacs() {
    long macs = 0;
    for (int sample = 0; sample < 5; sample++) {
      macs += products(sample, ACTIVE[sample], false);
    }
    return macs;
  }

  @Test
  void trainingWithWinners() {
    Cost cost = training(AssociativeReadout.WINNER);
    assertEquals(trainingMacs(), cost.macs());
    assertEquals(hiddenProducts() + 5, cost.learningSynapticOperations());
    long writes = COLUMN * (INPUTS + 1) + 1;
    assertEquals(5 * writes, cost.weightWrites(), "a column and a synapse a sample");
    assertEquals(4 * (3 * read() + 5 * (activity() + 2 * writes)), cost.bytesMoved());
  }

  @Test
  void trainingWithLeastSquares() {
    Cost cost = training(AssociativeReadout.RLS);
    long products = 0;
    for (int active : ACTIVE) {
      long v = (long) COLUMNS * active + active;
      long outputs = CLASSES * active;
      long corrected = COLUMNS + CLASSES * COLUMNS;
      long inverse = COLUMNS + COLUMNS * COLUMNS;
      products += v + outputs + corrected + inverse;
    }
    assertEquals(trainingMacs(), cost.macs());
    assertEquals(hiddenProducts() + products, cost.learningSynapticOperations());
    long writes = COLUMN * (INPUTS + 1) + COLUMNS * CLASSES + COLUMNS * COLUMNS;
    assertEquals(5 * writes, cost.weightWrites(), "a column, V and P a sample");
    assertEquals(4 * (3 * read() + 5 * (activity() + 2 * writes)), cost.bytesMoved());
  }
}
