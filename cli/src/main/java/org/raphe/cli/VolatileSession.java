package org.raphe.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.raphe.backend.Backend;
import org.raphe.backend.cpu.Workers;
import org.raphe.data.Dataset;
import org.raphe.data.Samples;
import org.raphe.model.Model;
import org.raphe.model.ModelProvenance;
import org.raphe.result.RunId;
import org.raphe.training.TrainingPlan;
import org.raphe.volatility.BankSettings;
import org.raphe.volatility.LearnerSpec;
import org.raphe.volatility.NoradrenalineTimes;
import org.raphe.volatility.StreamSettings;
import org.raphe.volatility.VolatileCheckpoint;
import org.raphe.volatility.VolatileListener;
import org.raphe.volatility.VolatilePlan;
import org.raphe.volatility.VolatileRun;
import org.raphe.volatility.VolatileState;
import org.raphe.volatility.VolatileStream;

/** One run of {@code raphe volatile}, from the data that were loaded to its run folder. */
final class VolatileSession {
  private final VolatileCommand command;
  private final Dataset dataset;
  private final TrainingPlan network;
  private final Backend backend;
  private final Instant started;
  private final PrintWriter log;
  private final Samples pool;
  private final BankSettings bank;
  private final NoradrenalineTimes times;

  VolatileSession(
      VolatileCommand command,
      Dataset dataset,
      TrainingPlan network,
      Backend backend,
      Instant started) {
    this.command = command;
    this.dataset = dataset;
    this.network = network;
    this.backend = backend;
    this.started = started;
    log = command.run.log(command.err());
    int[] range = command.stream.range(dataset);
    int[] chosen = new int[range[1]];
    Arrays.setAll(chosen, k -> range[0] + k);
    pool = dataset.train().subset(dataset.train().name(), chosen);
    bank = command.modulators.settings();
    times = command.modulators.times();
  }

  /**
   * Checks that it can run.
   *
   * @throws org.raphe.InputException if it cannot
   */
  void check() {
    plan(stream(network.seed()));
  }

  /** What learns the stream, after a look whether all of it can begin. */
  private VolatilePlan plan(VolatileStream stream) {
    VolatilePlan plan =
        new VolatilePlan(
            network.placement(),
            command.stream.plasticSamples,
            command.comparison.learners(bank, times));
    LearnerSpec.Setting checked =
        new LearnerSpec.Setting(
            stream, plan.hiddenUnits(), network.seed(), new boolean[stream.batches()]);
    plan.learners().forEach(learner -> learner.begin(checked, null));
    return plan;
  }

  /** Learns and writes the run folder; gives the status of the process. */
  int call() {
    VolatileStream stream = stream(network.seed());
    VolatilePlan plan = plan(stream);
    Samples shown = shown(stream);
    say(stream, plan);
    String fingerprint =
        String.join(" ", plan.toString(), stream.settings().toString(), pool.sha256());
    String runId = RunId.of("volatile " + fingerprint);
    try (RunFolder folder =
            RunFolder.open(command.resume, command.out, command.folderName(network), runId);
        VolatileProgress around =
            new VolatileProgress(command, folder, stream.size(), fingerprint);
        Workers workers = new Workers(command.threads())) {
      boolean[] yoked = yoked(plan, stream, folder, workers);
      VolatileRun run = new VolatileRun(plan, stream, shown, yoked, workers, around);
      VolatileState begun = run.initial(backend.initialState(plan.placement()));
      VolatileState start =
          folder.hadCheckpoint()
              ? VolatileCheckpoint.read(folder.checkpoint(), begun, stream.batches(), fingerprint)
              : begun;
      folder.writeSettings(TypedOptions.of(command.spec));
      return learn(plan, stream, run, start, folder, around);
    }
  }

  private VolatileStream stream(long seed) {
    StreamSettings settings =
        command.stream.settings(pool.size(), pool.classes(), network.batch(), seed);
    int[] labels = new int[pool.size()];
    Arrays.setAll(labels, pool::label);
    return new VolatileStream(settings, labels, pool.classes());
  }

  /** The samples of a stream in its order, with the labels that the learner is given. */
  private Samples shown(VolatileStream stream) {
    return pool.subset(dataset.name() + "/stream", stream.order()).withLabels(stream.givenLabels());
  }

  private void say(VolatileStream stream, VolatilePlan plan) {
    log.printf(
        "stream: %d of %d samples of %s, %d switches, %d meanings, %d noisy blocks%n",
        stream.size(),
        pool.size(),
        dataset.name(),
        stream.switches().size(),
        stream.contexts(),
        stream.noise().size());
    log.printf(
        "network: %s %s, rule %s by the first %d samples; bank of %s, %d learners beside it%n",
        plan.placement().network().text(),
        plan.placement().network().neuron(),
        plan.placement().learning().rule().name(),
        plan.plasticSamples(),
        bank.words(),
        plan.learners().size() - 1);
    log.flush();
  }

  /** When noradrenaline fired in the stream of the next seed; null if no learner asks for it. */
  private boolean[] yoked(
      VolatilePlan plan, VolatileStream stream, RunFolder folder, Workers workers) {
    if (times != NoradrenalineTimes.YOKED && !command.comparison.yoked()) {
      return null;
    }
    if (folder.hadCheckpoint()) {
      return VolatileCheckpoint.yoked(folder.checkpoint(), stream.batches());
    }
    long seed = network.seed() + 1;
    VolatileStream other = stream(seed);
    log.println("yoked: noradrenaline of the stream of seed " + seed + " is found first");
    log.flush();
    LearnerSpec alone = new LearnerSpec.Modulated("modulated", bank, NoradrenalineTimes.SURPRISE);
    VolatilePlan partner =
        new VolatilePlan(
            network.toBuilder().seed(seed).build().placement(),
            plan.plasticSamples(),
            List.of(alone));
    VolatileRun run =
        new VolatileRun(partner, other, shown(other), null, workers, new VolatileListener() {});
    run.run(backend);
    return run.levels().firings();
  }

  private int learn(
      VolatilePlan plan,
      VolatileStream stream,
      VolatileRun run,
      VolatileState start,
      RunFolder folder,
      VolatileProgress around) {
    try (RunEnergy energy = RunEnergy.start(folder.hadCheckpoint(), backend)) {
      VolatileState end = run.run(backend, start);
      if (end.batches() < stream.batches()) {
        around.sayStopped();
        return Raphe.INTERRUPTED;
      }
      RunEnvironment environment = environment(folder, energy);
      finish(new VolatileEntry(command, network, plan, stream, run, end, environment), folder);
    }
    return Raphe.DONE;
  }

  private RunEnvironment environment(RunFolder folder, RunEnergy energy) {
    return new RunEnvironment(
        folder.runId(),
        dataset,
        "test",
        RunEnvironment.used(backend),
        energy.reading(),
        started,
        network.learning().rule().sameBits());
  }

  /** What the hidden layers come from: the samples they learned by, of which stream. */
  private ModelProvenance provenance() {
    return ModelProvenance.of(network, dataset)
        .with("stream", stream(network.seed()).settings().toString())
        .with("plastic_samples", Integer.toString(command.stream.plasticSamples));
  }

  private void finish(VolatileEntry entry, RunFolder folder) {
    Model.of(network, network.features(pool), entry.end().network().parameters())
        .withClassNames(dataset.classNames())
        .withRunId(folder.runId())
        .withProvenance(provenance())
        .write(folder.model());
    folder.writeLevels(entry.levelRows());
    folder.writeMetrics(entry.metricRows());
    folder.writeResult(entry.content());
    folder.removeCheckpoint();
    PrintWriter target = command.spec.commandLine().getOut();
    entry.print(target, folder.path());
    target.flush();
  }
}
