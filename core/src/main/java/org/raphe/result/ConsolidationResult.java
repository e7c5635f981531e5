package org.raphe.result;

/**
 * What elastic weight consolidation measured and kept.
 *
 * @param fisherSamples samples that Fisher information was measured on
 * @param fisherSeconds wall time of measuring it
 * @param largestFisher largest entry; null where no experience was followed by another
 * @param consolidationBytes bytes kept between experiences
 */
public record ConsolidationResult(
    Long fisherSamples, Double fisherSeconds, Float largestFisher, Long consolidationBytes) {}
