package org.raphe.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.raphe.InputException;
import org.raphe.backend.Backend;
import org.raphe.backend.NetworkState;
import org.raphe.backend.cpu.KernelChoice;
import org.raphe.continual.Confusion;
import org.raphe.continual.ExperienceStream;
import org.raphe.continual.Measuring;
import org.raphe.data.Dataset;
import org.raphe.data.FeatureScaling;
import org.raphe.data.ValidationSplit;
import org.raphe.energy.EnergySum;
import org.raphe.network.NeuronModel;
import org.raphe.result.CostResult;
import org.raphe.result.RunId;
import org.raphe.result.RunResult;
import org.raphe.training.Checkpoint;
import org.raphe.training.OtherRunException;
import org.raphe.training.Trainer;
import org.raphe.training.TrainingPlan;
import org.raphe.training.TrainingState;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that learns a stream of experiences, which may be one, and writes a run folder. */
@OptionGroup.Of(OptionGroup.RUN)
abstract class LearningCommand implements Callable<Integer>, SweptCommand {
  @Mixin CommonOptions common;
  @Mixin DataOptions data;
  @Mixin FeatureOptions scaling;
  @Mixin LearningOptions learning;
  @Mixin ModulationOptions modulation;
  @Mixin InitialWeights initial;
  @Mixin BackendOptions backendOptions;
  @Mixin RunOptions run;

  @Option(
      names = "--validation",
      paramLabel = "N",
      description =
          "Hold N samples out of the training samples and measure on them instead of the test samples. Tune on these, never on the test samples.")
  Integer validation;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Run folder; it must not exist or be empty. Default: a new one below runs/.")
  Path out;

  @Option(
      names = "--resume",
      description =
          "Continue the run of --out with its settings, from its checkpoint; from the beginning if it ended before its first.")
  boolean resume;

  @Option(
      names = "--checkpoint-seconds",
      defaultValue = "30",
      paramLabel = "S",
      description =
          "Seconds between checkpoints within an epoch or experience; one is also taken after each. Default: ${DEFAULT-VALUE}.")
  double checkpointSeconds;

  @Spec CommandSpec spec;

  /** The plan for a data set, without modulators. */
  abstract TrainingPlan plan(Dataset dataset);

  private TrainingPlan modulated(Dataset dataset) {
    return plan(dataset).toBuilder().modulation(modulation.settings()).build();
  }

  /** What of a data set is learned and tested, in which order. */
  abstract ExperienceStream stream(Dataset dataset);

  /** Name of a run folder, without the time. */
  abstract String folderName(TrainingPlan plan);

  /** The content of result.json. */
  abstract RunResult result(LearnedRun learned);

  /** Prints what came of the run. */
  abstract void print(LearnedRun learned, PrintWriter target);

  /**
   * Refuses what a run would refuse before it begins to learn; nothing is made.
   *
   * @param loaded the data set of {@link #data}
   * @param here whether it is to be made on this machine
   * @throws InputException if the run cannot be made
   */
  @Override
  public void check(Dataset loaded, boolean here) {
    checkOptions();
    Dataset dataset = split(loaded);
    learning.presentation.dataScale(data.inputScale());
    TrainingPlan plan = modulated(dataset);
    scaling.fit(dataset, stream(dataset), data.isOwn(), RunOptions.nowhere());
    if (here) {
      backendOptions.check(plan.learning().rule());
    }
  }

  /** The data set with the samples that are held out, if any, in the place of its test samples. */
  Dataset split(Dataset loaded) {
    return validation == null
        ? loaded
        : ValidationSplit.of(loaded, validation, learning.presentation.seed);
  }

  private void checkOptions() {
    requireFolderToResume();
    if (!(checkpointSeconds >= 0)) {
      throw new InputException("--checkpoint-seconds must be at least 0, not " + checkpointSeconds);
    }
  }

  @Override
  public Integer call() {
    PrintWriter log = run.log(err());
    Instant started = Instant.now();
    checkOptions();
    Dataset dataset = split(load());
    TrainingPlan plan = modulated(dataset);
    ExperienceStream stream = stream(dataset);
    learning.rule.sayFormerName(log);
    RunOutline outline = new RunOutline(log);
    outline.data(dataset, measuredOn());
    FeatureScaling own = scaling.fit(dataset, stream, data.isOwn(), log);
    outline.network(plan, stream);
    initial.read(plan, dataset, log);
    backendOptions.work = KernelChoice.work(plan.network(), plan.steps(), plan.mostShown(stream));
    try (Backend backend = backendOptions.open(plan.learning().rule(), log)) {
      log.flush();
      return learn(plan, dataset, stream, own, backend, started);
    } catch (OtherRunException e) {
      throw ResumedSettings.named(e, spec, out);
    }
  }

  private int learn(
      TrainingPlan plan,
      Dataset dataset,
      ExperienceStream stream,
      FeatureScaling own,
      Backend backend,
      Instant started) {
    String fingerprint = fingerprint(plan, stream, dataset, own) + initial.fingerprint();
    try (RunFolder folder = openFolder(folderName(plan), fingerprint);
        LearningRun around = new LearningRun(this, plan, stream, folder, fingerprint);
        RunEnergy energy = RunEnergy.start(folder.hadCheckpoint(), backend)) {
      TrainingState start = start(plan, stream, backend, around, fingerprint);
      folder.writeSettings(TypedOptions.of(spec));
      new RunOutline(run.log(err())).folder(folder, folder.hadCheckpoint());
      FeatureScaling features = own.then(plan.features(own.apply(dataset.train())));
      Dataset shown = features.apply(dataset);
      Trainer trainer = new Trainer(plan, shown, stream, around);
      TrainingState end = trainer.run(backend, start);
      if (!end.isDone(stream)) {
        around.sayStopped();
        return Raphe.INTERRUPTED;
      }
      EnergySum used = energy.reading();
      Confusion confusion = trainer.confusion(backend, end);
      finish(
          new LearnedRun(
              plan,
              dataset,
              stream,
              features,
              backend,
              end,
              confusion,
              folder,
              used,
              started,
              initial.provenance()));
    }
    return Raphe.DONE;
  }

  /** Where the run goes on, or the state before any sample, with a checkpoint of it. */
  private TrainingState start(
      TrainingPlan plan,
      ExperienceStream stream,
      Backend backend,
      LearningRun around,
      String fingerprint) {
    RunFolder folder = around.folder();
    if (folder.hadCheckpoint()) {
      NetworkState begun = backend.initialState(plan.placement());
      Path file = folder.checkpoint();
      String begunWith = GrownEpochs.begunWith(file, plan, stream, fingerprint);
      TrainingState at = Checkpoint.read(file, plan, stream, begun, begunWith);
      GrownEpochs.requireUnfinished(file, plan, stream, at);
      return at;
    }
    try {
      folder.writeSettings(TypedOptions.of(spec));
      NetworkState begun = initial.in(plan, backend.initialState(plan.placement()));
      TrainingState start = TrainingState.initial(plan, begun);
      around.firstCheckpoint(start);
      return start;
    } catch (RuntimeException | Error e) {
      folder.abandon();
      throw e;
    }
  }

  private void finish(LearnedRun learned) {
    learned.modelToWrite().write(learned.folder().model());
    RunResult result = result(learned);
    learned.folder().writeResult(result);
    learned.folder().removeCheckpoint();
    print(learned, spec.commandLine().getOut());
    spec.commandLine().getOut().flush();
    sayMemory(result.cost());
  }

  private void sayMemory(CostResult cost) {
    String heap =
        cost.peakMemoryBytes() == null
            ? "Java's is not measured"
            : String.format(
                Locale.ROOT, "Java's heap had %.1f MB at most", cost.peakMemoryBytes() / 1e6);
    PrintWriter log = run.log(err());
    log.printf(
        Locale.ROOT,
        "memory: the network keeps %.1f MB (weights, moments, what its rule keeps); %s%n",
        cost.networkBytes() / 1e6,
        heap);
    log.flush();
  }

  @Override
  public DataOptions data() {
    return data;
  }

  /** The data set, whole, or limited as asked. */
  @Override
  public Dataset load() {
    NetworkOptions network = learning.network;
    data.speech.otherwise(
        Preset.speech(learning.preset, network.neuron(NeuronModel.LIF), network.inputs()));
    learning.presentation.dataScale(data.inputScale());
    return data.load(err(), run.quiet);
  }

  /** What a run must agree with to be continued. */
  private String fingerprint(
      TrainingPlan plan, ExperienceStream stream, Dataset dataset, FeatureScaling own) {
    String settings = String.join(" ", plan.toString(), text(stream), dataset.sha256());
    // Checkpoints of features as they are keep what they were written with.
    return own instanceof FeatureScaling.Raw ? settings : settings + " " + own;
  }

  /** What of a data set is learned and tested, in which order. */
  static String text(ExperienceStream stream) {
    String size =
        stream.measuring() == Measuring.ONLINE ? " " + stream.learned().get(0).train().length : "";
    return String.join(
        " ",
        stream.measuring().name(),
        stream.order().classes().toString(),
        Integer.toString(stream.classesPerExperience()),
        Integer.toString(stream.learned().size()) + size);
  }

  String continuation(RunFolder folder) {
    return "raphe " + spec.name() + " --resume --out " + folder.path();
  }

  /** What accuracy is measured on: {@code test} or {@code validation}. */
  String measuredOn() {
    return validation == null ? "test" : "validation";
  }

  /**
   * The folder to work in, locked; the caller closes it.
   *
   * @param name of a run folder, without the time
   * @param decides all that decides the run's results
   */
  RunFolder openFolder(String name, String decides) {
    String runId = RunId.of(spec.name() + " " + decides);
    return RunFolder.open(resume, out, name, runId);
  }

  /** Checks that a run that is to go on is named. */
  void requireFolderToResume() {
    if (resume && out == null) {
      throw new InputException("--resume needs --out, the folder of the run to continue");
    }
  }

  PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
