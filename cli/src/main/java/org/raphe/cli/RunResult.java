package org.raphe.cli;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import org.raphe.backend.Backend;
import org.raphe.backend.Counters;
import org.raphe.backend.cpu.CpuModel;
import org.raphe.continual.ExperienceMetrics.Pass;
import org.raphe.cost.BackpropagationCost;
import org.raphe.cost.Cost;
import org.raphe.cost.EnergyEstimate;
import org.raphe.cost.PublishedCost;
import org.raphe.data.Dataset;
import org.raphe.energy.EnergySum;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.network.NetworkSpec;
import org.raphe.training.TrainingPlan;
import org.raphe.training.TrainingState;

/** What a run writes down: all that a report needs. What was not measured is null. */
final class RunResult {
  static final int FORMAT = 1;

  /** Why an engine's run has no energy by operation. */
  static final String NO_ESTIMATE = "not estimated for an engine's rule";

  private final TrainingPlan plan;
  private final Dataset dataset;
  private final String measuredOn;

  /** The result of a run. */
  RunResult(TrainingPlan plan, Dataset dataset, String measuredOn) {
    this.plan = plan;
    this.dataset = dataset;
    this.measuredOn = measuredOn;
  }

  /** The content of result.json. */
  Map<String, Object> content(
      String command,
      Backend backend,
      TrainingState end,
      String weightsSha256,
      EnergySum energy,
      Instant started) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("format", FORMAT);
    result.put("command", command);
    result.put("dataset", dataset(dataset, measuredOn));
    result.put("network", plan.network().text());
    result.put("neuron", plan.network().neuron().toString());
    putActivation(plan.network(), result);
    result.put("rule", rule());
    result.put("optimizer", optimizer(plan));
    result.put("learning", learning(plan));
    result.put("seed", plan.seed());
    result.put("backend", backend(backend));
    result.put("epochs", epochs(end.allPasses()));
    Pass last = end.allPasses().get(end.allPasses().size() - 1);
    result.put("test_accuracy", measuredOn.equals("test") ? last.test().accuracy() : null);
    result.put(
        "validation_accuracy", measuredOn.equals("validation") ? last.test().accuracy() : null);
    result.put("weights_sha256", weightsSha256);
    result.put("cost", cost(end, energy));
    result.put("provenance", provenance(started));
    return result;
  }

  /** What hidden rate units make of their currents; spiking units have no such entry. */
  static void putActivation(NetworkSpec network, Map<String, Object> result) {
    if (network.activation() != null) {
      result.put("activation", network.activation().toString());
    }
  }

  private boolean byEngine() {
    return plan.learning().rule().needsEngine();
  }

  private String rule() {
    return plan.learning().rule().name();
  }

  static Map<String, Object> dataset(Dataset dataset, String measuredOn) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", dataset.name());
    entry.put("train_samples", dataset.train().size());
    entry.put("test_samples", measuredOn.equals("test") ? dataset.test().size() : null);
    entry.put("validation_samples", measuredOn.equals("validation") ? dataset.test().size() : null);
    entry.put("sha256", dataset.sha256());
    return entry;
  }

  static Map<String, Object> optimizer(TrainingPlan plan) {
    LearningSpec learning = plan.learning();
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", learning.hidden().name());
    entry.put("learning_rate", learning.hidden().learningRate());
    entry.put("readout_learning_rate", learning.readout().learningRate());
    entry.put("schedule", plan.schedule().toString());
    if (learning.hidden() instanceof Optimizer.Adam adam) {
      entry.put("beta1", adam.beta1());
      entry.put("beta2", adam.beta2());
      entry.put("epsilon", adam.epsilon());
    }
    return entry;
  }

  static Map<String, Object> learning(TrainingPlan plan) {
    LearningSpec learning = plan.learning();
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("steps", plan.steps());
    entry.put("batch", plan.batch());
    entry.put("input_scale", plan.inputScale());
    entry.put("readout_loss", learning.loss().kind().name().toLowerCase(Locale.ROOT));
    entry.put("readout_scale", learning.loss().scale());
    entry.put("readout_credit", learning.loss().credit().name().toLowerCase(Locale.ROOT));
    Map<String, Object> settings = learning.rule().settings();
    entry.put("lambda", settings.get("lambda"));
    entry.put("theta_max", settings.get("theta-max"));
    entry.put("gain", learning.gain().toString());
    entry.put("innervation", settings.get("innervation"));
    return entry;
  }

  static Map<String, Object> backend(Backend backend) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", backend.name());
    entry.put("device", backend.device());
    entry.put("versions", backend.versions());
    entry.put("peak_device_bytes", backend.peakDeviceBytes());
    return entry;
  }

  private List<Map<String, Object>> epochs(List<Pass> epochs) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Pass epoch : epochs) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("epoch", epoch.epoch());
      row.put("train_accuracy", epoch.train().accuracy());
      row.put(measuredOn + "_accuracy", epoch.test().accuracy());
      row.put("train_squared_error", measured(epoch.train()));
      row.put("seconds", epoch.seconds());
      putCounts(epoch, row);
      rows.add(row);
    }
    return rows;
  }

  /** What an epoch of a local rule cost; an engine's epochs cost alike, by its formulas. */
  private void putCounts(Pass epoch, Map<String, Object> row) {
    if (!byEngine()) {
      Cost cost =
          Cost.ofTraining(
              plan.network(),
              plan.learning(),
              plan.steps(),
              epoch.train(),
              plan.batchesPerEpoch(dataset.train().size()));
      row.put(
          "operations",
          cost.forwardSynapticOperations() + cost.learningSynapticOperations() + cost.macs());
      row.put("bytes_moved", cost.bytesMoved());
    }
  }

  /** Squared error a sample; null where the device cannot measure it. */
  private static Double measured(Counters counters) {
    double error = counters.squaredError() / counters.samples();
    return Double.isNaN(error) ? null : error;
  }

  private Map<String, Object> cost(TrainingState end, EnergySum energy) {
    Counters train = Counters.zero(plan.network().layers().size());
    Counters test = train;
    double seconds = 0;
    for (Pass epoch : end.allPasses()) {
      train = train.plus(epoch.train());
      test = test.plus(epoch.test());
      seconds += epoch.seconds();
    }
    Cost inference =
        Cost.ofInference(
            plan.network(),
            plan.steps(),
            test,
            end.allPasses().size() * plan.batchesPerEpoch(dataset.test().size()));
    PublishedCost published = publishedCost(end);
    Map<String, Object> entry = new LinkedHashMap<>();
    Map<String, Object> perTrainingSample = learningCost(train, end.stepsDone(), entry);
    // An engine's arrays lie outside the heap, where their peak is not measured.
    entry.put("peak_memory_bytes", byEngine() ? null : peakHeapBytes());
    entry.put("seconds", seconds);
    putEnergy(energy, entry);
    putEstimate(train, end.stepsDone(), entry);
    entry.put("published_cost", published.value());
    entry.put("published_cost_reason", published.reason());
    entry.put("per_training_sample", perTrainingSample);
    entry.put("per_inference_sample", perSample(inference));
    return entry;
  }

  /** Puts what learning cost into {@code entry} and returns the same of one sample. */
  private Map<String, Object> learningCost(
      Counters train, long batches, Map<String, Object> entry) {
    if (byEngine()) {
      BackpropagationCost cost =
          BackpropagationCost.of(
              plan.network(),
              plan.learning(),
              plan.steps(),
              plan.batch(),
              train.samples(),
              batches);
      EngineCost entries = new EngineCost(cost, null, plan.network().neuron());
      entry.putAll(entries.ofRun());
      return entries.perSample();
    }
    Cost cost = Cost.ofTraining(plan.network(), plan.learning(), plan.steps(), train, batches);
    entry.putAll(counts(cost));
    return perSample(cost);
  }

  /** Energy that was measured: the total, and each part of the machine by itself. */
  static void putEnergy(EnergySum energy, Map<String, Object> entry) {
    List<Map<String, Object>> parts = new ArrayList<>();
    for (EnergySum.Part part : energy.parts()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("part", part.name());
      row.put("joules", part.reading().joules());
      row.put("source", part.reading().source());
      parts.add(row);
    }
    entry.put("energy_joules", energy.total().joules());
    entry.put("energy_source", energy.total().source());
    entry.put("energy_parts", parts);
  }

  /** Energy by operation; an engine's passes are counted otherwise, and not estimated. */
  private void putEstimate(Counters train, long batches, Map<String, Object> entry) {
    if (byEngine()) {
      entry.put("energy_estimate_joules", null);
      entry.put("energy_estimate_source", NO_ESTIMATE);
      return;
    }
    Cost cost = Cost.ofTraining(plan.network(), plan.learning(), plan.steps(), train, batches);
    EnergyEstimate estimate = EnergyEstimate.of(cost, plan.network().neuron());
    entry.put("energy_estimate_joules", estimate.joules());
    entry.put("energy_estimate_source", estimate.source());
  }

  private PublishedCost publishedCost(TrainingState end) {
    List<Double> errors =
        end.allPasses().stream().map(epoch -> 1 - epoch.test().accuracy()).toList();
    return PublishedCost.of(plan.network(), plan.learning().rule(), errors);
  }

  static Map<String, Object> counts(Cost cost) {
    return entries(cost, count -> count);
  }

  static Map<String, Object> perSample(Cost cost) {
    return entries(cost, count -> (double) count / cost.samples());
  }

  private static Map<String, Object> entries(Cost cost, LongFunction<Object> as) {
    Map<String, Object> operations = new LinkedHashMap<>();
    operations.put("forward", as.apply(cost.forwardSynapticOperations()));
    operations.put("learning", as.apply(cost.learningSynapticOperations()));
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("synaptic_operations", operations);
    entry.put("macs", as.apply(cost.macs()));
    entry.put("dense_macs", as.apply(cost.denseMacs()));
    entry.put("weight_writes", as.apply(cost.weightWrites()));
    entry.put("neuron_updates", as.apply(cost.neuronUpdates()));
    entry.put("bytes_moved", as.apply(cost.bytesMoved()));
    return entry;
  }

  /** The sum of the heap pools' peaks: an upper bound of the heap's own. */
  static long peakHeapBytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  static Map<String, Object> provenance(Instant started) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("version", BuildVersion.version());
    entry.put("git_commit", BuildVersion.commit());
    entry.put("java", Runtime.version() + " " + System.getProperty("java.vendor"));
    entry.put(
        "os",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
    entry.put("cpu", CpuModel.name());
    entry.put("started", started.toString());
    return entry;
  }
}
