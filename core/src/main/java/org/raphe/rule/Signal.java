package org.raphe.rule;

import java.util.Arrays;
import java.util.List;
import org.raphe.network.Layer;
import org.raphe.network.NetworkSpec;
import org.raphe.neuromodulation.Expectation;
import org.raphe.neuromodulation.Innervation;
import org.raphe.neuromodulation.InnervationDistribution;
import org.raphe.neuromodulation.ModulationCurve;
import org.raphe.tensor.TensorSpec;

/**
 * The learning signal G of a hidden unit: dL/do, which its weights descend. Of the formulas below,
 * c is the label, y the outputs, r the layer's own output (rate over the window, or activation).
 * These are the signals that every backend implements; a rule picks one.
 */
public sealed interface Signal {

  /** Whether it is multiplied into a unit's credit, by which its synapses learn. */
  default boolean isCredited() {
    return true;
  }

  /** Hidden units have none and keep their weights; or an engine teaches them. */
  record None() implements Signal {
    @Override
    public boolean isCredited() {
      return false;
    }
  }

  /**
   * The expected class opens its population of columns, whose nearest one learns; nothing is
   * credited. {@link NacaCompetitive} has the formulas.
   *
   * @param conscience how much a column that wins more often than others is held back
   * @param amnesia how much more the latest samples count than older ones
   * @param readout how the read-out learns
   * @param ridge the inverse of P's diagonal before any sample
   */
  record Competition(float conscience, float amnesia, AssociativeReadout readout, float ridge)
      implements Signal {
    /** Of columns that are only shown samples, and learn nothing. */
    public static final Competition ONLY_SHOWN =
        new Competition(0f, 0f, AssociativeReadout.WINNER, 1f);

    @Override
    public boolean isCredited() {
      return false;
    }

    /** Whether the read-out keeps P. */
    public boolean keepsCorrelation() {
      return readout == AssociativeReadout.RLS;
    }
  }

  /** A signal that the expected class alone decides: G = S[c][j], known before the batch. */
  sealed interface OfClass extends Signal {

    /** S of a hidden layer, K x H, row-major. */
    float[] table(NetworkSpec network, int layer, long seed);
  }

  /**
   * A level that is broadcast when class c is expected, received by each unit through its
   * innervation and modulated: G_j = f(n_j(c)) (Zhang et al. 2023; docs/ALGORITHM.md, section 3).
   *
   * @param curve f
   * @param innervation distribution of NI
   */
  record Broadcast(ModulationCurve curve, InnervationDistribution innervation) implements OfClass {

    /** NI of a hidden layer and the levels that it gives. */
    public Innervation innervation(NetworkSpec network, int layer, long seed) {
      return Innervation.draw(
          seed,
          layer,
          new Expectation(network.classes()),
          network.layers().get(layer).units(),
          innervation);
    }

    @Override
    public float[] table(NetworkSpec network, int layer, long seed) {
      return innervation(network, layer, seed).modulation(curve);
    }
  }

  /**
   * A fixed projection of the target: G = B[c].
   *
   * @param projection B
   */
  record Target(ClassTable projection) implements OfClass {
    @Override
    public float[] table(NetworkSpec network, int layer, long seed) {
      return projection.draw(network, layer, seed);
    }
  }

  /**
   * A signal that is known once the layer, or the read-out, has answered. Credit is made for a
   * signal of 1 and multiplied by the signal when weights are learned.
   */
  sealed interface OfOutputs extends Signal {

    /** B, or Q transposed, before any sample: K x {@link #width}, row-major. */
    float[] feedback(NetworkSpec network, int layer, long seed);

    /** Whether signals are of what a layer hands on, pooled perhaps; else of its units. */
    default boolean judgesOutputs() {
      return false;
    }

    /** How many signals a layer gets. */
    default int width(Layer layer) {
      return judgesOutputs() ? layer.outputs() : layer.units();
    }

    /**
     * Multiply-accumulates that make one sample's signals, and teach what makes them.
     *
     * @param units signals of the layer: {@link #width}
     */
    long products(int classes, int units);
  }

  /**
   * A reward that fades with the unit's own output: {@code G_j = B[c][j] - 5e-4 r_j}.
   *
   * @param reward B
   */
  record FadingReward(ClassTable reward) implements OfOutputs {
    /** How fast the reward fades. */
    public static final float FADING = 5e-4f;

    @Override
    public float[] feedback(NetworkSpec network, int layer, long seed) {
      return reward.draw(network, layer, seed);
    }

    @Override
    public long products(int classes, int units) {
      return units;
    }
  }

  /**
   * The read-out's error through fixed feedback: {@code G_j = sum over k of (y_k - onehot_k)
   * B[k][j]}.
   *
   * @param feedback B
   */
  record OutputError(ClassTable feedback) implements OfOutputs {
    @Override
    public float[] feedback(NetworkSpec network, int layer, long seed) {
      return feedback.draw(network, layer, seed);
    }

    @Override
    public long products(int classes, int units) {
      return (long) classes * units;
    }
  }

  /**
   * The error of the layer's own head, a classifier of what the layer itself emits:
   *
   * <pre>
   *   p = softmax(S (r Q + a));   G_j = sum over k of (p_k - onehot_k) Q[j][k]
   * </pre>
   *
   * <p>Of a pooled layer r and G are of the averages that it hands on, and a quarter of G is the
   * signal of each unit of a pool.
   *
   * @param projection Q transposed, before any sample
   * @param sharpness S
   * @param learned whether Q and the bias a learn by the delta rule; else Q is fixed and a is 0
   */
  record HeadError(ClassTable projection, float sharpness, boolean learned) implements OfOutputs {

    /**
     * A head that learns: Q transposed and then a, [class][unit], of one unit more that is always
     * 1.
     */
    public static TensorSpec head(NetworkSpec network, int layer) {
      int units = network.layers().get(layer).outputs();
      return new TensorSpec("layers." + layer + ".head", List.of(network.classes(), units + 1));
    }

    @Override
    public float[] feedback(NetworkSpec network, int layer, long seed) {
      return projection.draw(network, layer, seed);
    }

    @Override
    public boolean judgesOutputs() {
      return true;
    }

    @Override
    public long products(int classes, int units) {
      return learned ? 3L * classes * (units + 1) : 2L * classes * units;
    }
  }

  /** K x H ones: what credit is made for where the real signal is known only later. */
  static float[] ones(NetworkSpec network, int layer) {
    float[] values = new float[network.classes() * network.layers().get(layer).units()];
    Arrays.fill(values, 1f);
    return values;
  }
}
