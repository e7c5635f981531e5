/**
 * What a network is, before it is placed anywhere: the shape of its input, layers fed forward, what
 * its units compute, its weights before any sample, and the text by which users name all that, such
 * as {@code 784-1000-10}. It uses random numbers and tensors, and knows nothing of learning.
 */
package org.raphe.network;
