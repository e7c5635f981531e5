package org.raphe.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.raphe.InputException;
import org.raphe.backend.Backend;
import org.raphe.data.Dataset;
import org.raphe.learning.LearningSpec;
import org.raphe.network.Activation;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;
import org.raphe.rule.Rule;
import org.raphe.training.TrainingPlan;
import org.raphe.training.TrainingPlanBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code raphe volatile}: learns a stream whose labels change their meaning. */
@Command(
    name = "volatile",
    resourceBundle = "org.raphe.cli.VolatileDefaults",
    description =
        "Learns a stream whose labels change their meaning unannounced and are noisy at times: four neuromodulators over a bank of read-outs, lesions and controls beside them; writes a run folder.",
    footer = {
      "  raphe volatile --dataset mnist --compare factorial,controls",
      "  raphe volatile --dataset mnist --lesion recall --compare none"
    })
final class VolatileCommand implements Callable<Integer>, SweptCommand {
  private static final int HIDDEN = 500;

  /** What a stream that is shown once has no use for. */
  private static final List<String> UNUSED = List.of("--epochs", "--schedule", "--test-limit");

  @Mixin CommonOptions common;
  @Mixin DataOptions data;
  @Mixin VolatileStreamOptions stream;
  @Mixin ModulatorOptions modulators;
  @Mixin ComparisonOptions comparison;
  @Mixin LearningOptions learning;
  @Mixin BackendOptions backendOptions;
  @Mixin RunOptions run;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Run folder; it must not exist or be empty. Default: a new one below runs/.")
  Path out;

  @Option(
      names = "--resume",
      description = "Continue the run of --out from its checkpoint, with its settings.")
  boolean resume;

  @Option(
      names = "--checkpoint-seconds",
      defaultValue = "30",
      paramLabel = "S",
      description = "Seconds between checkpoints. Default: ${DEFAULT-VALUE}.")
  double checkpointSeconds;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter log = run.log(err());
    Instant started = Instant.now();
    if (resume && out == null) {
      throw new InputException("--resume needs --out, the folder of the run to continue");
    }
    if (!(checkpointSeconds >= 0)) {
      throw new InputException("--checkpoint-seconds must be at least 0, not " + checkpointSeconds);
    }
    refuseUnused();
    Dataset dataset = load();
    TrainingPlan plan = plan(dataset);
    refuseEngine(plan.learning().rule());
    try (Backend backend = backendOptions.open(plan.learning().rule(), log)) {
      log.flush();
      return new VolatileSession(this, dataset, plan, backend, started).call();
    }
  }

  @Override
  public DataOptions data() {
    return data;
  }

  @Override
  public Dataset load() {
    return data.load(err(), run.quiet);
  }

  @Override
  public void check(Dataset loaded, boolean here) {
    refuseUnused();
    TrainingPlan plan = plan(loaded);
    refuseEngine(plan.learning().rule());
    if (here) {
      backendOptions.check(plan.learning().rule());
    }
    new VolatileSession(this, loaded, plan, null, Instant.now()).check();
  }

  private void refuseUnused() {
    for (String name : UNUSED) {
      OptionSpec option = spec.findOption(name);
      if (option != null && option.getValue() != null) {
        throw new InputException(
            name + " is not for a volatile stream, which shows every training sample once");
      }
    }
  }

  /** How hidden layers learn, and how samples are shown to them. */
  private TrainingPlan plan(Dataset dataset) {
    NeuronModel units = learning.network.neuron(NeuronModel.RATE);
    NetworkSpec network =
        learning.network.activated(
            learning.network.spec(dataset, units, Mode.CLASSIFICATION, learning.hidden(HIDDEN)));
    if (learning.network.activation == null && units == NeuronModel.RATE) {
      network = network.withActivation(Activation.RELU);
    }
    Rule rule = learning.rule.rule();
    LearningSpec spec = learning.learning(rule, units, Preset.ofVolatility(learning.preset, units));
    TrainingPlanBuilder plan = TrainingPlan.builder(network).epochs(1);
    learning.presentation.dataScale(data.inputScale());
    learning.presentation.set(plan, network);
    return plan.learning(spec).build();
  }

  private static void refuseEngine(Rule rule) {
    if (rule.needsEngine()) {
      throw new InputException(
          "--rule "
              + rule.name()
              + " learns on the tensor engine, which hands on no hidden activity batch by batch; choose a local rule");
    }
  }

  /** Name of a run folder, without the time. */
  String folderName(TrainingPlan plan) {
    return String.join(
        "-",
        "volatile",
        data.shortName(),
        plan.learning().rule().name(),
        plan.network().neuron().toString(),
        "seed" + plan.seed());
  }

  int threads() {
    return backendOptions.threads == null
        ? Runtime.getRuntime().availableProcessors()
        : backendOptions.threads;
  }

  PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
