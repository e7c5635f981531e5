package org.raphe.result;

/**
 * The samples of a run.
 *
 * @param name the data set's
 * @param trainSamples how many were learned from
 * @param testSamples how many test samples measured it; null where validation samples did
 * @param validationSamples how many validation samples measured it; null where test samples did
 * @param sha256 digest of all samples that were used
 */
public record DataUsed(
    String name,
    Integer trainSamples,
    Integer testSamples,
    Integer validationSamples,
    String sha256) {}
