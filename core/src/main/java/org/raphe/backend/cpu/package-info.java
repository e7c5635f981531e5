/**
 * The CPU backend: complete, fast, and the readable specification of every other one. Plain loops
 * and loops on the Vector API have the same bits, on any number of threads; every sum is in the
 * order of docs/NUMERICS.md. Nothing else in {@code core} uses it, but programs do.
 */
package org.raphe.backend.cpu;
