/**
 * Energy of NVIDIA's GPUs, by NVML: a GPU is found by its PCI place, never by its number, and what
 * cannot be read has a reason. It is used by the CUDA and the OpenCL backend.
 */
package org.raphe.backend.nvml;
