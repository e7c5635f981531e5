package org.raphe.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The samples of a run.
 *
 * @param name the data set's
 * @param trainSamples how many were learned from
 * @param testSamples how many test samples measured it; null where validation samples did
 * @param validationSamples how many validation samples measured it; null where test samples did
 * @param sha256 digest of all samples that were used
 * @param preparation which of several ways files were made features, such as {@code log-mel}; null,
 *     and no key, where there is one way alone
 * @param classNames what its classes are called, by number; null, and no key, in older files
 * @param labelNoise share of training labels that were replaced; null, and no key, where none was
 */
public record DataUsed(
    String name,
    Integer trainSamples,
    Integer testSamples,
    Integer validationSamples,
    String sha256,
    @JsonInclude(JsonInclude.Include.NON_NULL) String preparation,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<String> classNames,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double labelNoise) {

  /** The same samples with their training labels noisy. */
  public DataUsed withLabelNoise(Double share) {
    return new DataUsed(
        name, trainSamples, testSamples, validationSamples, sha256, preparation, classNames, share);
  }
}
