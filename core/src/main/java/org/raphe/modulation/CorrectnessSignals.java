package org.raphe.modulation;

import org.raphe.network.NetworkSpec;
import org.raphe.neuromodulation.Expectation;
import org.raphe.neuromodulation.Innervation;
import org.raphe.neuromodulation.LevelSource;
import org.raphe.rule.Signal;

/**
 * NACA's signals where dopamine takes the place of the class that the label leads to expect: two
 * outcomes, better and worse than expected, open rows of the innervation as two classes would, each
 * to the extent that it came.
 *
 * <pre>
 *   E = (1 + DA)/2 E(better) + (1 - DA)/2 E(worse);   G_j = f(sum over rows of E_r NI[r][j])
 * </pre>
 *
 * <p>E(better) and E(worse) are those of classes 0 and 1 of 2, NI is drawn as for 2 classes. Every
 * class has the same signals.
 */
final class CorrectnessSignals implements LevelSource<Float> {
  private static final int OUTCOMES = 2;

  private final NetworkSpec network;
  private final Signal.Broadcast broadcast;
  private final Expectation outcomes = new Expectation(OUTCOMES);
  private final float[] better = outcomes.vector(0);
  private final float[] worse = outcomes.vector(1);
  private final Innervation[] layers;

  CorrectnessSignals(NetworkSpec network, Signal.Broadcast broadcast, long seed) {
    this.network = network;
    this.broadcast = broadcast;
    layers = new Innervation[network.layers().size() - 1];
    for (int layer = 0; layer < layers.length; layer++) {
      layers[layer] =
          Innervation.draw(
              seed, layer, outcomes, network.layers().get(layer).units(), broadcast.innervation());
    }
  }

  @Override
  public int channels() {
    return outcomes.rows();
  }

  @Override
  public void emit(Float dopamine, float[] channels) {
    float ofBetter = 0.5f * (1f + dopamine);
    float ofWorse = 0.5f * (1f - dopamine);
    for (int row = 0; row < channels.length; row++) {
      channels[row] = ofBetter * better[row] + ofWorse * worse[row];
    }
  }

  /** Hidden layers. */
  int hiddenLayers() {
    return layers.length;
  }

  /** G of a hidden layer, K x H, row-major, the same for every class. */
  float[] table(int layer, float dopamine) {
    float[] channels = new float[channels()];
    emit(dopamine, channels);
    int units = network.layers().get(layer).units();
    float[] signals = new float[network.classes() * units];
    layers[layer].modulate(channels, broadcast.curve(), signals, 0);
    for (int label = 1; label < network.classes(); label++) {
      System.arraycopy(signals, 0, signals, label * units, units);
    }
    return signals;
  }
}
