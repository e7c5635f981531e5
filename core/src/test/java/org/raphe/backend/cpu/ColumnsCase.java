package org.raphe.backend.cpu;

import java.util.SplittableRandom;
import org.raphe.backend.Placement;
import org.raphe.data.Samples;
import org.raphe.learning.LearningSpec;
import org.raphe.network.InputShape;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;
import org.raphe.rule.AssociativeReadout;

/**
 * Columns that compete, and the shape of their batches.
 *
 * @param inputs D
 * @param ofClass M, columns of a class
 */
record ColumnsCase(
    int inputs, int ofClass, int classes, int batch, int threads, Competition competition) {

  /** Winners 3, width 0.5 and ridge 0.1, of which most tests say nothing. */
  static Competition competition(
      int column, float conscience, float amnesia, AssociativeReadout readout) {
    return new Competition(column, 3, 0.5f, conscience, amnesia, readout, 0.1f);
  }

  /** N, columns of the layer. */
  int columns() {
    return ofClass * classes;
  }

  NetworkSpec network() {
    return competition.in(
        NetworkSpec.dense(
            InputShape.vector(inputs),
            new int[] {competition.column() * columns(), classes},
            NeuronModel.RATE,
            Mode.CLASSIFICATION));
  }

  Placement placement() {
    return new Placement(
        network(), LearningSpec.competitive(competition.rule()), 1, batch, 1f, 0.2f, 0x51EDL);
  }

  /**
   * Samples of length 1 around two or three prototypes a class, a fifth of their features 0. One in
   * eleven is all zeros, one in seven the same as the one before it.
   */
  Samples samples(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] prototypes = new float[3 * classes][inputs];
    for (float[] prototype : prototypes) {
      for (int input = 0; input < inputs; input++) {
        prototype[input] = (float) random.nextDouble(-0.2, 1);
      }
    }
    float[] features = new float[size * inputs];
    int[] labels = new int[size];
    for (int sample = 0; sample < size; sample++) {
      int prototype = random.nextInt(prototypes.length);
      labels[sample] = prototype % classes;
      int at = sample * inputs;
      if (sample % 7 == 6) {
        labels[sample] = labels[sample - 1];
        System.arraycopy(features, at - inputs, features, at, inputs);
      } else if (sample % 11 != 3) {
        draw(random, prototypes[prototype], features, at);
      }
    }
    return Samples.ofFeatures("columns", network().input(), classes, features, labels);
  }

  private static void draw(SplittableRandom random, float[] prototype, float[] features, int at) {
    double squares = 0;
    for (int input = 0; input < prototype.length; input++) {
      float value = prototype[input] + (float) random.nextDouble(-0.5, 0.5);
      features[at + input] = random.nextInt(5) == 0 ? 0f : value;
      squares += (double) features[at + input] * features[at + input];
    }
    double length = squares == 0 ? 1 : Math.sqrt(squares);
    for (int input = 0; input < prototype.length; input++) {
      features[at + input] = (float) (features[at + input] / length);
    }
  }
}
