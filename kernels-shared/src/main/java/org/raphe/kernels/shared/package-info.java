/**
 * The text of every kernel, once, in a dialect that OpenCL C and CUDA C++ both are, and the
 * parameters that are read from it. It uses no other package.
 */
package org.raphe.kernels.shared;
