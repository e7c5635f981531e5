package org.raphe.result;

/**
 * The paper's own cost: operations of one epoch by formula, times the mean epoch by which error
 * levels are passed.
 *
 * @param publishedCost in operations; null where the paper's count does not apply
 * @param publishedCostReason why it is null; null where it is not
 */
public record PaperCost(Double publishedCost, String publishedCostReason) {}
