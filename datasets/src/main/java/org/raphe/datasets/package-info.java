/**
 * Data sets: MNIST comes with the module, Fashion-MNIST and spoken digits are read from folders the
 * user names, and any data set of Deep Java Library can be copied. Nothing goes over the network
 * unless the caller asks for a download, and nothing is ever reported to anyone.
 *
 * <p>Every file is untrusted until it is parsed: sizes are checked before memory is taken, known
 * files are checked against their checksums on every load.
 */
package org.raphe.datasets;
