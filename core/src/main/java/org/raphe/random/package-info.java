/**
 * Random numbers that any backend draws independently of any other draw: Philox4x32-10 with the
 * seed as key and (stream, sample, step, unit / 4) as counter. {@link
 * org.raphe.random.RandomStream} numbers the purposes, so that no two share a draw. It uses no
 * other package.
 *
 * <p>Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011; the layout is
 * docs/NUMERICS.md, section 3.
 */
package org.raphe.random;
