/**
 * What a device implements, and what all devices share: the order of the kernels of a batch ({@link
 * org.raphe.backend.BatchSchedule}), what is placed, counters, named state, and the functions whose
 * bits decide weights. No backend asks which rule it runs. It uses learning, networks and data;
 * {@code org.raphe.backend.cpu} and the modules of the devices stand on it.
 */
package org.raphe.backend;
