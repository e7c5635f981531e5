package org.raphe.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.raphe.continual.ExperienceStream;
import org.raphe.modulation.LevelCourse;
import org.raphe.neuromodulation.Modulator;
import org.raphe.result.ModulationResult;
import org.raphe.training.TrainingPlan;
import org.raphe.training.TrainingState;

/** Levels that a network learned under, as result.json and levels.csv say them. */
final class LevelEntry {
  /** Points of a course in result.json, at most. */
  private static final int POINTS = 500;

  private LevelEntry() {}

  /** The entry {@code modulation}; null without modulators. */
  static ModulationResult of(TrainingPlan plan, ExperienceStream stream, TrainingState end) {
    if (plan.modulation().isNone()) {
      return null;
    }
    LevelCourse course = end.levels(plan, stream);
    int rows = Math.max(1, (course.size() + POINTS - 1) / POINTS);
    Map<String, List<Double>> levels = new LinkedHashMap<>();
    for (Modulator modulator : plan.modulation().levers().keySet()) {
      levels.put(modulator.toString(), means(course, rows, row -> course.level(row, modulator)));
    }
    List<Integer> fired = new ArrayList<>();
    for (int from = 0; from < course.size(); from += rows) {
      int count = 0;
      for (int row = from; row < Math.min(course.size(), from + rows); row++) {
        count += course.firings(row);
      }
      fired.add(count);
    }
    return new ModulationResult(
        ModulationOptions.said(plan.modulation()),
        new ModulationResult.Course(
            rows * course.firstBatch(1) * plan.batch(),
            means(course, rows, course::accuracy),
            levels,
            means(course, rows, course::hiddenFactor),
            means(course, rows, course::readoutFactor),
            fired));
  }

  private static List<Double> means(LevelCourse course, int rows, IntToDoubleFunction value) {
    List<Double> means = new ArrayList<>();
    for (int from = 0; from < course.size(); from += rows) {
      int to = Math.min(course.size(), from + rows);
      double sum = 0;
      for (int row = from; row < to; row++) {
        sum += value.applyAsDouble(row);
      }
      means.add(Math.round(sum / (to - from) * 1e4) / 1e4);
    }
    return means;
  }

  /** Rows of levels.csv. */
  static List<String> rows(TrainingPlan plan, ExperienceStream stream, TrainingState state) {
    LevelCourse course = state.levels(plan, stream);
    List<String> rows = new ArrayList<>();
    rows.add(
        "batch,dopamine,acetylcholine,serotonin,noradrenaline,fired,hidden_rate,readout_rate,accuracy");
    for (int row = 0; row < course.size(); row++) {
      StringBuilder text = new StringBuilder().append(course.firstBatch(row));
      for (Modulator modulator : Modulator.values()) {
        text.append(',');
        if (plan.modulation().has(modulator)) {
          text.append(number(course.level(row, modulator)));
        }
      }
      text.append(',').append(course.firings(row));
      text.append(',').append(number(course.hiddenFactor(row)));
      text.append(',').append(number(course.readoutFactor(row)));
      rows.add(text.append(',').append(number(course.accuracy(row))).toString());
    }
    return rows;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }
}
