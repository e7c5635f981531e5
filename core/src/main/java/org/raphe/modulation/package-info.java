/**
 * What a network that learns makes of modulators: sources that its own answers drive, and the
 * levers that levels act on, as two factors of learning rates and, for NACA, what is broadcast.
 */
package org.raphe.modulation;
