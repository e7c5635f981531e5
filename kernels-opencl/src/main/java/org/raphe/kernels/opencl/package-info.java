/**
 * What the kernels' dialect means in OpenCL C, and the few pieces that differ on purpose. It uses
 * the shared text.
 */
package org.raphe.kernels.opencl;
