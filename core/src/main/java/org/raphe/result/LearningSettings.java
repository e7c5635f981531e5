package org.raphe.result;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

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
    @JsonUnwrapped StreamLearning streamLearning) {

  public LearningSettings {
    streamLearning = UnwrappedPart.orNull(streamLearning);
  }
}
