package org.raphe.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Map;

/**
 * How a stream was learned, experience by experience.
 *
 * @param gate what opens hidden units: {@code input}, {@code k-winners} or {@code none}
 * @param columns how columns compete and are read; null, and no keys, under other rules
 * @param gateMargin delta of the input-type gate; null without one
 * @param features what is done to features: {@code raw}, {@code standardised}, ...
 * @param featureMean mean that is taken from every feature; null unless standardised
 * @param featureDeviation deviation that every feature is divided by; null unless standardised
 * @param maxEpochs most passes over an experience's training samples
 * @param stopAccuracy an experience ends after the first pass in which this share was classified
 *     correctly; null for always {@code maxEpochs}
 * @param testBatch test samples shown at a time
 * @param baselineSettings of an analytic baseline, by name; null, and no key, under rules
 * @param ewcLambda weight of elastic weight consolidation's penalty; null, and no key, under other
 *     rules
 */
public record StreamLearning(
    String gate,
    @JsonUnwrapped ColumnSettings columns,
    Float gateMargin,
    String features,
    Float featureMean,
    Float featureDeviation,
    Integer maxEpochs,
    Double stopAccuracy,
    Integer testBatch,
    @JsonInclude(JsonInclude.Include.NON_NULL) Map<String, Object> baselineSettings,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double ewcLambda) {

  public StreamLearning {
    columns = UnwrappedPart.orNull(columns);
  }
}
