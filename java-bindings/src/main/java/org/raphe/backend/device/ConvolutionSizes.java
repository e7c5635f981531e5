package org.raphe.backend.device;

import java.nio.ByteBuffer;
import org.raphe.network.Convolution;

/**
 * How the kernels of a convolution are cut up.
 *
 * @param form the convolution
 * @param groupSites sites that a group runs forward
 * @param taps weights of a kernel's row that a group learns
 */
record ConvolutionSizes(Convolution form, int groupSites, int taps) {
  private static final int FIELDS = 10;

  /** Sites that are run over: of a pooled map those of all pools, broken ones included. */
  private long sites() {
    long rows = form.map().rows();
    long columns = form.map().columns();
    int pool = Convolution.POOL;
    return form.pooled()
        ? (rows + pool - 1) / pool * ((columns + pool - 1) / pool) * pool * pool
        : rows * columns;
  }

  /** Tiles of channels. */
  int tiles() {
    return (form.channels() + LaunchShape.TILE - 1) / LaunchShape.TILE;
  }

  /** Groups of a tile that run a sample forward. */
  long blocks() {
    return (sites() + groupSites - 1) / groupSites;
  }

  /** Groups that run a batch forward. */
  int groups(int batch) {
    return Math.toIntExact(blocks() * batch * tiles());
  }

  /** Groups of a tile that learn, the biases' included. */
  long learningBlocks() {
    long blocks = (form.kernel() + taps - 1) / taps;
    return form.input().channels() * form.kernel() * blocks + 1;
  }

  /** The struct {@code convolution} of the kernels. */
  ByteBuffer struct() {
    ByteBuffer struct = Kernel.struct(FIELDS);
    struct.putInt(form.input().rows());
    struct.putInt(form.input().columns());
    struct.putInt(form.input().channels());
    struct.putInt(form.kernel());
    struct.putInt(form.stride());
    struct.putInt(form.padding());
    struct.putInt(form.map().rows());
    struct.putInt(form.map().columns());
    struct.putInt(form.channels());
    struct.putInt(form.pooled() ? 1 : 0);
    return struct.flip();
  }
}
