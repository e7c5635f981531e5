/**
 * Labelled samples held in memory, training and test samples as a data set, how features are
 * scaled, and the validation split. Features and labels are checked once, where samples are made.
 * It uses shapes of networks and random numbers; {@code org.raphe.datasets} reads files into it.
 */
package org.raphe.data;
