package org.raphe.volatility;

/**
 * A batch as learners of a stream are given it. Arrays belong to the run and are overwritten by the
 * next batch.
 *
 * @param number from 0
 * @param first its first sample's place in the stream
 * @param count b, its samples
 * @param units H
 * @param activity x, [sample][unit]
 * @param byUnit the same, [unit][sample], b samples a unit
 * @param labels what the learner is told, [sample]
 * @param context the meaning of its labels, which only those may look at that are given it
 * @param switched whether labels have had another meaning up to here, likewise
 */
public record StreamBatch(
    int number,
    int first,
    int count,
    int units,
    float[] activity,
    float[] byUnit,
    int[] labels,
    int context,
    boolean switched) {}
