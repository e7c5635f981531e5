/**
 * Rules to compare with, which learn by back-propagation on arrays of DJL's PyTorch engine: rate
 * units through layers, spiking units through layers and time, with elastic weight consolidation in
 * a stream.
 */
package org.raphe.engine;
