package org.raphe.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.raphe.result.BackendUsed;
import org.raphe.result.DataUsed;
import org.raphe.result.ExperienceList;
import org.raphe.result.Provenance;
import org.raphe.result.RunResult;
import org.raphe.result.StreamTask;

/** Runs that differ in their seed alone. */
final class RunGroup {
  /** A rate that nothing learns by where hidden layers do not. */
  private static final Set<String> HIDDEN_RATE =
      Set.of("optimizer/learning_rate", "--learning-rate");

  private final Map<String, String> identity;
  private final List<Run> runs = new ArrayList<>();
  private String label;
  private int number;

  private RunGroup(Map<String, String> identity) {
    this.identity = identity;
  }

  /**
   * Groups runs. A second run of one seed adds nothing new and is left out.
   *
   * @param repeated takes the runs that were left out
   */
  static List<RunGroup> of(List<Run> runs, List<Run> repeated) {
    Map<Run, String> dataNames = DataNames.of(runs);
    Map<Map<String, String>, RunGroup> groups = new LinkedHashMap<>();
    for (Run run : runs) {
      Map<String, String> identity = identity(run, dataNames.get(run));
      RunGroup group = groups.computeIfAbsent(identity, RunGroup::new);
      if (group.runs.stream().anyMatch(other -> other.seed().equals(run.seed()))) {
        repeated.add(run);
      } else {
        group.runs.add(run);
      }
    }
    return new ArrayList<>(groups.values());
  }

  /**
   * What makes two runs alike; what ran them comes last to distinguish groups, since bits do not
   * depend on it.
   */
  private static Map<String, String> identity(Run run, String dataName) {
    Map<String, String> identity = new LinkedHashMap<>();
    putTask(run, dataName, identity);
    run.read()
        .settings()
        .forEach((name, value) -> identity.put(ForeignText.of(name), ForeignText.of(value)));
    // A validation split is drawn from the seed, and so is the digest of what is left.
    boolean split = !run.measuredOn().equals("test");
    identity.put("dataset/sha256", split ? null : run.dataSha256());
    identity.put("backend/name", text(run, RunResult::backend, BackendUsed::name));
    if (run.settings() != null) {
      Map<String, String> settings = new TreeMap<>(run.settings());
      settings.remove("seed");
      settings.forEach(
          (name, value) -> identity.put("--" + ForeignText.of(name), ForeignText.of(value)));
    }
    putMachine(run, identity);
    if (!run.hiddenLearns()) {
      identity.keySet().removeAll(HIDDEN_RATE);
    }
    return identity;
  }

  private static void putTask(Run run, String dataName, Map<String, String> identity) {
    Integer classes =
        Run.told(
            Run.told(run.result().task(), StreamTask::stream),
            ExperienceList::classesPerExperience);
    identity.put("rule", run.rule());
    identity.put("neuron", run.neuron());
    identity.put("protocol", run.protocol());
    identity.put("baseline", run.baseline());
    identity.put("network", run.network());
    identity.put("dataset/name", dataName);
    identity.put("dataset/train_samples", samples(run, DataUsed::trainSamples));
    identity.put("dataset/test_samples", samples(run, DataUsed::testSamples));
    identity.put("dataset/validation_samples", samples(run, DataUsed::validationSamples));
    identity.put("stream/classes_per_experience", Run.told(classes, String::valueOf));
    identity.put("command", run.command());
    identity.put("accuracy on", run.measuredOn());
    identity.put("epochs", run.continual() ? null : "" + run.epochs().size());
  }

  private static void putMachine(Run run, Map<String, String> identity) {
    identity.put("backend/device", text(run, RunResult::backend, BackendUsed::device));
    identity.put("provenance/version", text(run, RunResult::provenance, Provenance::version));
    identity.put("provenance/git_commit", text(run, RunResult::provenance, Provenance::gitCommit));
    identity.put("provenance/java", text(run, RunResult::provenance, Provenance::java));
    identity.put("provenance/cpu", text(run, RunResult::provenance, Provenance::cpu));
  }

  private static String samples(Run run, Function<DataUsed, Integer> part) {
    return Run.told(part.apply(run.result().dataset()), String::valueOf);
  }

  private static <P> String text(Run run, Function<RunResult, P> part, Function<P, String> value) {
    return Run.text(part.apply(run.result()), value);
  }

  /** Settings by name, as {@code optimizer/learning_rate}; null where a run does not have one. */
  Map<String, String> identity() {
    return identity;
  }

  /** Names the group, and says which of the page's colours and marks is its own. */
  void name(String shown, int chosen) {
    label = shown;
    number = chosen;
  }

  /** The name of its data set, which no other data set of the report has. */
  String dataset() {
    return identity.get("dataset/name");
  }

  /** A short name that distinguishes it from the other groups of its scope. */
  String label() {
    return label;
  }

  /** What chooses its colour and mark: the same for the same label all over the page. */
  int number() {
    return number;
  }

  List<Run> runs() {
    return runs;
  }

  Run first() {
    return runs.get(0);
  }

  Spread spread(Function<Run, Double> value) {
    return Spread.of(runs.stream().map(value).toList());
  }

  /** How the operations of its runs were counted; null where they were not. */
  String countedBy() {
    return runs.stream().map(Run::countedBy).filter(by -> by != null).findFirst().orElse(null);
  }
}
