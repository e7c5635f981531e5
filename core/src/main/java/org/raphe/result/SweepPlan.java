package org.raphe.result;

import java.util.List;

/**
 * {@code sweep.json}: what a sweep means to run.
 *
 * @param format version of the file, {@link RunResult#FORMAT}
 * @param command {@code sweep}
 * @param runs names of the run folders beside it
 */
public record SweepPlan(Integer format, String command, List<String> runs) {}
