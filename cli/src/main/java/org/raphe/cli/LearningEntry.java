package org.raphe.cli;

import java.util.Locale;
import org.raphe.continual.ContinualPlan;
import org.raphe.data.FeatureScaling;
import org.raphe.data.Standardization;
import org.raphe.learning.AssociativeReadout;
import org.raphe.learning.Competition;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.result.ColumnSettings;
import org.raphe.result.LearningSettings;
import org.raphe.result.OptimizerSettings;
import org.raphe.result.StreamLearning;
import org.raphe.training.LearningRateSchedule;
import org.raphe.training.TrainingPlan;

/** How a run learns, as result.json says it. */
final class LearningEntry {
  private LearningEntry() {}

  static OptimizerSettings optimizer(LearningSpec learning, LearningRateSchedule schedule) {
    Optimizer.Adam adam = learning.hidden() instanceof Optimizer.Adam hidden ? hidden : null;
    return new OptimizerSettings(
        learning.hidden().name(),
        learning.hidden().learningRate(),
        learning.readout().learningRate(),
        schedule.toString(),
        adam == null ? null : adam.beta1(),
        adam == null ? null : adam.beta2(),
        adam == null ? null : adam.epsilon());
  }

  static LearningSettings of(TrainingPlan plan) {
    return settings(plan.steps(), plan.batch(), plan.inputScale(), plan.learning(), null);
  }

  /**
   * Of a stream.
   *
   * @param ewcLambda weight of the penalty; null unless the rule is ewc
   */
  static LearningSettings of(ContinualPlan plan, FeatureScaling features, Double ewcLambda) {
    StreamLearning stream = streamLearning(plan, features, ewcLambda);
    return settings(plan.steps(), plan.batch(), plan.inputScale(), plan.learning(), stream);
  }

  private static LearningSettings settings(
      int steps, int batch, float inputScale, LearningSpec learning, StreamLearning stream) {
    if (learning.competition() != null) {
      // Columns neither descend a loss nor are modulated.
      return new LearningSettings(
          steps, batch, inputScale, null, null, null, null, null, null, null, stream);
    }
    return new LearningSettings(
        steps,
        batch,
        inputScale,
        learning.loss().kind().name().toLowerCase(Locale.ROOT),
        learning.loss().scale(),
        learning.loss().credit().name().toLowerCase(Locale.ROOT),
        learning.curve().lambda(),
        learning.curve().thetaMax(),
        learning.gain().toString(),
        learning.innervation().toString(),
        stream);
  }

  private static StreamLearning streamLearning(
      ContinualPlan plan, FeatureScaling features, Double ewcLambda) {
    Competition competition = plan.learning().competition();
    Standardization standard = features instanceof Standardization made ? made : null;
    return new StreamLearning(
        plan.gated() ? "input" : competition == null ? "none" : "k-winners",
        competition == null ? null : columns(competition),
        plan.gated() ? plan.gateMargin() : null,
        standard == null ? features.toString() : "standardised",
        standard == null ? null : standard.mean(),
        standard == null ? null : standard.deviation(),
        plan.epochs(),
        plan.stopAccuracy(),
        plan.testBatch(),
        ewcLambda);
  }

  private static ColumnSettings columns(Competition competition) {
    boolean rls = competition.readout() == AssociativeReadout.RLS;
    return new ColumnSettings(
        competition.column(),
        competition.winners(),
        competition.width(),
        competition.conscience(),
        competition.amnesia(),
        competition.readout().toString(),
        rls ? competition.ridge() : null);
  }
}
