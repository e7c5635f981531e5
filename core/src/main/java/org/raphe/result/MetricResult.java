package org.raphe.result;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One figure of a stream.
 *
 * @param value the figure; null where its formula does not apply
 * @param formula how it is computed
 * @param reason why it is null; null, and no key, where it is not
 */
public record MetricResult(
    Double value, String formula, @JsonInclude(JsonInclude.Include.NON_NULL) String reason) {}
