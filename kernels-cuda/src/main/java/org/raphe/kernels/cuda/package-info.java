/**
 * What the kernels' dialect means in CUDA C++, the few pieces that differ on purpose, and the PTX
 * that {@code kernels-cuda/compile} makes of them, which is committed and ships. It uses the shared
 * text.
 */
package org.raphe.kernels.cuda;
