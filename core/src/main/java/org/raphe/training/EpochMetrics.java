package org.raphe.training;

import org.raphe.backend.Counters;

/**
 * What one epoch gave.
 *
 * @param epoch from 1
 * @param train counted while learning, each sample before its own update
 * @param test counted on the measured samples after the epoch
 * @param seconds wall time of learning, without testing; of the process that ended the epoch where
 *     a run was resumed
 */
public record EpochMetrics(int epoch, Counters train, Counters test, double seconds) {}
