/**
 * What all rooms need: the two exceptions that end a run with one clear line, {@link
 * org.raphe.InputException} for what the user gave and {@link org.raphe.RunException} for what
 * failed underway; files that are replaced as a whole or read up to a bound; SHA-256; versions. It
 * uses no other package.
 */
package org.raphe;
