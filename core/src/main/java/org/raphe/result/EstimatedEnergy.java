package org.raphe.result;

/**
 * Energy by operation, an estimate.
 *
 * @param energyEstimateJoules in J; null where formulas count the operations
 * @param energyEstimateSource how it is made, or why it is null
 */
public record EstimatedEnergy(Double energyEstimateJoules, String energyEstimateSource) {}
