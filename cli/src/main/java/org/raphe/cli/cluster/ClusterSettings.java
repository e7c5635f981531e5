package org.raphe.cli.cluster;

import java.util.List;
import java.util.Map;

/**
 * What a sweep asks a cluster for.
 *
 * @param address where it is, as the engine writes it
 * @param processors of a run
 * @param gpu whether a run has a GPU to itself
 * @param own settings of the engine, by its own names
 * @param leftOut folders of the class path's entries that workers do without
 */
public record ClusterSettings(
    String address, int processors, boolean gpu, Map<String, String> own, List<String> leftOut) {}
