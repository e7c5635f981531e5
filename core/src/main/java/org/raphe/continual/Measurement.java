package org.raphe.continual;

import org.raphe.backend.Counters;

/**
 * What testing gave.
 *
 * @param hits for each tested experience the test samples classified correctly: a row of R
 * @param counted over all tests
 * @param batches of all tests
 */
public record Measurement(long[] hits, Counters counted, long batches) {}
