package org.raphe.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.raphe.report.Table.Format;
import org.raphe.result.VolatileResult;

/** Streams whose labels change their meaning: their course, the modulators' parts, the controls. */
final class VolatileSections {
  private static final String MARKS =
      " Dashed lines: labels change their meaning; bands: blocks in which labels are noisy. Means of consecutive samples of one run, chosen by setting and seed.";

  private static final List<String> GROUPS =
      List.of("factorial", "lesions", "na-times", "controls");

  private VolatileSections() {}

  static List<Section> of(Scope scope) {
    return List.of(course(scope), levels(scope), factorial(scope), losses(scope));
  }

  private static Section course(Scope scope) {
    List<Object> views = new ArrayList<>();
    for (RunGroup group : scope.groups()) {
      for (Run run : group.runs()) {
        VolatileResult.Course course = run.volatileStream().course();
        if (course != null && course.accuracy() != null && course.samples() != null) {
          List<Object> series = new ArrayList<>();
          if (course.control() != null) {
            series.add(
                Plot.course(
                    "best control", group.number() + 1, course.samples(), course.control()));
          }
          series.add(Plot.course("modulated", group.number(), course.samples(), course.accuracy()));
          views.add(view(group, run, "online accuracy, %", series));
        }
      }
    }
    return scope
        .section("course", "Online accuracy over the stream")
        .words(
            "Each answer is scored before its update, by what its label means at that moment. Beside it the best of the controls that are told nothing of the stream."
                + MARKS)
        .plot(Plot.views("curves", List.of("setting", "seed"), views));
  }

  private static Section levels(Scope scope) {
    List<Object> views = new ArrayList<>();
    for (RunGroup group : scope.groups()) {
      for (Run run : group.runs()) {
        VolatileResult.Course course = run.volatileStream().course();
        if (course != null && course.levels() != null && course.samples() != null) {
          List<Object> series = new ArrayList<>();
          course
              .levels()
              .forEach(
                  (name, values) ->
                      series.add(
                          Plot.course(
                              ForeignText.of(name), series.size(), course.samples(), values)));
          views.add(view(group, run, "level, %", series));
        }
      }
    }
    return scope
        .section("levels", "Levels of the modulators over the same stream")
        .words(
            "Dopamine is error expected minus error made, from -100 to 100 %; acetylcholine the error that is expected; serotonin how much of the read-out that learns is consolidated; noradrenaline how sure it is that errors come more often than expected."
                + MARKS)
        .plot(Plot.views("curves", List.of("setting", "seed"), views));
  }

  private static Object view(RunGroup group, Run run, String y, List<Object> series) {
    VolatileResult stream = run.volatileStream();
    List<Integer> switches = new ArrayList<>();
    if (stream.switches() != null) {
      stream.switches().forEach(each -> switches.add(each.sample()));
    }
    List<List<Integer>> noise = new ArrayList<>();
    if (stream.noise() != null) {
      stream.noise().forEach(each -> noise.add(List.of(each.from(), each.to())));
    }
    Map<String, Object> drawn = Plot.markedCurves("sample", y, series, switches, noise);
    return Plot.view(List.of(group.label(), run.seed()), drawn);
  }

  private static Section factorial(Scope scope) {
    Table table =
        new Table()
            .column("setting", Format.TEXT)
            .column("modulators", Format.TEXT)
            .column("seeds", Format.WHOLE)
            .column("online accuracy", Format.PERCENT)
            .column("deviation", Format.PERCENT);
    List<Object> bars = new ArrayList<>();
    for (RunGroup group : scope.groups()) {
      for (String name : VolatileLearners.names(group, "factorial")) {
        Spread spread = group.spread(run -> VolatileLearners.accuracy(run, "factorial", name));
        if (spread != null) {
          String shown = ForeignText.of(name);
          bars.add(Plot.bar(shown + ", " + group.label(), group.number(), spread));
          table.row(group.label(), shown, spread.count(), spread.mean(), spread.deviation());
        }
      }
    }
    return scope
        .section("factorial", "With and without each modulator")
        .words(
            "Acetylcholine (ach), serotonin (5ht) and noradrenaline (na) there or not, dopamine (da) always. "
                + ContinualSections.SPREAD)
        .notice(bars.isEmpty() ? "No run holds the factorial; --compare factorial makes it." : null)
        .plot(Plot.bars("online accuracy, %", true, bars))
        .table(table);
  }

  private static Section losses(Scope scope) {
    Table table =
        new Table()
            .column("setting", Format.TEXT)
            .column("compared with", Format.TEXT)
            .column("learner", Format.TEXT)
            .column("seeds", Format.WHOLE)
            .column("online accuracy", Format.PERCENT)
            .column("modulated is better by", Format.PERCENT)
            .column("95 % interval, half", Format.PERCENT)
            .column("least over seeds", Format.PERCENT);
    for (RunGroup group : scope.groups()) {
      for (String part : GROUPS) {
        for (String name : VolatileLearners.names(group, part)) {
          VolatileLearners.Difference loss = VolatileLearners.loss(group, part, name);
          if (loss != null) {
            table.row(
                group.label(),
                part,
                ForeignText.of(name),
                loss.seeds(),
                Spread.meanOf(group.spread(run -> VolatileLearners.accuracy(run, part, name))),
                loss.mean(),
                loss.half(),
                loss.least());
          }
        }
      }
    }
    Section section =
        scope
            .section("losses", "What each part gave, and what controls reach")
            .words(
                "Seed by seed, by how many percentage points all that is there answers better than what lacks a part, and than each control; the interval holds the mean with 95 % (Student's t).");
    for (RunGroup group : scope.groups()) {
      section.words(said(group));
    }
    return section.table(table);
  }

  /** In plain words what each modulator gave; null where nothing was compared. */
  private static String said(RunGroup group) {
    List<String> sentences = new ArrayList<>();
    say(group, "Noradrenaline", "factorial", "da,ach,5ht", sentences);
    say(group, "Dopamine", "lesions", "da", sentences);
    say(group, "Its comparison of read-outs", "lesions", "comparison", sentences);
    say(group, "Serotonin", "factorial", "da,ach,na", sentences);
    say(group, "Its recall of older read-outs", "lesions", "recall", sentences);
    say(group, "Its consolidated learning rate", "lesions", "consolidation", sentences);
    say(group, "Acetylcholine", "factorial", "da,5ht,na", sentences);
    return sentences.isEmpty() ? null : group.label() + ". " + String.join(" ", sentences);
  }

  private static void say(
      RunGroup group, String what, String part, String without, List<String> sentences) {
    VolatileLearners.Difference loss = VolatileLearners.loss(group, part, without);
    if (loss == null) {
      return;
    }
    if (loss.half() == null) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "%s: %.1f points, of one seed, which shows no interval.",
              what,
              100 * loss.mean()));
      return;
    }
    double low = 100 * (loss.mean() - loss.half());
    double high = 100 * (loss.mean() + loss.half());
    String text =
        low > 0
            ? "%s gave %.1f points (%.1f to %.1f)."
            : high < 0
                ? "%s cost points: it gave %.1f (%.1f to %.1f)."
                : "%s gave nothing that these seeds can tell from 0: %.1f points (%.1f to %.1f).";
    sentences.add(String.format(Locale.ROOT, text, what, 100 * loss.mean(), low, high));
  }
}
