package org.raphe.result;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One pass over training samples.
 *
 * @param epoch its number in the run, from 1
 * @param experience the experience it belongs to, from 1; null, and no key, outside streams
 * @param epochOfExperience its number in the experience, from 1; null, and no key, outside streams
 * @param trainAccuracy share of training samples classified correctly, each before its own update
 * @param testAccuracy share of test samples classified correctly after it; no value after passes of
 *     an experience but the last; null, and no key, where validation samples measure the run
 * @param validationAccuracy the same of validation samples; null, and no key, where there are none
 * @param trainSquaredError mean squared error of a training sample; null where the device does not
 *     measure it
 * @param seconds wall time of learning
 * @param operations accumulates and multiply-accumulates of learning, forward and learning; null,
 *     and no key, in streams and where formulas count
 * @param bytesMoved what the kernels read and write by design in learning; null, and no key,
 *     likewise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EpochResult(
    @JsonInclude Integer epoch,
    Integer experience,
    Integer epochOfExperience,
    @JsonInclude Double trainAccuracy,
    Accuracy testAccuracy,
    Accuracy validationAccuracy,
    @JsonInclude Double trainSquaredError,
    @JsonInclude Double seconds,
    Long operations,
    Long bytesMoved) {}
