package org.raphe.cli;

import org.raphe.InputException;
import org.raphe.learning.ReadoutLoss;
import org.raphe.learning.SignalGain;
import org.raphe.network.NeuronModel;
import org.raphe.training.LearningRateSchedule;

/**
 * Settings that belong together.
 *
 * @param hiddenRate Adam's learning rate in hidden layers
 * @param readoutRate Adam's learning rate in the read-out
 * @param loss what the read-out descends
 * @param gain what multiplies a sample's neuromodulator signal
 * @param schedule learning rates over the run
 */
record Preset(
    double hiddenRate,
    double readoutRate,
    ReadoutLoss loss,
    SignalGain gain,
    LearningRateSchedule schedule) {

  /** The published program's: Adam 1e-4, mean-squared error, constant. */
  private static final Preset PUBLISHED =
      new Preset(
          1e-4, 1e-4, ReadoutLoss.PUBLISHED, SignalGain.CONSTANT, LearningRateSchedule.CONSTANT);

  /**
   * Chosen on 10,000 images held out of MNIST's training images, at three epochs; see
   * docs/RESULTS.md.
   */
  private static final Preset SPIKING =
      new Preset(
          1e-3,
          3e-3,
          new ReadoutLoss(ReadoutLoss.Kind.MEAN_SQUARED, 20f, ReadoutLoss.Credit.DIRECT),
          SignalGain.SURPRISE,
          LearningRateSchedule.LINEAR);

  private static final Preset RATE =
      new Preset(
          1e-2,
          3e-3,
          ReadoutLoss.crossEntropy(1f),
          SignalGain.SURPRISE,
          LearningRateSchedule.LINEAR);

  static Preset named(String name, NeuronModel neuron) {
    return switch (name) {
      case "default" -> neuron == NeuronModel.LIF ? SPIKING : RATE;
      case "naca-published" -> PUBLISHED;
      default ->
          throw new InputException(
              "preset \"" + name + "\" is unknown; choose default or naca-published");
    };
  }
}
