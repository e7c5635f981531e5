package org.raphe.datasets;

/**
 * Grey images of an IDX file.
 *
 * @param count N, at least 1
 * @param rows height of an image, at least 1
 * @param columns width of an image, at least 1
 * @param pixels N x rows x columns unsigned bytes, image by image, row by row; not a copy
 */
public record IdxImages(int count, int rows, int columns, byte[] pixels) {}
