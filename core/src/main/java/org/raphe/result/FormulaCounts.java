package org.raphe.result;

/**
 * What a run reports whose operations come from formulas.
 *
 * @param storedActivationBytes bytes of activity kept for the backward pass
 * @param countedBy {@code formula}
 */
public record FormulaCounts(Long storedActivationBytes, String countedBy) {}
