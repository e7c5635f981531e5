package org.raphe.baseline;

import java.nio.ByteBuffer;
import java.util.Random;
import org.raphe.Sha256;
import org.raphe.backend.cpu.Workers;
import org.raphe.continual.ClassOrder;
import org.raphe.continual.ExperienceStream;
import org.raphe.data.Dataset;
import org.raphe.data.Samples;
import org.raphe.network.InputShape;

/** A stream of five classes that overlap, and baselines that learn it. */
final class SmallBaselineRun {
  static final int CLASSES = 5;
  static final int FEATURES = 30;
  static final long SEED = 11;
  static final Dataset DATASET = new Dataset("small", samples(600, 1), samples(400, 2));

  private SmallBaselineRun() {}

  /** A third of the features are 0; the others mix three directions that a class has of its own. */
  private static Samples samples(int count, long seed) {
    Random random = new Random(seed);
    float[] features = new float[FEATURES * count];
    int[] labels = new int[count];
    for (int k = 0; k < count; k++) {
      labels[k] = random.nextInt(CLASSES);
      double[] along = {1, random.nextGaussian(), random.nextGaussian()};
      for (int input = 0; input < FEATURES; input++) {
        double value = 0.6 * random.nextGaussian();
        for (int part = 0; part < along.length; part++) {
          value += along[part] * Math.sin((labels[k] + 1) * (part + 2) * (input + 1));
        }
        features[FEATURES * k + input] = random.nextInt(3) == 0 ? 0 : (float) value;
      }
    }
    return Samples.ofFeatures("small", InputShape.vector(FEATURES), CLASSES, features, labels);
  }

  static ExperienceStream stream(int classesPerExperience) {
    return ExperienceStream.of(DATASET, ClassOrder.drawn(CLASSES, SEED), classesPerExperience);
  }

  static BaselineOutcome run(StreamBaseline baseline, int threads, int classesPerExperience) {
    try (Workers workers = new Workers(threads)) {
      return new BaselineRun(
              baseline.begin(DATASET.train().shape(), CLASSES, SEED, workers),
              DATASET,
              stream(classesPerExperience),
              workers,
              experience -> {},
              () -> false)
          .run();
    }
  }

  static double[] sample(Samples samples, int index) {
    double[] sample = new double[FEATURES];
    for (int input = 0; input < FEATURES; input++) {
      sample[input] = samples.feature(index, input);
    }
    return sample;
  }

  /** SHA-256 of the predictions, a byte each, in hexadecimal. */
  static String digest(int[] told) {
    ByteBuffer bytes = ByteBuffer.allocate(told.length);
    for (int label : told) {
      bytes.put((byte) label);
    }
    return Sha256.of(bytes.array());
  }
}
