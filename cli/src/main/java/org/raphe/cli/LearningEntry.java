package org.raphe.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.raphe.continual.ExperienceStream;
import org.raphe.data.FeatureScaling;
import org.raphe.data.Standardization;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.network.Columns;
import org.raphe.network.NetworkSpec;
import org.raphe.result.ColumnSettings;
import org.raphe.result.LearningSettings;
import org.raphe.result.OptimizerSettings;
import org.raphe.result.StreamLearning;
import org.raphe.rule.Rule;
import org.raphe.training.LayerSchedule;
import org.raphe.training.TrainingPlan;

/** How a run learns, as result.json says it. */
final class LearningEntry {
  /** Settings of rules that have keys of their own. */
  private static final Set<String> KEYED =
      Set.of(
          "lambda",
          "theta-max",
          "innervation",
          "ewc-lambda",
          "conscience",
          "amnesia",
          "readout",
          "ridge");

  private LearningEntry() {}

  /** What hidden rate units make of their currents; null of spiking units and of columns. */
  static String activation(NetworkSpec network) {
    boolean none = network.activation() == null || network.columns().isPresent();
    return none ? null : network.activation().toString();
  }

  static OptimizerSettings optimizer(TrainingPlan plan) {
    LearningSpec learning = plan.learning();
    Optimizer.Adam adam = learning.hidden() instanceof Optimizer.Adam hidden ? hidden : null;
    return new OptimizerSettings(
        learning.hidden().name(),
        learning.hidden().learningRate(),
        learning.readout().learningRate(),
        plan.schedule().toString(),
        adam == null ? null : adam.beta1(),
        adam == null ? null : adam.beta2(),
        adam == null ? null : adam.epsilon(),
        plan.layers().isEmpty() ? null : plan.layers().stream().map(LearningEntry::layer).toList());
  }

  private static OptimizerSettings.Layer layer(LayerSchedule layer) {
    return new OptimizerSettings.Layer(
        layer.rateFactor(),
        layer.opens(),
        Double.isInfinite(layer.closes()) ? null : layer.closes());
  }

  /** Of plain training. */
  static LearningSettings ofTraining(
      TrainingPlan plan, ExperienceStream stream, FeatureScaling features) {
    return settings(plan, stream, features, null);
  }

  static LearningSettings ofStream(
      TrainingPlan plan, ExperienceStream stream, FeatureScaling features) {
    return settings(plan, stream, features, streamLearning(plan, features));
  }

  private static LearningSettings settings(
      TrainingPlan plan,
      ExperienceStream stream,
      FeatureScaling features,
      StreamLearning streamLearning) {
    LearningSpec learning = plan.learning();
    Map<String, Object> rule = learning.rule().settings();
    boolean descends = learning.rule().descends();
    return new LearningSettings(
        plan.steps(),
        plan.batch(),
        plan.inputScale(),
        descends ? learning.loss().kind().name().toLowerCase(Locale.ROOT) : null,
        descends ? learning.loss().scale() : null,
        descends ? learning.loss().credit().name().toLowerCase(Locale.ROOT) : null,
        (Float) rule.get("lambda"),
        (Float) rule.get("theta-max"),
        descends ? learning.gain().toString() : null,
        (String) rule.get("innervation"),
        others(rule),
        FeatureOptions.kind(features),
        FeatureOptions.fittedTo(features, stream),
        streamLearning);
  }

  private static Map<String, String> others(Map<String, Object> rule) {
    Map<String, String> others = new LinkedHashMap<>();
    rule.forEach(
        (name, value) -> {
          if (!KEYED.contains(name)) {
            others.put(name.replace('-', '_'), String.valueOf(value));
          }
        });
    return others.isEmpty() ? null : others;
  }

  private static StreamLearning streamLearning(TrainingPlan plan, FeatureScaling features) {
    Rule rule = plan.learning().rule();
    ColumnSettings columns =
        plan.network().columns().map(layer -> columns(layer, rule)).orElse(null);
    FeatureScaling own = FeatureOptions.ofNetwork(features);
    Standardization standard = own instanceof Standardization made ? made : null;
    return new StreamLearning(
        plan.gated() ? "input" : columns == null ? "none" : "k-winners",
        columns,
        plan.gated() ? plan.gateMargin() : null,
        standard == null ? own.toString() : "standardised",
        standard == null ? null : standard.mean(),
        standard == null ? null : standard.deviation(),
        plan.epochs(),
        plan.stopAccuracy(),
        plan.testBatch(),
        null,
        (Double) rule.settings().get("ewc-lambda"));
  }

  private static ColumnSettings columns(Columns layer, Rule rule) {
    Map<String, Object> settings = rule.settings();
    return new ColumnSettings(
        layer.size(),
        layer.winners(),
        layer.width(),
        (Float) settings.get("conscience"),
        (Float) settings.get("amnesia"),
        (String) settings.get("readout"),
        (Float) settings.get("ridge"));
  }
}
