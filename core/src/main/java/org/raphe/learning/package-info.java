/**
 * All that a network needs to learn besides data: the rule with an optimizer for hidden layers and
 * one for the read-out, the loss that the read-out descends, and what multiplies a sample's signal.
 * Scalars of a step are computed here, once, for every backend. It uses networks and rules.
 */
package org.raphe.learning;
