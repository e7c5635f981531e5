/**
 * Networks on a device that runs kernels, whatever its language: memory, launches bound by the
 * parameters' names, limits, counters, faults on purpose for tests. OpenCL and CUDA each add the
 * same few classes: a device, its memory, a kernel, a queue. It uses {@code core} and the text of
 * the kernels.
 */
package org.raphe.backend.device;
