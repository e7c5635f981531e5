/**
 * Arrays with a name and a shape, and the safetensors format in which models and checkpoints are
 * written. Files are untrusted: sizes are checked before memory is taken. It uses the root package
 * alone.
 */
package org.raphe.tensor;
