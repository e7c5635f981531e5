/**
 * Analytic baselines of streams: what they learn follows from sums over samples by a formula, with
 * no gradient and no way back. They see every training sample once, experience by experience, keep
 * sums and no sample, and run on the CPU in double precision. A new one is a record here that
 * implements {@link org.raphe.baseline.StreamBaseline}, and a line in {@link
 * org.raphe.baseline.StreamBaselines}.
 */
package org.raphe.baseline;
