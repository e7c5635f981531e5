package org.raphe.cli;

import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * Where a worker makes a run.
 *
 * @param host the worker's name
 * @param folder where run folders and data sets may be put
 * @param device number of the GPU that the run was given; null where none was
 * @param attempt which try of the run it is, from 1
 * @param files path of a file that was sent, by its name
 */
public record WorkerPlace(
    String host, Path folder, Integer device, int attempt, UnaryOperator<String> files) {}
