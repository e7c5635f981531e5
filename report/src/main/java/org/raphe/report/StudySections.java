package org.raphe.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.raphe.report.Table.Format;
import org.raphe.result.StudyResult;

/** Studies of many learners: their course over a session, and how many adapted. */
final class StudySections {
  private static final String MARKS =
      " Means over learners; dashed lines: the rule shifts. Chosen by setting and seed.";

  /** Kinds whose course is drawn; all are in the table. */
  private static final List<String> DRAWN = List.of("modulated", "controls");

  private StudySections() {}

  static List<Section> of(Scope scope) {
    return List.of(
        course(
            scope,
            "correct",
            "Right actions over the session",
            "correct, %",
            "Share of right actions by block." + MARKS,
            1,
            StudyResult.Variant::correct),
        course(
            scope,
            "entropy",
            "Uncertainty of the action",
            "H(A | cue), % of a bit",
            "Entropy of a learner's actions at cues that count (in Go/No-Go: Go cues), by block."
                + MARKS,
            1,
            StudyResult.Variant::entropy),
        course(
            scope,
            "noradrenaline",
            "Noradrenaline",
            "level, %",
            "Mean level by block." + MARKS,
            1,
            StudyResult.Variant::noradrenaline),
        adapted(scope));
  }

  private static Section course(
      Scope scope,
      String id,
      String title,
      String y,
      String words,
      int first,
      Function<StudyResult.Variant, StudyResult.Course> part) {
    List<Object> views = new ArrayList<>();
    for (RunGroup group : scope.groups()) {
      for (Run run : group.runs()) {
        StudyResult study = run.study();
        if (study.variants() == null || study.blockTrials() == null) {
          continue;
        }
        List<Object> series = new ArrayList<>();
        for (StudyResult.Variant variant : study.variants()) {
          StudyResult.Course course = part.apply(variant);
          if (course != null && course.mean() != null && DRAWN.contains(variant.group())) {
            series.add(curve(variant, series.size(), study.blockTrials(), course.mean()));
          }
        }
        List<Integer> shifts = study.shifts() == null ? List.of() : study.shifts();
        Map<String, Object> drawn = Plot.markedCurves("trial", y, series, shifts, List.of());
        views.add(Plot.view(List.of(group.label(), run.seed()), drawn));
      }
    }
    return scope
        .section(id, title)
        .words(words)
        .plot(Plot.views("curves", List.of("setting", "seed"), views));
  }

  private static Object curve(
      StudyResult.Variant variant, int colour, int every, List<Double> means) {
    return Plot.course(ForeignText.of(variant.name()), colour, every, means);
  }

  private static Section adapted(Scope scope) {
    Table table =
        new Table()
            .column("setting", Format.TEXT)
            .column("seed", Format.TEXT)
            .column("group", Format.TEXT)
            .column("learner", Format.TEXT)
            .column("learners", Format.WHOLE)
            .column("first rule learned", Format.PERCENT)
            .column("adapted", Format.PERCENT)
            .column("95 % from", Format.PERCENT)
            .column("to", Format.PERCENT)
            .column("trials to criterion", Format.NUMBER)
            .column("releases", Format.NUMBER);
    List<Object> bars = new ArrayList<>();
    for (RunGroup group : scope.groups()) {
      for (Run run : group.runs()) {
        if (run.study().variants() == null) {
          continue;
        }
        for (StudyResult.Variant variant : run.study().variants()) {
          row(group, run, variant, table, bars);
        }
      }
    }
    return scope
        .section("adapted", "Learners that adapt")
        .words(
            "Share of learners that reached 18 right ones of 20 trials in a row under the last"
                + " rule, with Wilson's 95 % interval over learners; trials to it, of those who"
                + " did. Controls: no noradrenaline, released at as many random trials, at those of"
                + " another learner (yoked), at the shifts (oracle). Levers: each one left out, and"
                + " each alone.")
        .plot(Plot.bars("adapted, %", true, bars))
        .table(table);
  }

  private static void row(
      RunGroup group, Run run, StudyResult.Variant variant, Table table, List<Object> bars) {
    if (variant.rules() == null || variant.rules().isEmpty()) {
      return;
    }
    StudyResult.Rule first = variant.rules().get(0);
    StudyResult.Rule last = variant.rules().get(variant.rules().size() - 1);
    StudyResult.Mean reached = last.reached();
    String name = ForeignText.of(variant.name());
    if (reached != null && reached.mean() != null) {
      bars.add(
          Plot.bar(
              name + ", " + group.label(),
              group.number(),
              Spread.of(Arrays.asList(reached.mean()))));
    }
    table.row(
        group.label(),
        run.seed(),
        ForeignText.of(variant.group()),
        name,
        Run.told(reached, StudyResult.Mean::count),
        Run.told(first.reached(), StudyResult.Mean::mean),
        Run.told(reached, StudyResult.Mean::mean),
        Run.told(reached, StudyResult.Mean::low),
        Run.told(reached, StudyResult.Mean::high),
        Run.told(last.trialsToCriterion(), StudyResult.Mean::mean),
        Run.told(variant.releases(), StudyResult.Mean::mean));
  }
}
