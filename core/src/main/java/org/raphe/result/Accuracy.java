package org.raphe.result;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * An accuracy whose key stands even where it was not measured.
 *
 * @param value share of samples classified correctly, in 0..1; null where it was not measured
 */
public record Accuracy(@JsonValue Double value) {}
