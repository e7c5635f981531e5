/**
 * A trained network as a file that anyone reads, and as a {@link org.raphe.model.PlacedModel} that
 * is shown samples. A model holds all that decides its predictions: weights, scaling of features,
 * gate, seed of the test spikes. It uses plans of training and backends.
 */
package org.raphe.model;
