package org.raphe.cli;

import java.util.ArrayList;
import java.util.List;
import org.raphe.backend.Counters;
import org.raphe.continual.ExperienceMetrics;
import org.raphe.cost.Cost;
import org.raphe.result.Accuracy;
import org.raphe.result.EpochResult;

/** Passes over training samples, as result.json says them. */
final class EpochEntry {
  private EpochEntry() {}

  /**
   * An epoch of a training run, which is one experience.
   *
   * @param cost of the epoch; null where formulas count, by which all epochs cost alike
   */
  static EpochResult of(ExperienceMetrics.Pass epoch, Cost cost, RunEnvironment environment) {
    Accuracy accuracy = new Accuracy(epoch.test().accuracy());
    return new EpochResult(
        epoch.epoch(),
        null,
        null,
        epoch.train().accuracy(),
        environment.ofTest(accuracy),
        environment.ofValidation(accuracy),
        squaredError(epoch.train()),
        epoch.seconds(),
        cost == null ? null : operations(cost),
        cost == null ? null : cost.bytesMoved());
  }

  private static long operations(Cost cost) {
    return cost.forwardSynapticOperations() + cost.learningSynapticOperations() + cost.macs();
  }

  /** All passes of a stream; accuracy is measured after the last pass of an experience. */
  static List<EpochResult> of(List<ExperienceMetrics> finished, RunEnvironment environment) {
    List<EpochResult> rows = new ArrayList<>();
    for (ExperienceMetrics experience : finished) {
      for (ExperienceMetrics.Pass pass : experience.passes()) {
        rows.add(of(rows.size() + 1, experience, pass, environment));
      }
    }
    return rows;
  }

  private static EpochResult of(
      int number,
      ExperienceMetrics experience,
      ExperienceMetrics.Pass pass,
      RunEnvironment environment) {
    boolean last = pass.epoch() == experience.passes().size();
    Accuracy accuracy = new Accuracy(last ? (Double) experience.test().accuracy() : null);
    return new EpochResult(
        number,
        experience.experience(),
        pass.epoch(),
        pass.train().accuracy(),
        environment.ofTest(accuracy),
        environment.ofValidation(accuracy),
        squaredError(pass.train()),
        pass.seconds(),
        null,
        null);
  }

  /** Squared error a sample; null where the device cannot measure it. */
  private static Double squaredError(Counters counters) {
    double error = counters.squaredError() / counters.samples();
    return Double.isNaN(error) ? null : error;
  }
}
