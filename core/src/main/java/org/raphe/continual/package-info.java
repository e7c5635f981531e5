/**
 * Streams of experiences and what is measured of them. In class-continual learning each experience
 * has classes of its own, learned with one head and no task label; after each every experience is
 * tested, which gives the accuracy matrix R and all that is computed from it. Plain training is a
 * stream of one experience with all classes. {@code org.raphe.training} learns them.
 *
 * <p>Source of the words: Lomonaco et al., "Avalanche: an end-to-end library for continual
 * learning", CVPR workshops 2021; of the matrix: Lopez-Paz and Ranzato, "Gradient episodic memory
 * for continual learning", NeurIPS 2017.
 */
package org.raphe.continual;
