/**
 * Class-continual learning: a stream of experiences, each with classes of its own, is learned with
 * one head and no task label; after each experience every experience is tested, which gives the
 * accuracy matrix R and all that is computed from it.
 *
 * <p>Source of the words: Lomonaco et al., "Avalanche: an end-to-end library for continual
 * learning", CVPR workshops 2021; of the matrix: Lopez-Paz and Ranzato, "Gradient episodic memory
 * for continual learning", NeurIPS 2017.
 */
package org.raphe.continual;
