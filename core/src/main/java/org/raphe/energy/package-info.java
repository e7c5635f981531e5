/**
 * Energy that is measured: meters, their readings in joules with their source, and what becomes of
 * several of them. What cannot be measured has a reason and no number. It uses the root package
 * alone; a backend brings the meter of its device.
 */
package org.raphe.energy;
