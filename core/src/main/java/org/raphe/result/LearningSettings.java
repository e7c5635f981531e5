package org.raphe.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Map;

/**
 * How the network learned, beside its optimizer. A setting that the rule does not use is null.
 *
 * @param steps T, time steps a sample is shown for
 * @param batch B, training samples of a batch
 * @param inputScale r of the spike code
 * @param readoutLoss what the read-out descends
 * @param readoutScale factor of the loss
 * @param readoutCredit which derivative the read-out's error passes
 * @param lambda of the modulation f(n)
 * @param thetaMax of the modulation f(n)
 * @param gain what multiplies the broadcast level's effect on a sample
 * @param innervation distribution of the level at which a unit answers
 * @param ruleSettings settings of the rule that have no key of their own; null, and no key, where
 *     there are none
 * @param featureScaling what was done to samples before anything else: {@code minmax} or {@code
 *     standardise}; null, and no key, where they were taken as they are
 * @param featuresFittedTo the samples that it was fitted to; null, and no key, without it
 * @param streamLearning what streams have beside; null of {@code train}
 */
public record LearningSettings(
    Integer steps,
    Integer batch,
    Float inputScale,
    String readoutLoss,
    Float readoutScale,
    String readoutCredit,
    Float lambda,
    Float thetaMax,
    String gain,
    String innervation,
    @JsonInclude(JsonInclude.Include.NON_NULL) Map<String, String> ruleSettings,
    @JsonInclude(JsonInclude.Include.NON_NULL) String featureScaling,
    @JsonInclude(JsonInclude.Include.NON_NULL) String featuresFittedTo,
    @JsonUnwrapped StreamLearning streamLearning) {

  public LearningSettings {
    streamLearning = UnwrappedPart.orNull(streamLearning);
  }
}
