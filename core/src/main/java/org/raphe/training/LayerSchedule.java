package org.raphe.training;

import java.util.List;
import org.raphe.InputException;
import org.raphe.learning.LayerStep;
import org.raphe.network.NetworkSpec;
import org.raphe.rule.Rule;

/**
 * When a hidden layer learns, and how fast beside the others. Before it opens and after it closes
 * its units run as ever, but no level reaches them: nothing is credited and no weight changes. Its
 * optimizer counts its own steps, so that Adam's moments begin where the layer does.
 *
 * <p>Layers that open one after another are Bengio, Lamblin, Popovici, Larochelle, "Greedy
 * layer-wise training of deep networks", NIPS 2006, whose layers are also closed when the next one
 * opens.
 *
 * @param rateFactor what the layer's learning rate is multiplied by, finite and above 0
 * @param opens epochs before it begins to learn, such as 0, or 0.5 for half an epoch
 * @param closes epochs after which it no longer learns; infinity where it learns to the end
 */
public record LayerSchedule(double rateFactor, double opens, double closes) {
  /** The most epochs that are told apart from infinity, so that steps stay in long. */
  private static final double MOST_EPOCHS = 1e9;

  /** Of a layer that learns from every batch at the optimizer's rate. */
  public static final LayerSchedule ALWAYS = new LayerSchedule(1, 0, Double.POSITIVE_INFINITY);

  public LayerSchedule {
    if (!(rateFactor > 0) || !Double.isFinite(rateFactor)) {
      throw new InputException(
          "a factor of a layer's learning rate must be finite and above 0, not "
              + rateFactor
              + "; a layer that is not to learn is closed");
    }
    if (!(opens >= 0) || opens > MOST_EPOCHS) {
      throw new InputException(
          "the epoch after which a layer opens must be in 0..1e9, not " + opens);
    }
    if (!(closes > opens) || (closes > MOST_EPOCHS && !Double.isInfinite(closes))) {
      throw new InputException(
          "a layer must close after it opens, at epoch 1e9 at most: it opens after "
              + opens
              + " and closes after "
              + closes);
    }
  }

  /**
   * Checks that each hidden layer of a network has its schedule and learns by itself.
   *
   * @throws InputException if not
   */
  static void checkFit(List<LayerSchedule> layers, NetworkSpec network, Rule rule) {
    int hidden = network.layers().size() - 1;
    if (layers.size() != hidden) {
      throw new InputException(
          network.text()
              + " has "
              + hidden
              + (hidden == 1 ? " hidden layer" : " hidden layers")
              + ", but rates or epochs are given for "
              + layers.size());
    }
    if (rule.needsEngine() || !rule.learns() || network.columns().isPresent()) {
      throw new InputException(
          "rule "
              + rule.name()
              + " does not teach hidden layers one by one: rates and epochs of single layers need a local rule, such as naca or local-error");
    }
  }

  /** The same at another rate. */
  public LayerSchedule withRateFactor(double factor) {
    return new LayerSchedule(factor, opens, closes);
  }

  /** The same, learning from {@code from} to {@code to} epochs. */
  public LayerSchedule between(double from, double to) {
    return new LayerSchedule(rateFactor, from, to);
  }

  /**
   * The step that the layer takes after a batch.
   *
   * @param before batches learned before this one, from 0
   * @param batchesPerEpoch batches of an epoch
   * @param scheduleFactor what every learning rate is multiplied by now
   */
  public LayerStep step(long before, long batchesPerEpoch, double scheduleFactor) {
    long first = firstBatch(opens, batchesPerEpoch);
    return before < first || before >= firstBatch(closes, batchesPerEpoch)
        ? LayerStep.NONE
        : new LayerStep(before - first + 1, scheduleFactor * rateFactor);
  }

  /** Batches of pass {@code pass}, from 1, from which it learns: those from [0] up to [1]. */
  long[] openBatches(long pass, long batchesPerEpoch) {
    long before = (pass - 1) * batchesPerEpoch;
    long[] open = {firstBatch(opens, batchesPerEpoch), firstBatch(closes, batchesPerEpoch)};
    for (int k = 0; k < open.length; k++) {
      open[k] = Math.max(0, Math.min(batchesPerEpoch, open[k] - before));
    }
    return open;
  }

  /** The first batch, from 0, that begins no earlier than after so many epochs. */
  private static long firstBatch(double epochs, long batchesPerEpoch) {
    return Double.isInfinite(epochs) ? Long.MAX_VALUE : (long) Math.ceil(epochs * batchesPerEpoch);
  }
}
