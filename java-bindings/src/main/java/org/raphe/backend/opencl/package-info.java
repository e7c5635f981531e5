/**
 * The OpenCL backend: its devices and why one cannot be used, programs compiled from the kernels'
 * text with the contract's options, memory, launches and their times. Every native call is checked
 * and named in its failure. It uses {@code org.raphe.backend.device}.
 */
package org.raphe.backend.opencl;
