package org.raphe.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.raphe.InputException;
import org.raphe.backend.NetworkState;
import org.raphe.data.Dataset;
import org.raphe.model.Model;
import org.raphe.network.NetworkSpec;
import org.raphe.result.Provenance;
import org.raphe.training.TrainingPlan;
import picocli.CommandLine.Option;

/** The weights and biases that a run begins with, where they are not drawn. */
@OptionGroup.Of(OptionGroup.COURSE)
final class InitialWeights {
  @Option(
      names = "--init",
      paramLabel = "RUN",
      description =
          "Begin with the weights and biases of another run of the same network (its folder, or its model.safetensors) instead of drawn ones. Default: drawn by the seed.")
  Path run;

  private Model model;

  /**
   * Reads them, if any are named.
   *
   * @throws InputException if there are none, or they are of another network
   */
  void read(TrainingPlan plan, Dataset dataset, PrintWriter log) {
    if (run == null) {
      return;
    }
    ModelOptions named = new ModelOptions();
    named.model = run;
    model = named.load();
    requireSame(plan.network());
    log.println("weights: those of " + run);
    if (!model.classNames().equals(dataset.classNames())) {
      log.println(
          "classes of "
              + dataset.name()
              + " are not, or not in the same order, those of "
              + run
              + ": read-out k begins with the weights of its class k");
    }
    log.flush();
  }

  private void requireSame(NetworkSpec network) {
    if (network.columns().isPresent()) {
      throw new InputException(
          "--init is for networks whose weights are all they learn; columns keep what they have won beside them");
    }
    String theirs = words(model.network());
    String ours = words(network);
    if (!theirs.equals(ours)) {
      throw new InputException(
          "cannot begin with the weights of "
              + run
              + ": they are of a network "
              + theirs
              + ", and this run is of "
              + ours
              + "; choose --network and --neuron alike");
    }
  }

  private static String words(NetworkSpec network) {
    String activation = network.activation() == null ? "" : " (" + network.activation() + ")";
    String columns = network.columns().isPresent() ? " in columns" : "";
    String gate =
        switch (network.mode()) {
          case CLASSIFICATION -> "";
          case CLASS_CONTINUAL -> " with an input gate";
        };
    return network.text() + " " + network.neuron() + activation + columns + gate;
  }

  /** The state before any sample, with these weights if any are named. */
  NetworkState in(TrainingPlan plan, NetworkState drawn) {
    return model == null ? drawn : drawn.withParameters(plan.network(), model.parameters());
  }

  /** What decides the run by them: text that follows a fingerprint. */
  String fingerprint() {
    return model == null ? "" : " init " + model.parameters().sha256();
  }

  /** What result.json says of them; null where weights were drawn. */
  Provenance.Initial provenance() {
    return model == null
        ? null
        : new Provenance.Initial(run.toString(), model.parameters().sha256());
  }
}
