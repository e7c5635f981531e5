package org.raphe.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.raphe.backend.Backend;
import org.raphe.backend.Counters;
import org.raphe.continual.AccuracyMatrix;
import org.raphe.continual.ContinualMetric;
import org.raphe.continual.Experience;
import org.raphe.continual.ExperienceMetrics;
import org.raphe.continual.ExperienceStream;
import org.raphe.continual.Protocol;
import org.raphe.cost.Cost;
import org.raphe.cost.EnergyEstimate;
import org.raphe.data.Dataset;
import org.raphe.data.FeatureScaling;
import org.raphe.data.Standardization;
import org.raphe.energy.EnergySum;
import org.raphe.network.Columns;
import org.raphe.training.TrainingPlan;
import org.raphe.training.TrainingState;

/** What a stream writes down and prints. What was not measured is null. */
final class ContinualResult {
  private static final String LEAK =
      "Protocol published: every test batch holds one class, and the gate of the hidden units is made from the batch's mean input, so the batch tells the network the class that is to be told."
          + " One sample at a time (--protocol strict) gives no such hint; compare these figures with published ones only.";

  private static final String NO_GATE =
      "The network has no gate, so its results do not depend on how test samples are batched.";

  private static final String OWN_GATE =
      "The gate of a sample is made from that sample alone, so results do not depend on how test samples are batched.";

  /** What no rule without descent and modulation uses. */
  private static final List<String> UNUSED =
      List.of(
          "readout_loss",
          "readout_scale",
          "readout_credit",
          "lambda",
          "theta_max",
          "gain",
          "innervation");

  private final TrainingPlan plan;
  private final ExperienceStream stream;
  private final StreamOptions.Baseline baseline;
  private final String measuredOn;
  private final TrainingState end;
  private final AccuracyMatrix matrix;
  private final List<ContinualMetric> metrics;

  /** The result of a stream. */
  ContinualResult(
      TrainingPlan plan,
      ExperienceStream stream,
      StreamOptions.Baseline baseline,
      String measuredOn,
      TrainingState end) {
    this.plan = plan;
    this.stream = stream;
    this.baseline = baseline;
    this.measuredOn = measuredOn;
    this.end = end;
    matrix = end.matrix(stream);
    metrics = ContinualMetric.of(matrix);
  }

  /** What the protocol means for these figures; null where there is nothing to say. */
  private String protocolNote() {
    if (!plan.gated()) {
      return plan.network().columns().isPresent() ? OWN_GATE : NO_GATE;
    }
    return plan.protocol() == Protocol.PUBLISHED ? LEAK : null;
  }

  /** The content of result.json. */
  Map<String, Object> json(
      Dataset dataset,
      FeatureScaling features,
      Backend backend,
      EnergySum energy,
      Instant started) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("format", RunResult.FORMAT);
    result.put("command", "continual");
    result.put("dataset", RunResult.dataset(dataset, measuredOn));
    result.put("network", plan.network().text());
    result.put("neuron", plan.network().neuron().toString());
    if (plan.network().columns().isEmpty()) {
      RunResult.putActivation(plan.network(), result);
    }
    result.put("rule", plan.learning().rule().name());
    boolean descends = plan.learning().rule().descends();
    result.put("optimizer", descends ? RunResult.optimizer(plan) : null);
    result.put("learning", learning(features));
    result.put("seed", plan.seed());
    result.put("backend", RunResult.backend(backend));
    result.put("protocol", plan.protocol().toString());
    result.put("protocol_note", protocolNote());
    result.put("baseline", baseline.name().toLowerCase(Locale.ROOT));
    result.put("stream", streamEntry());
    putMeasured(result);
    result.put("weights_sha256", end.parameters().sha256());
    result.put("cost", cost(energy));
    result.put("provenance", RunResult.provenance(started));
    return result;
  }

  private void putMeasured(Map<String, Object> result) {
    double accuracy = matrix.pooled(matrix.learned(), matrix.experiences());
    result.put("epochs", epochs());
    result.put("test_accuracy", measuredOn.equals("test") ? accuracy : null);
    result.put("validation_accuracy", measuredOn.equals("validation") ? accuracy : null);
    result.put("accuracy_matrix", matrix.rows());
    result.put("metrics", metricsEntry());
    result.put("weight_changes", WeightChangeEntry.of(end.finished()));
  }

  private Map<String, Object> learning(FeatureScaling features) {
    Map<String, Object> entry = RunResult.learning(plan);
    Optional<Columns> columns = plan.network().columns();
    entry.put("gate", plan.gated() ? "input" : columns.isPresent() ? "k-winners" : "none");
    if (columns.isPresent()) {
      UNUSED.forEach(name -> entry.put(name, null));
      entry.putAll(CompetitionOptions.entries(columns.get(), plan.learning().rule()));
    }
    entry.put("gate_margin", plan.gated() ? plan.gateMargin() : null);
    boolean standardised = features instanceof Standardization;
    entry.put("features", standardised ? "standardised" : features.toString());
    entry.put("feature_mean", standardised ? ((Standardization) features).mean() : null);
    entry.put("feature_deviation", standardised ? ((Standardization) features).deviation() : null);
    entry.put("max_epochs", plan.epochs());
    entry.put("stop_accuracy", plan.stopAccuracy());
    entry.put("test_batch", plan.testBatch());
    if (plan.learning().rule().consolidates()) {
      entry.put("ewc_lambda", plan.learning().rule().settings().get("ewc-lambda"));
    }
    return entry;
  }

  private Map<String, Object> streamEntry() {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("order", stream.order().classes());
    entry.put("classes_per_experience", stream.classesPerExperience());
    entry.put("learned", stream.learned().stream().map(Experience::classes).toList());
    entry.put("train_samples", stream.learned().stream().map(each -> each.train().length).toList());
    entry.put("tested", stream.tested().stream().map(Experience::classes).toList());
    entry.put(measuredOn + "_samples", matrix.samples());
    return entry;
  }

  /** One row a pass; accuracy is measured after the last pass of an experience. */
  private List<Map<String, Object>> epochs() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (ExperienceMetrics experience : end.finished()) {
      int passes = experience.passes().size();
      for (ExperienceMetrics.Pass pass : experience.passes()) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("epoch", rows.size() + 1);
        row.put("experience", experience.experience());
        row.put("epoch_of_experience", pass.epoch());
        row.put("train_accuracy", pass.train().accuracy());
        row.put(
            measuredOn + "_accuracy", pass.epoch() == passes ? experience.test().accuracy() : null);
        row.put("train_squared_error", pass.train().squaredError() / pass.train().samples());
        row.put("seconds", pass.seconds());
        rows.add(row);
      }
    }
    return rows;
  }

  private Map<String, Object> metricsEntry() {
    Map<String, Object> entries = new LinkedHashMap<>();
    for (ContinualMetric metric : metrics) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("value", metric.value());
      entry.put("formula", metric.formula());
      if (metric.reason() != null) {
        entry.put("reason", metric.reason());
      }
      entries.put(metric.name(), entry);
    }
    return entries;
  }

  private Map<String, Object> cost(EnergySum energy) {
    Counters train = Counters.zero(plan.network().layers().size());
    Counters test = train;
    long testBatches = 0;
    double seconds = 0;
    for (ExperienceMetrics experience : end.finished()) {
      test = test.plus(experience.test());
      testBatches += experience.testBatches();
      for (ExperienceMetrics.Pass pass : experience.passes()) {
        train = train.plus(pass.train());
        seconds += pass.seconds();
      }
    }
    Cost inference = Cost.ofInference(plan.network(), plan.steps(), test, testBatches);
    Map<String, Object> entry = new LinkedHashMap<>();
    boolean byEngine = plan.learning().rule().needsEngine();
    Cost training = byEngine ? null : training(train);
    Map<String, Object> perTrainingSample =
        byEngine
            ? StreamEngine.putCost(entry, plan, stream, end, train.samples())
            : putCost(entry, training);
    // An engine's arrays lie outside the heap, where their peak is not measured.
    entry.put("peak_memory_bytes", byEngine ? null : RunResult.peakHeapBytes());
    entry.put("seconds", seconds + StreamEngine.secondsBeside(end));
    RunResult.putEnergy(energy, entry);
    putEstimate(entry, training);
    entry.put("published_cost", null);
    entry.put(
        "published_cost_reason",
        "the paper's count goes by epochs to error levels, which a stream of classes has not");
    entry.put("per_training_sample", perTrainingSample);
    entry.put("per_inference_sample", RunResult.perSample(inference));
    return entry;
  }

  /** Puts what a local rule's learning cost into {@code entry}; returns the same of one sample. */
  private Map<String, Object> putCost(Map<String, Object> entry, Cost training) {
    entry.putAll(RunResult.counts(training));
    return RunResult.perSample(training);
  }

  private Cost training(Counters train) {
    return Cost.ofTraining(plan.network(), plan.learning(), plan.steps(), train, end.stepsDone());
  }

  /** Puts the energy that counted operations come to; null of an engine, whose are by formula. */
  private void putEstimate(Map<String, Object> entry, Cost training) {
    EnergyEstimate estimate =
        training == null ? null : EnergyEstimate.of(training, plan.network().neuron());
    entry.put("energy_estimate_joules", estimate == null ? null : estimate.joules());
    entry.put(
        "energy_estimate_source", estimate == null ? RunResult.NO_ESTIMATE : estimate.source());
  }

  /** Prints the matrix, each figure with its formula, and what the protocol means for them. */
  void print(PrintWriter out, Path folder) {
    out.printf(
        "Accuracy in %% on the %s samples of experience j (column) after learning experience i (row)%n",
        measuredOn);
    TextTable.print(out, heading(), rows());
    List<List<String>> figures =
        metrics.stream()
            .map(
                metric ->
                    List.of(
                        metric.name(),
                        metric.value() == null
                            ? "none (" + metric.reason() + ")"
                            : String.format(Locale.ROOT, "%.4f", metric.value()),
                        metric.formula()))
            .toList();
    TextTable.print(out, List.of("", "", ""), figures);
    out.println("protocol " + plan.protocol() + "; order " + stream.order().classes());
    if (protocolNote() != null) {
      out.println(protocolNote());
    }
    out.printf("weights %s; run folder %s%n", end.parameters().sha256().substring(0, 16), folder);
    out.flush();
  }

  private List<String> heading() {
    List<String> heading = new ArrayList<>(List.of("after"));
    stream.tested().forEach(each -> heading.add("j=" + each.number()));
    return heading;
  }

  private List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    for (List<Double> accuracies : matrix.rows()) {
      int i = rows.size();
      String name = i == 0 ? "initial" : "i=" + i + " " + stream.learned().get(i - 1).classes();
      List<String> row = new ArrayList<>(List.of(name));
      accuracies.forEach(value -> row.add(String.format(Locale.ROOT, "%.1f", 100 * value)));
      rows.add(row);
    }
    return rows;
  }
}
