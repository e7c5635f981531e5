package org.raphe.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.raphe.data.FeatureScaling;
import org.raphe.neuromodulation.Modulator;
import org.raphe.result.RunResult;
import org.raphe.result.VolatileResult;
import org.raphe.training.TrainingPlan;
import org.raphe.volatility.LevelRecord;
import org.raphe.volatility.StreamMeasures;
import org.raphe.volatility.VolatilePlan;
import org.raphe.volatility.VolatileRun;
import org.raphe.volatility.VolatileState;
import org.raphe.volatility.VolatileStream;

/**
 * What a finished volatile stream writes down and prints.
 *
 * @param network how hidden layers learned
 * @param end where it ended
 */
record VolatileEntry(
    VolatileCommand command,
    TrainingPlan network,
    VolatilePlan plan,
    VolatileStream stream,
    VolatileRun run,
    VolatileState end,
    RunEnvironment environment) {
  /** Samples that a point of the course is the mean of. */
  private static final int COURSE = 100;

  /** The content of result.json. */
  RunResult content() {
    return new RunResult(
        RunResult.FORMAT,
        "volatile",
        environment.runId(),
        environment.dataUsed(),
        network.network().text(),
        network.network().neuron().toString(),
        LearningEntry.activation(network.network()),
        network.learning().rule().name(),
        LearningEntry.optimizer(network),
        LearningEntry.ofTraining(network, null, new FeatureScaling.Raw()),
        network.seed(),
        environment.backendUsed(),
        null,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        outcome(),
        null,
        null,
        null,
        end.tensors().and(end.network().tensors().prefixed("network.")).sha256(),
        new VolatileCost(network, plan, stream, end).of(environment.energyUsed()),
        environment.provenance());
  }

  private VolatileResult outcome() {
    return new VolatileResult(
        command.stream.said(stream.settings()),
        plan.plasticSamples(),
        stream.contexts(),
        stream.switches().stream()
            .map(each -> new VolatileResult.Change(each.sample(), each.context(), each.returning()))
            .toList(),
        stream.noise().stream()
            .map(each -> new VolatileResult.Noise(each.from(), each.to(), each.share()))
            .toList(),
        command.modulators.said(),
        learners(),
        course());
  }

  private List<VolatileResult.Learner> learners() {
    List<VolatileResult.Learner> learners = new ArrayList<>();
    for (int learner = 0; learner < plan.learners().size(); learner++) {
      StreamMeasures measures = StreamMeasures.of(stream, run.hits(learner));
      String name = plan.learners().get(learner).name();
      String group = ComparisonOptions.group(name);
      learners.add(
          new VolatileResult.Learner(
              name.equals(group) ? name : name.substring(group.length() + 1),
              group,
              measures.accuracy(),
              measures.afterSwitch(),
              measures.settled(),
              regain(measures.fresh()),
              regain(measures.returning()),
              end.products().get(learner)));
    }
    return learners;
  }

  private static VolatileResult.Regain regain(StreamMeasures.Regain regain) {
    return new VolatileResult.Regain(regain.switches(), regain.samples(), regain.failed());
  }

  private VolatileResult.Course course() {
    LevelRecord record = run.levels();
    int batch = stream.settings().batch();
    int batches = Math.max(1, COURSE / batch);
    Map<String, List<Double>> levels = new LinkedHashMap<>();
    for (Modulator modulator : Modulator.values()) {
      levels.put(modulator.toString(), new ArrayList<>());
    }
    List<Integer> fired = new ArrayList<>();
    for (int from = 0; from < record.batches(); from += batches) {
      int to = Math.min(record.batches(), from + batches);
      for (Modulator modulator : Modulator.values()) {
        double sum = 0;
        for (int at = from; at < to; at++) {
          sum += record.level(at, modulator);
        }
        levels.get(modulator.toString()).add(rounded(sum / (to - from)));
      }
      for (int at = from; at < to; at++) {
        if (record.fired(at)) {
          fired.add(at * batch);
        }
      }
    }
    int control = bestControl();
    return new VolatileResult.Course(
        batches * batch,
        accuracies(0, batches * batch),
        control < 0 ? null : accuracies(control, batches * batch),
        levels,
        fired);
  }

  /** The control that is told nothing of the stream and answered best; -1 where there is none. */
  private int bestControl() {
    int best = -1;
    double most = -1;
    for (int learner = 0; learner < plan.learners().size(); learner++) {
      String name = plan.learners().get(learner).name();
      Double accuracy = StreamMeasures.of(stream, run.hits(learner)).accuracy();
      boolean told = name.endsWith("switch-reset") || name.endsWith("meaning-given");
      if (name.startsWith("controls ") && !told && accuracy != null && accuracy > most) {
        most = accuracy;
        best = learner;
      }
    }
    return best;
  }

  private List<Double> accuracies(int learner, int samples) {
    boolean[] hits = run.hits(learner);
    List<Double> accuracies = new ArrayList<>();
    for (int from = 0; from < hits.length; from += samples) {
      int to = Math.min(hits.length, from + samples);
      int right = 0;
      for (int sample = from; sample < to; sample++) {
        right += hits[sample] ? 1 : 0;
      }
      accuracies.add(rounded((double) right / (to - from)));
    }
    return accuracies;
  }

  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }

  /** Rows of levels.csv: one a batch. */
  List<String> levelRows() {
    LevelRecord record = run.levels();
    boolean[] hits = run.hits(0);
    List<String> rows = new ArrayList<>();
    rows.add(
        "sample,dopamine,acetylcholine,serotonin,noradrenaline,fired,readout,readouts,context,accuracy");
    int batch = stream.settings().batch();
    for (int at = 0; at < record.batches(); at++) {
      int from = at * batch;
      int to = Math.min(stream.size(), from + batch);
      int right = 0;
      for (int sample = from; sample < to; sample++) {
        right += hits[sample] ? 1 : 0;
      }
      StringBuilder row = new StringBuilder().append(from);
      for (Modulator modulator : Modulator.values()) {
        row.append(',').append(record.level(at, modulator));
      }
      row.append(',').append(record.fired(at) ? 1 : 0);
      row.append(',').append(record.active(at)).append(',').append(record.inUse(at));
      row.append(',').append(stream.context(from));
      rows.add(row.append(',').append((double) right / (to - from)).toString());
    }
    return rows;
  }

  /** Rows of metrics.csv: one a learner. */
  List<String> metricRows() {
    List<String> rows = new ArrayList<>();
    rows.add(
        "group,learner,accuracy,accuracy_after_switch,accuracy_settled,regain_new,regain_returning");
    for (VolatileResult.Learner each : learners()) {
      rows.add(
          String.join(
              ",",
              each.group(),
              each.name().replace(',', '+'),
              text(each.accuracy()),
              text(each.accuracyAfterSwitch()),
              text(each.accuracySettled()),
              text(each.regainNew().samples()),
              text(each.regainReturning().samples())));
    }
    return rows;
  }

  /** Nothing where there is no value. */
  private static String text(Double value) {
    return value == null ? "" : Double.toString(value);
  }

  void print(PrintWriter out, Path folder) {
    out.println("Online accuracy in % from the first switch on, before each update");
    List<List<String>> rows = new ArrayList<>();
    for (VolatileResult.Learner each : learners()) {
      rows.add(
          List.of(
              each.group(),
              each.name(),
              percent(each.accuracy()),
              percent(each.accuracyAfterSwitch()),
              percent(each.accuracySettled()),
              samples(each.regainNew()),
              samples(each.regainReturning())));
    }
    TextTable.print(
        out,
        List.of("group", "learner", "all", "after", "settled", "regain new", "returning"),
        rows);
    out.println("samples to regain 90 % of the level before a switch, by a running mean of 50");
    out.printf("state %s; run folder %s%n", content().weightsSha256().substring(0, 16), folder);
  }

  private static String percent(Double share) {
    return share == null ? "none" : String.format(Locale.ROOT, "%.2f", 100 * share);
  }

  private static String samples(VolatileResult.Regain regain) {
    return regain.samples() == null ? "none" : String.format(Locale.ROOT, "%.0f", regain.samples());
  }
}
