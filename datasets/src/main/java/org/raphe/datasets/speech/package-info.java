/**
 * Recorded speech: files of sound (NIST SPHERE with shorten, RIFF WAV), the features of a spoken
 * word, and corpora of spoken digits. {@code org.raphe.datasets} gives them names.
 */
package org.raphe.datasets.speech;
