package org.raphe.nir;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.raphe.InputException;
import org.raphe.data.ClassNames;
import org.raphe.data.FeatureScaling;
import org.raphe.model.Model;
import org.raphe.model.ModelProvenance;
import org.raphe.tensor.NamedTensors;
import org.raphe.tensor.Tensor;

/**
 * What a graph's nodes cannot say: the length of a step, how samples become spikes and how spikes
 * become a class. Files of other programs may say none of it.
 */
final class NirMetadata {
  static final String DT = "dt";
  static final String STEPS = "steps";
  static final String INPUT_SCALE = "input_scale";
  static final String SEED = "seed";
  private static final String INPUT_CODE = "input_code";
  private static final String READOUT = "readout";
  private static final String FEATURES = "features";
  private static final String FITTED = "features.";
  private static final String CLASS_NAMES = "class_names";
  private static final String PREPARATION = "preparation";
  private static final String RUN_ID = "run_id";
  private static final String PROVENANCE = "provenance";

  private final Map<String, Object> values;

  NirMetadata(Map<String, Object> values) {
    this.values = values;
  }

  /** What is written of a model. */
  static Map<String, Object> of(Model model, double dt) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(DT, dt);
    values.put(STEPS, (long) model.steps());
    values.put(INPUT_CODE, "an input of x spikes at each step with probability x / input_scale");
    values.put(INPUT_SCALE, model.inputScale());
    values.put(SEED, model.seed());
    values.put(READOUT, "the class whose unit spikes most over the steps, the lowest of equals");
    values.put(FEATURES, model.features().toString());
    model
        .features()
        .fittedValues()
        .tensors()
        .forEach((name, tensor) -> values.put(FITTED + name, tensor.values()));
    if (!model.classNames().areNumbers()) {
      values.put(CLASS_NAMES, model.classNames().names().toArray(String[]::new));
    }
    if (model.preparation() != null) {
      values.put(PREPARATION, model.preparation());
    }
    if (model.runId() != null) {
      values.put(RUN_ID, model.runId());
    }
    if (model.provenance() != null) {
      values.put(PROVENANCE, model.provenance().text());
    }
    return values;
  }

  /** A number; null where the file does not say it. */
  Number number(String key) {
    Object value = values.get(key);
    if (value == null) {
      return null;
    }
    if (value instanceof Number number) {
      return number;
    }
    throw new InputException("metadata: " + key + " is no number");
  }

  private String text(String key) {
    Object value = values.get(key);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw new InputException("metadata: " + key + " is no text");
  }

  String preparation() {
    return text(PREPARATION);
  }

  String runId() {
    return text(RUN_ID);
  }

  /** What the model comes from; null where the file does not say. */
  ModelProvenance provenance() {
    String text = text(PROVENANCE);
    return text == null ? null : ModelProvenance.parse("its metadata", text);
  }

  /** What is done to features; nothing where the file does not say. */
  FeatureScaling features() {
    Map<String, Tensor> fitted = new LinkedHashMap<>();
    for (Map.Entry<String, Object> entry : values.entrySet()) {
      if (entry.getKey().startsWith(FITTED)) {
        if (!(entry.getValue() instanceof float[] row)) {
          throw new InputException("metadata: " + entry.getKey() + " is no row of numbers");
        }
        fitted.put(entry.getKey().substring(FITTED.length()), new Tensor(List.of(row.length), row));
      }
    }
    String text = text(FEATURES);
    return text == null
        ? new FeatureScaling.Raw()
        : FeatureScaling.parse(text, new NamedTensors(fitted));
  }

  /** Names of classes; their numbers where the file does not say. */
  ClassNames classNames(int classes) {
    Object value = values.get(CLASS_NAMES);
    if (value == null) {
      return ClassNames.numbered(classes);
    }
    if (value instanceof String[] names) {
      return new ClassNames(List.of(names));
    }
    throw new InputException("metadata: " + CLASS_NAMES + " is no row of texts");
  }
}
