package org.raphe.agent;

import java.util.List;
import org.raphe.tensor.NamedTensors;

/**
 * Where a study stands.
 *
 * @param variant number of the variant at hand; as many as there are at the end
 * @param trials of it that are over
 * @param digests SHA-256 of weights and state at the end of each variant before it
 * @param seconds wall time so far
 * @param tensors outcomes of all variants so far, and learners of the one at hand
 */
public record StudyState(
    int variant, int trials, List<String> digests, double seconds, NamedTensors tensors) {}
