/**
 * The CUDA backend, on the driver alone: no toolkit is needed, since the PTX ships. Batches become
 * graphs once the same launches have come before. Every native call is checked and named in its
 * failure. It uses {@code org.raphe.backend.device}.
 */
package org.raphe.backend.cuda;
