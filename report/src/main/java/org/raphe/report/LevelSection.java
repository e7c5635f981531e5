package org.raphe.report;

import java.util.ArrayList;
import java.util.List;
import org.raphe.result.ModulationResult;

/** Levels of modulators while networks learned, under their accuracy. */
final class LevelSection {
  private LevelSection() {}

  /** Null where no run of the scope learned under modulators. */
  static Section of(Scope scope) {
    List<Object> views = new ArrayList<>();
    for (RunGroup group : scope.groups()) {
      for (Run run : group.runs()) {
        ModulationResult modulation = run.result().modulation();
        if (modulation != null && drawable(modulation.course())) {
          views.add(
              Plot.view(
                  List.of(group.label(), run.seed()),
                  Plot.markedCurves(
                      "sample",
                      "level, accuracy, %",
                      series(modulation.course()),
                      fired(modulation.course()),
                      List.of())));
        }
      }
    }
    if (views.isEmpty()) {
      return null;
    }
    return scope
        .section("levels", "Levels of the modulators while the network learned")
        .words(
            "Accuracy is that of the training samples, each before its update, by the labels given. Dopamine is error expected minus error made, from -100 to 100 %; acetylcholine the error that is expected; serotonin how much is consolidated; noradrenaline how sure it is that errors come more often than expected, and its burst. Dashed lines: noradrenaline fired. Means of consecutive samples of one run, chosen by setting and seed.")
        .plot(Plot.views("curves", List.of("setting", "seed"), views));
  }

  private static boolean drawable(ModulationResult.Course course) {
    return course != null
        && course.accuracy() != null
        && course.levels() != null
        && course.samples() != null
        && course.samples() > 0
        && course.samples() * Math.max(1, course.accuracy().size()) <= Integer.MAX_VALUE;
  }

  private static List<Object> series(ModulationResult.Course course) {
    List<Object> series = new ArrayList<>();
    int every = course.samples().intValue();
    series.add(Plot.course("accuracy", 0, every, course.accuracy()));
    course
        .levels()
        .forEach(
            (name, values) ->
                series.add(Plot.course(ForeignText.of(name), series.size(), every, values)));
    return series;
  }

  private static List<Integer> fired(ModulationResult.Course course) {
    List<Integer> lines = new ArrayList<>();
    for (int k = 0; course.fired() != null && k < course.fired().size(); k++) {
      if (course.fired().get(k) != null && course.fired().get(k) > 0) {
        lines.add(Math.toIntExact(k * course.samples()));
      }
    }
    return lines;
  }
}
