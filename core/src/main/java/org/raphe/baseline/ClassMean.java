package org.raphe.baseline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.raphe.backend.cpu.Workers;
import org.raphe.data.Samples;
import org.raphe.network.InputShape;

/**
 * The nearest class mean, by Euclidean distance (Mensink, Verbeek, Perronnin, Csurka 2013):
 *
 * <pre>
 * n_c = n_c + 1;   m_c = m_c + (x - m_c) / n_c        each sample x of class c, once
 * score_c = m_c.x - |m_c|^2 / 2                       |x - m_c|^2 = |x|^2 - 2 score_c
 * </pre>
 *
 * A class without a sample has score -infinity.
 */
public record ClassMean() implements StreamBaseline {

  @Override
  public String name() {
    return "class-mean";
  }

  @Override
  public String source() {
    return "the nearest class mean (Mensink et al. 2013)";
  }

  @Override
  public BaselineLearner begin(InputShape shape, int classes, long seed, Workers workers) {
    return new Learner(shape.size(), classes);
  }

  private static final class Learner extends CountedLearner {
    private final double[] counts;
    private final double[][] means;
    private final double[] halfSquares;
    private final float[] sample;

    Learner(int features, int classes) {
      counts = new double[classes];
      means = new double[classes][features];
      halfSquares = new double[classes];
      sample = new float[features];
    }

    @Override
    public void learn(Samples samples, int[] indices) {
      for (int index : indices) {
        samples.copyFeatures(index, sample, 0);
        double[] mean = means[samples.label(index)];
        double count = ++counts[samples.label(index)];
        for (int input = 0; input < mean.length; input++) {
          mean[input] += (sample[input] - mean[input]) / count;
        }
        learning.add(mean.length);
      }
    }

    @Override
    public void endExperience() {
      for (int label = 0; label < means.length; label++) {
        double square = 0;
        for (double value : means[label]) {
          square += value * value;
        }
        halfSquares[label] = square / 2;
      }
      learning.add((long) means.length * sample.length);
    }

    @Override
    public void scores(float[] features, double[] scores) {
      Arrays.fill(scores, Double.NEGATIVE_INFINITY);
      long products = 0;
      for (int label = 0; label < means.length; label++) {
        if (counts[label] > 0) {
          double[] mean = means[label];
          double score = -halfSquares[label];
          for (int input = 0; input < mean.length; input++) {
            score += mean[input] * features[input];
          }
          scores[label] = score;
          products += mean.length;
        }
      }
      scoring.add(products);
    }

    @Override
    public List<double[]> kept() {
      List<double[]> kept = new ArrayList<>(Arrays.asList(means));
      kept.add(counts);
      return kept;
    }
  }
}
