package org.raphe.cli;

import org.raphe.InputException;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;
import org.raphe.training.TrainingPlanBuilder;
import picocli.CommandLine.Option;

/** How samples are shown: their window and code, batches and passes. */
@OptionGroup.Of(OptionGroup.COURSE)
final class PresentationOptions {
  @Option(
      names = "--steps",
      paramLabel = "T",
      description = "Time steps of a sample (spiking). Default: 20.")
  private Integer steps;

  @Option(
      names = "--input-scale",
      paramLabel = "R",
      description =
          "r of the spike code x = 1[X > r U]${bundle:said.coded}. Default: 1; 0.1 for published speech features.")
  private Float inputScale;

  @Option(
      names = "--batch",
      defaultValue = "${bundle:default.batch}",
      paramLabel = "B",
      description = "${bundle:said.batched}. Default: ${bundle:said.batch}.")
  private Integer batch;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "${bundle:said.passes}. Default: ${bundle:said.epochs}.")
  private Integer epochs;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Seed of every random number. Default: ${DEFAULT-VALUE}.")
  long seed;

  /** r that the features of the data set are made for. */
  private float ownScale = 1f;

  /** What is taken where nothing is given; null for what the command takes. */
  private Preset.Passes otherwise;

  /** Told before a plan is made: batch and passes where they are not given, or null. */
  void otherwise(Preset.Passes passes) {
    otherwise = passes;
  }

  /** Told before a plan is made: r that the features of the data set are made for. */
  void dataScale(float scale) {
    ownScale = scale;
  }

  /**
   * Sets how samples are shown to a network. Steps, batch and passes that are not given stay as
   * they are.
   */
  void set(TrainingPlanBuilder plan, NetworkSpec network) {
    if (steps != null) {
      if (network.neuron() == NeuronModel.RATE && steps != 1) {
        throw new InputException("--steps is for spiking units; rate units have one step");
      }
      plan.steps(steps);
    }
    if (otherwise != null) {
      plan.batch(otherwise.batch()).epochs(otherwise.epochs());
    }
    if (batch != null) {
      plan.batch(batch);
    }
    if (epochs != null) {
      plan.epochs(epochs);
    }
    plan.inputScale(scale(network)).seed(seed);
  }

  /** r: what is given, or what the features are made for; a gated network has a code of its own. */
  private float scale(NetworkSpec network) {
    boolean gated = network.mode() == Mode.CLASS_CONTINUAL;
    if (inputScale != null) {
      if (network.neuron() == NeuronModel.RATE) {
        throw new InputException(
            "--input-scale is for spiking units; rate units read features as they are");
      }
      if (gated) {
        throw new InputException(
            "--input-scale is for networks without a gate; a gated one is shown every batch over the range of its features");
      }
      return inputScale;
    }
    return gated ? 1f : ownScale;
  }
}
