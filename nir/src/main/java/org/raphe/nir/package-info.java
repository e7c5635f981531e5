/**
 * Trained spiking networks to and from NIR, the neuromorphic intermediate representation (Pedersen
 * et al., Nature Communications 15, 8122, 2024): a graph of nodes in an HDF5 file. Files are
 * checked whole before a value of them is read.
 */
package org.raphe.nir;
