/**
 * What the project's own backends are timed by: NACA classification written for DJL's PyTorch
 * engine, the rival, and JMH benchmarks of the CPU backend's stages.
 */
package org.raphe.benchmarks;
