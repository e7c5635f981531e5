package org.raphe.rule;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.raphe.network.NetworkSpec;
import org.raphe.tensor.TensorSpec;

/**
 * Local errors: a layer judges itself through a head, a classifier of its own output r, and its
 * units descend the head's error. No other layer's error or weights are needed.
 *
 * <pre>
 *   fixed     G = (softmax(4 r Q) - onehot) Q^T,     Q random, deviation 1/sqrt(H), never learned
 *   learned   G = (softmax(r Q + a) - onehot) Q^T,   dQ = r^T (softmax(r Q + a) - onehot),   Q and a from 0
 * </pre>
 *
 * <p>A learned head descends its own error with the optimizer and rate of its layer, by the weights
 * from before the batch.
 *
 * <p>Sources: fixed heads: Mostafa, Ramesh, Cauwenberghs, "Deep supervised learning using local
 * errors", Frontiers in Neuroscience 12:608, 2018; spiking, at every step: Kaiser, Mostafa, Neftci,
 * "Synaptic plasticity dynamics for deep continuous local learning (DECOLLE)", 2020. Learned heads:
 * the "pred" loss of Nokland and Eidnes, "Training neural networks with local error signals", ICML
 * 2019 (arXiv 1901.06656).
 *
 * @param heads whether heads are fixed or learned
 */
public record LocalError(Heads heads) implements Rule {
  private static final String HEADS = "local-heads";
  private static final float FIXED_SHARPNESS = 4f;

  /** What becomes of a layer's head. */
  public enum Heads {
    /** It is random and stays so. */
    FIXED,
    /** It learns to classify what its layer emits. */
    LEARNED;

    /** The name users type. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Fixed heads. */
  public LocalError() {
    this(Heads.FIXED);
  }

  @Override
  public String name() {
    return "local-error";
  }

  @Override
  public String source() {
    return "local errors, a head a layer: fixed (Mostafa, Ramesh, Cauwenberghs 2018) or learned (Nokland, Eidnes 2019)";
  }

  @Override
  public Signal signal() {
    return heads == Heads.FIXED
        ? new Signal.HeadError(RandomFeedback::projection, FIXED_SHARPNESS, false)
        : new Signal.HeadError(RandomFeedback::none, 1f, true);
  }

  @Override
  public Rule with(String setting, String value) {
    return setting.equals(HEADS)
        ? new LocalError(Setting.word(setting, Heads.class, value))
        : Rule.super.with(setting, value);
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of(HEADS, heads.toString());
  }

  /** A head for each hidden layer, where they learn. */
  @Override
  public List<TensorSpec> state(NetworkSpec network) {
    int hidden = heads == Heads.FIXED ? 0 : network.layers().size() - 1;
    return IntStream.range(0, hidden)
        .mapToObj(layer -> Signal.HeadError.head(network, layer))
        .toList();
  }
}
