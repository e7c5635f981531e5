package org.raphe.baseline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.raphe.InputException;
import org.raphe.RunException;
import org.raphe.backend.cpu.Workers;
import org.raphe.data.Samples;
import org.raphe.network.InputShape;

/**
 * The class whose principal subspace leaves least of a sample (disjoint principal components, Wold
 * 1976):
 *
 * <pre>
 * C = (1/n) sum x x^T - m m^T       of one class's n samples, m their mean
 * q_1 .. q_R                        eigenvectors of C's largest eigenvalues
 * residual = |x - m|^2 - sum_r (q_r.(x - m))^2 = |x|^2 - 2 score
 * score = x.m - |m|^2 / 2 + 1/2 sum_r (q_r.x - q_r.m)^2
 * </pre>
 *
 * The sums are kept while the class's experience lasts, and then its mean and its directions alone.
 * Eigenvectors are those of the whole decomposition, exact but for rounding; directions along which
 * the class does not vary are left out. A class without a sample has score -infinity.
 *
 * @param directions R, most directions of a class, less than features
 */
public record ClassPca(int directions) implements StreamBaseline {
  /** An eigenvalue below this share of the largest is rounding. */
  private static final double RANK = 1e-12;

  private static final String DIRECTIONS = "directions";

  public ClassPca {
    if (directions < 1) {
      throw new InputException("a class needs at least 1 direction, not " + directions);
    }
  }

  /** 25 directions. */
  public ClassPca() {
    this(25);
  }

  @Override
  public String name() {
    return "class-pca";
  }

  @Override
  public String source() {
    return "the least residual of a class's principal components (Wold 1976)";
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of(DIRECTIONS, directions);
  }

  @Override
  public StreamBaseline with(String setting, String value) {
    if (!setting.equals(DIRECTIONS)) {
      return StreamBaseline.super.with(setting, value);
    }
    try {
      return new ClassPca(Integer.parseInt(value));
    } catch (NumberFormatException e) {
      throw new InputException(DIRECTIONS + " must be a whole number, not \"" + value + "\"", e);
    }
  }

  @Override
  public BaselineLearner begin(InputShape shape, int classes, long seed, Workers workers) {
    if (directions >= shape.size()) {
      throw new InputException(
          directions
              + " directions would leave no residual of samples of "
              + shape.size()
              + " features; choose fewer directions");
    }
    return new Learner(directions, shape.size(), classes, workers);
  }

  /**
   * Sums over the samples of a class while its experience lasts.
   *
   * @param sum of x, [features]
   * @param products of x x^T, its upper half: row i begins with column i
   */
  private record Moments(int[] count, double[] sum, double[][] products) {
    static Moments none(int features) {
      double[][] products = new double[features][];
      Arrays.setAll(products, row -> new double[features - row]);
      return new Moments(new int[1], new double[features], products);
    }

    /** C, whole. */
    double[][] covariance() {
      int features = sum.length;
      double[][] covariance = new double[features][features];
      for (int i = 0; i < features; i++) {
        for (int j = i; j < features; j++) {
          double mean = products[i][j - i] / count[0];
          covariance[i][j] = mean - sum[i] / count[0] * (sum[j] / count[0]);
          covariance[j][i] = covariance[i][j];
        }
      }
      return covariance;
    }
  }

  /**
   * What is kept of a class.
   *
   * @param axes [features][1 + R]: column 0 the mean, column r direction r
   * @param offsets [1 + R]: |m|^2 / 2, then q_r.m
   */
  private record Subspace(double[][] axes, double[] offsets) {}

  private static final class Learner extends CountedLearner {
    private final int directions;
    private final Workers workers;
    private final Moments[] moments;
    private final Subspace[] subspaces;
    private final int features;

    Learner(int directions, int features, int classes, Workers workers) {
      this.directions = directions;
      this.features = features;
      this.workers = workers;
      moments = new Moments[classes];
      subspaces = new Subspace[classes];
      learning.leaveOut("a library computes the eigenvectors, and does not count its own");
    }

    @Override
    public void learn(Samples samples, int[] indices) {
      float[][] shown = new float[indices.length][features];
      for (int k = 0; k < indices.length; k++) {
        samples.copyFeatures(indices[k], shown[k], 0);
        int label = samples.label(indices[k]);
        if (subspaces[label] != null) {
          throw new IllegalStateException("class " + label + " comes in a second experience");
        }
        if (moments[label] == null) {
          moments[label] = Moments.none(features);
        }
        moments[label].count[0]++;
      }
      workers.run(
          features,
          (row, worker) -> {
            for (int k = 0; k < indices.length; k++) {
              if (shown[k][row] != 0) {
                addRow(moments[samples.label(indices[k])], shown[k], row);
              }
            }
          });
    }

    private static void addRow(Moments of, float[] sample, int row) {
      double value = sample[row];
      double[] products = of.products[row];
      of.sum[row] += value;
      for (int column = row; column < sample.length; column++) {
        products[column - row] += value * sample[column];
      }
    }

    @Override
    public void endExperience() {
      for (int label = 0; label < moments.length; label++) {
        if (moments[label] != null) {
          subspaces[label] = subspace(moments[label]);
          moments[label] = null;
        }
      }
    }

    private Subspace subspace(Moments of) {
      List<double[]> leading = leading(of.covariance());
      int count = leading.size();
      double[][] axes = new double[features][count + 1];
      double[] offsets = new double[count + 1];
      for (int input = 0; input < features; input++) {
        axes[input][0] = of.sum[input] / of.count[0];
        offsets[0] += axes[input][0] * axes[input][0] / 2;
      }
      for (int r = 1; r <= count; r++) {
        double[] direction = leading.get(r - 1);
        for (int input = 0; input < features; input++) {
          axes[input][r] = direction[input];
          offsets[r] += direction[input] * axes[input][0];
        }
      }
      return new Subspace(axes, offsets);
    }

    /** Eigenvectors of the largest eigenvalues, the largest first. */
    private List<double[]> leading(double[][] covariance) {
      EigenDecomposition_F64<DMatrixRMaj> eigen =
          DecompositionFactory_DDRM.eig(features, true, true);
      if (!eigen.decompose(new DMatrixRMaj(covariance))) {
        throw new RunException(
            "the principal directions of a class cannot be computed: its "
                + features
                + " x "
                + features
                + " covariance has no eigenvectors to be found; look for features beyond all bounds");
      }
      double[] values = new double[features];
      Arrays.setAll(values, k -> eigen.getEigenvalue(k).getReal());
      double least = RANK * Arrays.stream(values).max().getAsDouble();
      return IntStream.range(0, features)
          .boxed()
          .filter(k -> values[k] > least)
          .sorted(Comparator.comparingDouble(k -> -values[k]))
          .limit(directions)
          .map(k -> eigen.getEigenVector(k).getData())
          .toList();
    }

    @Override
    public void scores(float[] sample, double[] scores) {
      Arrays.fill(scores, Double.NEGATIVE_INFINITY);
      for (int label = 0; label < subspaces.length; label++) {
        if (subspaces[label] != null) {
          scores[label] = score(subspaces[label], sample);
        }
      }
    }

    private double score(Subspace of, float[] sample) {
      double[] along = new double[of.offsets.length];
      int active = 0;
      for (int input = 0; input < sample.length; input++) {
        if (sample[input] != 0) {
          double value = sample[input];
          double[] axes = of.axes[input];
          for (int r = 0; r < along.length; r++) {
            along[r] += value * axes[r];
          }
          active++;
        }
      }
      double score = along[0] - of.offsets[0];
      for (int r = 1; r < along.length; r++) {
        double beside = along[r] - of.offsets[r];
        score += beside * beside / 2;
      }
      scoring.add((long) active * along.length + along.length - 1);
      return score;
    }

    @Override
    public List<double[]> kept() {
      List<double[]> kept = new ArrayList<>();
      for (Subspace subspace : subspaces) {
        if (subspace != null) {
          kept.addAll(Arrays.asList(subspace.axes));
          kept.add(subspace.offsets);
        }
      }
      return kept;
    }
  }
}
