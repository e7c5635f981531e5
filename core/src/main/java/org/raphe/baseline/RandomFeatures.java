package org.raphe.baseline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.raphe.InputException;
import org.raphe.backend.cpu.Workers;
import org.raphe.data.Samples;
import org.raphe.network.Activation;
import org.raphe.network.InputShape;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;

/**
 * Random rectified features and a ridge regression of the labels on them (Zhuang et al. 2022:
 * analytic class-incremental learning; McDonnell et al. 2023: random projections before it):
 *
 * <pre>
 * h_j = max(0, sum_i x_i W[i][j]);   score_c = sum_j h_j V[j][c];   V of {@link RidgeRegression}
 * </pre>
 *
 * W is frozen: the first layer that {@link Parameters#draw} gives a network of N rectified rate
 * units, uniform within sqrt(3 / features) of 0, whose row i is the Philox sequence (WEIGHTS | 0,
 * i) of the seed.
 *
 * @param features N, random features
 * @param ridge what is added to the diagonal of the sums, above 0
 */
public record RandomFeatures(int features, double ridge) implements StreamBaseline {
  /** Most random features: their products alone take 1 GiB. */
  public static final int MOST = 16_384;

  private static final String FEATURES = "features";
  private static final String RIDGE = "ridge";

  /** Of the heap that sums and factors may take. */
  private static final double SHARE_OF_HEAP = 0.8;

  public RandomFeatures {
    if (features < 1 || features > MOST) {
      throw new InputException("random features must be 1.." + MOST + ", not " + features);
    }
    if (!(ridge > 0) || !Double.isFinite(ridge)) {
      throw new InputException("the ridge must be finite and above 0, not " + ridge);
    }
  }

  /** The settings chosen on held-out images, docs/CONTINUAL.md. */
  public RandomFeatures() {
    this(1000, 1);
  }

  @Override
  public String name() {
    return "random-features";
  }

  @Override
  public String source() {
    return "ridge regression on random rectified features (after Zhuang et al. 2022; McDonnell et al. 2023)";
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(FEATURES, features);
    settings.put(RIDGE, ridge);
    return settings;
  }

  @Override
  public StreamBaseline with(String setting, String value) {
    try {
      return switch (setting) {
        case FEATURES -> new RandomFeatures(Integer.parseInt(value), ridge);
        case RIDGE -> new RandomFeatures(features, Double.parseDouble(value));
        default -> StreamBaseline.super.with(setting, value);
      };
    } catch (NumberFormatException e) {
      throw new InputException(
          setting
              + " must be a "
              + (setting.equals(FEATURES) ? "whole " : "")
              + "number, not \""
              + value
              + "\"",
          e);
    }
  }

  @Override
  public String network(int inputs, int classes) {
    return inputs + "-" + features + "-" + classes;
  }

  @Override
  public BaselineLearner begin(InputShape shape, int classes, long seed, Workers workers) {
    // The sums and the factors are each half of a square.
    double needed = 8.0 * features * ((double) features + shape.size() + 3.0 * classes);
    long heap = Runtime.getRuntime().maxMemory();
    if (needed > SHARE_OF_HEAP * heap) {
      throw new InputException(
          features
              + " random features need "
              + (long) (needed / (1 << 20))
              + " MiB, more than the heap of "
              + (heap >> 20)
              + " MiB allows; choose fewer, or a larger heap");
    }
    return new Learner(this, shape, classes, seed, workers);
  }

  private static final class Learner extends CountedLearner {
    private final RandomFeatures settings;
    private final Workers workers;
    private final double[][] weights;
    private final RidgeRegression regression;
    private double[][] readout;

    Learner(RandomFeatures settings, InputShape shape, int classes, long seed, Workers workers) {
      this.settings = settings;
      this.workers = workers;
      weights = draw(settings.features, shape, classes, seed);
      regression = new RidgeRegression(settings.features, classes, workers, learning);
      readout = new double[settings.features][classes];
    }

    /** W, [inputs][N]. */
    private static double[][] draw(int features, InputShape shape, int classes, long seed) {
      NetworkSpec network =
          NetworkSpec.dense(
                  InputShape.vector(shape.size()),
                  new int[] {features, classes},
                  NeuronModel.RATE,
                  Mode.CLASSIFICATION)
              .withActivation(Activation.RELU);
      float[] drawn = Parameters.draw(network, seed).layers().get(0).weights();
      double[][] weights = new double[shape.size()][features];
      for (int input = 0; input < weights.length; input++) {
        for (int unit = 0; unit < features; unit++) {
          weights[input][unit] = drawn[input * features + unit];
        }
      }
      return weights;
    }

    /** h. */
    private double[] activities(float[] sample, OperationCount count) {
      double[] activities = new double[settings.features];
      long active = 0;
      for (int input = 0; input < sample.length; input++) {
        if (sample[input] != 0) {
          double value = sample[input];
          double[] row = weights[input];
          for (int unit = 0; unit < activities.length; unit++) {
            activities[unit] += value * row[unit];
          }
          active++;
        }
      }
      for (int unit = 0; unit < activities.length; unit++) {
        activities[unit] = Math.max(0, activities[unit]);
      }
      count.add(active * activities.length);
      return activities;
    }

    @Override
    public void learn(Samples samples, int[] indices) {
      double[][] activities = new double[indices.length][];
      workers.run(
          indices.length,
          (item, worker) -> {
            float[] sample = new float[weights.length];
            samples.copyFeatures(indices[item], sample, 0);
            activities[item] = activities(sample, learning);
          });
      regression.add(activities, Arrays.stream(indices).map(samples::label).toArray());
    }

    @Override
    public void endExperience() {
      readout = regression.solve(settings.ridge);
    }

    @Override
    public void scores(float[] sample, double[] scores) {
      double[] activities = activities(sample, scoring);
      Arrays.fill(scores, 0);
      long active = 0;
      for (int unit = 0; unit < activities.length; unit++) {
        if (activities[unit] != 0) {
          for (int label = 0; label < scores.length; label++) {
            scores[label] += activities[unit] * readout[unit][label];
          }
          active++;
        }
      }
      scoring.add(active * scores.length);
    }

    /** The frozen weights too, which the seed could bring back. */
    @Override
    public List<double[]> kept() {
      List<double[]> kept = new ArrayList<>(Arrays.asList(weights));
      kept.addAll(regression.kept());
      kept.addAll(Arrays.asList(readout));
      return kept;
    }
  }
}
