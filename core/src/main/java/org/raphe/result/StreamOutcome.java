package org.raphe.result;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Map;

/**
 * What a stream left behind.
 *
 * @param accuracyMatrix accuracy on each experience (column) after each experience (row; row 0
 *     before any), in 0..1; null where one was not measured
 * @param metrics figures by name, such as {@code forgetting}
 * @param weightChanges how far each experience moved weights
 */
public record StreamOutcome(
    @JsonSetter(contentNulls = Nulls.SET) List<List<Double>> accuracyMatrix,
    Map<String, MetricResult> metrics,
    WeightChangeResult weightChanges) {}
