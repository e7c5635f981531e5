package org.raphe.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.raphe.agent.AgentSettings;
import org.raphe.agent.Interval;
import org.raphe.agent.StudyMeasures;
import org.raphe.agent.StudyPlan;
import org.raphe.agent.StudyRun;
import org.raphe.agent.StudyState;
import org.raphe.agent.StudyVariant;
import org.raphe.backend.Backend;
import org.raphe.result.DataUsed;
import org.raphe.result.Provenance;
import org.raphe.result.RunId;
import org.raphe.result.RunResult;
import org.raphe.result.StudyResult;
import org.raphe.rule.SameBits;

/** What a finished study writes down and prints. */
final class GoNoGoEntry {
  private final GoNoGoCommand command;
  private final StudyPlan plan;
  private final StudyState end;
  private final Backend backend;
  private final Instant started;
  private final List<StudyMeasures> measures = new ArrayList<>();

  GoNoGoEntry(
      GoNoGoCommand command,
      StudyPlan plan,
      StudyRun run,
      StudyState end,
      Backend backend,
      Instant started) {
    this.command = command;
    this.plan = plan;
    this.end = end;
    this.backend = backend;
    this.started = started;
    for (int k = 0; k < plan.variants().size(); k++) {
      measures.add(
          StudyMeasures.of(
              run.record(k),
              plan.task(),
              plan.variants().get(k).settings().release(),
              command.study.block));
    }
  }

  /** The content of result.json. */
  RunResult content(String runId) {
    AgentSettings agent = plan.variants().get(0).settings().agent();
    return new RunResult(
        RunResult.FORMAT,
        "gonogo",
        runId,
        new DataUsed(plan.task().name(), plan.task().trials(), null, null, null, null, null, null),
        plan.task().stimuli()
            + "x"
            + agent.stimulusUnits()
            + "-3x("
            + agent.excitatory()
            + "e+"
            + agent.inhibitory()
            + "i)",
        "lif",
        null,
        "r-stdp",
        null,
        null,
        plan.seed(),
        RunEnvironment.used(backend),
        null,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        outcome(),
        RunId.digest(String.join(" ", end.digests())),
        null,
        provenance(runId));
  }

  private Provenance provenance(String runId) {
    return new RunEnvironment(runId, null, "test", null, null, started, SameBits.ON_EVERY_BACKEND)
        .provenance();
  }

  private StudyResult outcome() {
    List<StudyResult.Variant> variants = new ArrayList<>();
    for (int k = 0; k < measures.size(); k++) {
      StudyVariant variant = plan.variants().get(k);
      StudyMeasures of = measures.get(k);
      variants.add(
          new StudyResult.Variant(
              variant.group(),
              variant.name(),
              of.criteria().stream()
                  .map(
                      rule ->
                          new StudyResult.Rule(
                              rule.firstTrial(), mean(rule.reached()), mean(rule.trials())))
                  .toList(),
              mean(of.releases()),
              course(of.correct()),
              course(of.noradrenaline()),
              course(of.entropy()),
              end.digests().get(k)));
    }
    return new StudyResult(
        command.study.said(),
        command.learner.said(),
        plan.learners(),
        plan.task().trials(),
        plan.variants().get(0).settings().agent().steps(),
        Arrays.stream(plan.task().shifts()).boxed().toList(),
        command.study.block,
        variants,
        end.seconds());
  }

  private static StudyResult.Mean mean(Interval of) {
    return of == null
        ? null
        : new StudyResult.Mean(
            rounded(of.mean()), rounded(of.low()), rounded(of.high()), of.count());
  }

  private static StudyResult.Course course(List<Interval> blocks) {
    return new StudyResult.Course(
        each(blocks, Interval::mean), each(blocks, Interval::low), each(blocks, Interval::high));
  }

  private static List<Double> each(List<Interval> blocks, ToDoubleFunction<Interval> part) {
    List<Double> values = new ArrayList<>();
    blocks.forEach(block -> values.add(block == null ? null : rounded(part.applyAsDouble(block))));
    return values;
  }

  private static Double rounded(double value) {
    return Math.round(value * 1e5) / 1e5;
  }

  /** Rows of metrics.csv: one a kind of learner and block. */
  List<String> metricRows() {
    List<String> rows = new ArrayList<>();
    rows.add(
        "group,learner,first_trial,correct,correct_low,correct_high,noradrenaline,noradrenaline_low,noradrenaline_high,entropy,entropy_low,entropy_high");
    for (int k = 0; k < measures.size(); k++) {
      StudyVariant variant = plan.variants().get(k);
      StudyMeasures of = measures.get(k);
      for (int block = 0; block < of.correct().size(); block++) {
        StringBuilder row = new StringBuilder(variant.group()).append(',').append(variant.name());
        row.append(',').append(block * of.blockTrials());
        append(row, of.correct().get(block));
        append(row, of.noradrenaline().get(block));
        append(row, of.entropy().get(block));
        rows.add(row.toString());
      }
    }
    return rows;
  }

  private static void append(StringBuilder row, Interval of) {
    if (of == null) {
      row.append(",,,");
    } else {
      row.append(',').append(rounded(of.mean()));
      row.append(',').append(rounded(of.low()));
      row.append(',').append(rounded(of.high()));
    }
  }

  void print(PrintWriter out, Path folder) {
    out.println(
        "Learners that reached "
            + StudyMeasures.NEEDED
            + " right ones of "
            + StudyMeasures.WINDOW
            + " trials in a row, in %, with 95 % intervals over learners");
    List<String> heading =
        new ArrayList<>(
            List.of("group", "learner", "first rule", "last rule", "trials to it", "releases"));
    List<List<String>> rows = new ArrayList<>();
    for (int k = 0; k < measures.size(); k++) {
      StudyMeasures of = measures.get(k);
      List<StudyMeasures.Criterion> rules = of.criteria();
      StudyMeasures.Criterion last = rules.get(rules.size() - 1);
      rows.add(
          List.of(
              plan.variants().get(k).group(),
              plan.variants().get(k).name(),
              percent(rules.get(0).reached()),
              percent(last.reached()),
              number(last.trials()),
              number(of.releases())));
    }
    TextTable.print(out, heading, rows);
    out.printf(
        Locale.ROOT,
        "%.3g learner-steps a second; state %s; run folder %s%n",
        steps() / end.seconds(),
        RunId.digest(String.join(" ", end.digests())).substring(0, 16),
        folder);
  }

  private double steps() {
    return (double) plan.learners()
        * plan.task().trials()
        * plan.variants().get(0).settings().agent().steps()
        * plan.variants().size();
  }

  private static String percent(Interval share) {
    return String.format(
        Locale.ROOT,
        "%.1f (%.1f to %.1f)",
        100 * share.mean(),
        100 * share.low(),
        100 * share.high());
  }

  private static String number(Interval of) {
    return of == null
        ? "none"
        : String.format(Locale.ROOT, "%.1f (%.1f to %.1f)", of.mean(), of.low(), of.high());
  }
}
