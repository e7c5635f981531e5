package org.raphe.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.raphe.InputException;
import org.raphe.RapheVersion;
import org.raphe.data.Dataset;
import org.raphe.learning.LearningSpec;
import org.raphe.training.TrainingPlan;

/**
 * What a model comes from, as its file says it. Nothing of it depends on the backend, machine or
 * time: files of the same run are the same wherever it ran.
 *
 * @param version of Raphe, such as {@code 0.1.0}
 * @param contract version of the numeric contract: {@link RapheVersion#CONTRACT}
 * @param rule name of the learning rule
 * @param settings what else decided its bits, by name, as texts
 * @param dataset name of the data set
 * @param datasetSha256 digest of its samples: {@link Dataset#sha256}
 * @param initialWeightsSha256 digest of the weights that it began with; null where they were drawn
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelProvenance(
    @JsonProperty("version") String version,
    @JsonProperty("contract") int contract,
    @JsonProperty("rule") String rule,
    @JsonProperty("settings") Map<String, String> settings,
    @JsonProperty("dataset") String dataset,
    @JsonProperty("dataset_sha256") String datasetSha256,
    @JsonProperty("initial_weights_sha256") String initialWeightsSha256) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public ModelProvenance {
    settings = settings == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(settings));
  }

  /**
   * Of a network that this Raphe trains, with drawn weights.
   *
   * @param dataset what it is trained and tested on, not scaled yet
   */
  public static ModelProvenance of(TrainingPlan plan, Dataset dataset) {
    LearningSpec learning = plan.learning();
    Map<String, String> settings = new TreeMap<>();
    learning
        .rule()
        .settings()
        .forEach((name, value) -> settings.put(name.replace('-', '_'), String.valueOf(value)));
    settings.put("hidden_optimizer", learning.hidden().toString());
    settings.put("readout_optimizer", learning.readout().toString());
    settings.put("readout_loss", learning.loss().toString());
    settings.put("gain", learning.gain().toString());
    settings.put("schedule", plan.schedule().toString());
    settings.put("batch", Integer.toString(plan.batch()));
    settings.put("epochs", Integer.toString(plan.epochs()));
    if (plan.stopAccuracy() != null) {
      settings.put("stop_accuracy", plan.stopAccuracy().toString());
    }
    if (!plan.modulation().isNone()) {
      settings.put("modulation", plan.modulation().toString());
    }
    return new ModelProvenance(
        RapheVersion.number(),
        RapheVersion.CONTRACT,
        learning.rule().name(),
        settings,
        dataset.name(),
        dataset.sha256(),
        null);
  }

  /** The same, of a network that began with other weights than drawn ones. */
  public ModelProvenance begunWith(String weightsSha256) {
    return new ModelProvenance(
        version, contract, rule, settings, dataset, datasetSha256, weightsSha256);
  }

  /** The same, with one setting more, which replaces another of its name. */
  public ModelProvenance with(String name, String value) {
    Map<String, String> more = new TreeMap<>(settings);
    more.put(name, value);
    return new ModelProvenance(
        version, contract, rule, more, dataset, datasetSha256, initialWeightsSha256);
  }

  /** As a file holds it: one JSON object. */
  public String text() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and a number", e);
    }
  }

  /**
   * Reads {@link #text}; what a newer Raphe says beside is passed over.
   *
   * @param source what messages call where it is from
   * @throws InputException if it is none, or of a newer numeric contract
   */
  public static ModelProvenance parse(String source, String text) {
    ModelProvenance provenance;
    try {
      provenance = JSON.readValue(text, ModelProvenance.class);
    } catch (JsonProcessingException e) {
      throw new InputException(source + " is damaged: its provenance cannot be read", e);
    }
    if (provenance == null) {
      throw new InputException(source + " is damaged: its provenance cannot be read");
    }
    if (provenance.contract() > RapheVersion.CONTRACT) {
      throw new InputException(
          source
              + " is of a newer Raphe, "
              + provenance.version()
              + ", under version "
              + provenance.contract()
              + (" of the numeric contract; this one, " + RapheVersion.number())
              + (", keeps version " + RapheVersion.CONTRACT)
              + " and would give it other spikes; use a newer one");
    }
    return provenance;
  }
}
