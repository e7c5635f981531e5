/**
 * From a class that is expected to the level that a unit receives: the expectation opens rows of a
 * frozen random innervation, and a curve turns the level into a signal. It uses random numbers
 * alone, and is used by rules.
 *
 * <p>Source: Zhang et al., Science Advances 9(34), eadi2947, 2023; docs/ALGORITHM.md, section 3.
 */
package org.raphe.neuromodulation;
