package org.raphe.cli;

import java.util.Set;
import org.raphe.InputException;
import org.raphe.data.Dataset;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;
import org.raphe.training.TrainingPlanBuilder;
import picocli.CommandLine.Option;

/** How samples are shown: their window and code, batches and passes. */
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
          "r of the spike code x = 1[X > r U]${bundle:said.coded}. Default: 1 for images, 0.1 for speech features.")
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

  private static final float SPEECH_INPUT_SCALE = 0.1f;
  private static final Set<String> SPEECH = Set.of("fsdd", "fsdd-speaker", "tidigits");

  /**
   * Sets how samples are shown to a network. Steps, batch and passes that are not given stay as
   * they are.
   */
  void set(TrainingPlanBuilder plan, NetworkSpec network, Dataset dataset) {
    if (steps != null) {
      if (network.neuron() == NeuronModel.RATE && steps != 1) {
        throw new InputException("--steps is for spiking units; rate units have one step");
      }
      plan.steps(steps);
    }
    if (batch != null) {
      plan.batch(batch);
    }
    if (epochs != null) {
      plan.epochs(epochs);
    }
    plan.inputScale(scale(network, dataset)).seed(seed);
  }

  /** r: features are read at full scale, but those of speech sum to 1 over a band's frames. */
  private float scale(NetworkSpec network, Dataset dataset) {
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
    return !gated && SPEECH.contains(dataset.name()) ? SPEECH_INPUT_SCALE : 1f;
  }
}
