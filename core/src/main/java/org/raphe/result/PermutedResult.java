package org.raphe.result;

import java.util.List;

/**
 * Tasks that show the same samples with their features in an order of each task's own, every sample
 * once.
 *
 * @param tasks how many
 * @param samples of a task
 * @param accuracy of each task: share of its samples told right, each before its own update
 * @param meanAccuracy of all tasks
 * @param firstTasks mean accuracy of the first tenth of the tasks, at least one
 * @param lastTasks mean accuracy of the last tenth, at least one
 * @param meanWeights of each layer, after each task, the mean of |w|: [layer][task]
 */
public record PermutedResult(
    Integer tasks,
    Integer samples,
    List<Double> accuracy,
    Double meanAccuracy,
    Double firstTasks,
    Double lastTasks,
    List<List<Double>> meanWeights) {}
