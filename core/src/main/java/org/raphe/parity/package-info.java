/**
 * What makes sure that bits agree: small networks of every kind, whose digests are recorded and
 * compared on every backend; and numbers that were recorded from the reference program, which are
 * compared within a tolerance. It uses backends, rules and networks.
 */
package org.raphe.parity;
