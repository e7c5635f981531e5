/**
 * NACA classification written for DJL's PyTorch engine: the rival that the project's own backends
 * are timed against.
 */
package org.raphe.benchmarks;
