package org.raphe.examples;

import java.util.Arrays;
import java.util.Random;
import org.raphe.backend.Backend;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.data.Dataset;
import org.raphe.data.FeatureScaling;
import org.raphe.data.Samples;
import org.raphe.learning.Optimizer;
import org.raphe.model.Model;
import org.raphe.model.PlacedModel;
import org.raphe.model.Prediction;
import org.raphe.network.InputShape;
import org.raphe.training.Trainer;
import org.raphe.training.TrainingPlan;
import org.raphe.training.TrainingState;

/**
 * Trains on arrays and predicts single samples. A sample has 40 features in 0..1, a bump on a noisy
 * ground; its class says in which quarter the bump stands.
 */
public final class OwnData {
  private static final int FEATURES = 40;
  private static final String[] CLASSES = {"far left", "left", "right", "far right"};
  private static final int STRETCH = FEATURES / CLASSES.length;

  private OwnData() {}

  public static void main(String[] arguments) {
    Dataset data = new Dataset("bumps", samples("train", 800, 1), samples("test", 200, 2));
    TrainingPlan plan =
        TrainingPlan.builder("40-50-4").optimizer(Optimizer.Adam.of(3e-3)).epochs(3).build();
    try (Backend backend = new CpuBackend(2)) {
      TrainingState end = new Trainer(plan, data).run(backend);
      System.out.printf("test accuracy %.3f%n", end.testAccuracy());

      // A model is weights and what is needed to show them samples; model.write(path) keeps it.
      Model model = Model.of(plan, new FeatureScaling.Raw(), end.parameters());
      try (PlacedModel placed = model.place(backend)) {
        for (int label = 0; label < CLASSES.length; label++) {
          Prediction prediction = placed.predict(bump(label, new Random(100 + label)));
          System.out.printf(
              "a bump %s is classified as %s, rates %s%n",
              CLASSES[label], CLASSES[prediction.label()], Arrays.toString(prediction.outputs()));
        }
      }
    }
  }

  /** Rows of features, sample by sample, and one label each: all that Raphe needs to know. */
  private static Samples samples(String name, int count, long seed) {
    Random random = new Random(seed);
    float[] features = new float[count * FEATURES];
    int[] labels = new int[count];
    for (int k = 0; k < count; k++) {
      labels[k] = k % CLASSES.length;
      System.arraycopy(bump(labels[k], random), 0, features, k * FEATURES, FEATURES);
    }
    return Samples.ofFeatures(name, InputShape.vector(FEATURES), CLASSES.length, features, labels);
  }

  private static float[] bump(int label, Random random) {
    float centre = STRETCH * (label + random.nextFloat());
    float[] features = new float[FEATURES];
    for (int k = 0; k < FEATURES; k++) {
      float distance = (k - centre) / 3f;
      features[k] = 0.2f * random.nextFloat() + 0.8f * (float) Math.exp(-distance * distance);
    }
    return features;
  }
}
