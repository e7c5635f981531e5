package org.raphe.network;

import java.util.Optional;
import org.raphe.InputException;

/**
 * A convolution: the same C units at each place of a map, each place seeing a window of k x k
 * places of its input and all channels there; places outside the input count as 0. Weights are
 * {@code [input channel][kernel row][kernel column][channel]}, a bias a channel.
 *
 * <pre>
 *   z[r][c][j] = b[j] + sum over i, y, x of W[i][y][x][j] in[r s + y - p][c s + x - p][i]
 * </pre>
 *
 * <p>Units are numbered as features of a sample are: {@code [row][column][channel]}, before
 * pooling. A pooled layer hands on the average of each 2 x 2 places of a channel; of an odd number
 * of rows or columns the last is not handed on.
 *
 * @param input shape of what it takes
 * @param channels C, at least 1
 * @param kernel k, at least 1
 * @param stride s, at least 1
 * @param padding p, from 0 to k-1
 * @param pooled whether 2 x 2 averages are handed on; else the units' own outputs
 */
public record Convolution(
    InputShape input, int channels, int kernel, int stride, int padding, boolean pooled)
    implements Layer {
  /** Places of a pool, each way. */
  public static final int POOL = 2;

  /**
   * @throws InputException if sizes are out of range, the kernel is larger than the padded input,
   *     the map is too large, or a pooled one is too small
   */
  public Convolution {
    if (channels < 1 || kernel < 1 || stride < 1 || padding < 0 || padding >= kernel) {
      throw new InputException(
          "a convolution has at least 1 channel, a kernel and a stride of at least 1 and a padding below its kernel, not "
              + ("channels " + channels + ", kernel " + kernel)
              + (", stride " + stride + ", padding " + padding));
    }
    if (kernel > input.rows() + 2L * padding || kernel > input.columns() + 2L * padding) {
      throw new InputException(
          "a kernel of " + kernel + " is larger than its input, " + shown(input, padding));
    }
    long fanIn = (long) kernel * kernel * input.channels();
    if (fanIn * channels > Dense.MAX_WEIGHTS) {
      throw new InputException(
          "a convolution of "
              + channels
              + " channels with "
              + fanIn
              + " inputs each is too large: "
              + ("a layer has at most " + Dense.MAX_WEIGHTS + " weights"));
    }
    InputShape map =
        new InputShape(
            places(input.rows(), kernel, stride, padding),
            places(input.columns(), kernel, stride, padding),
            channels);
    if (pooled && (map.rows() < POOL || map.columns() < POOL)) {
      throw new InputException(
          "a map of " + map.rows() + "x" + map.columns() + " places is too small to be pooled");
    }
  }

  private static String shown(InputShape input, int padding) {
    String size = input.rows() + "x" + input.columns();
    return padding == 0 ? size : size + " with a padding of " + padding;
  }

  private static int places(int size, int kernel, int stride, int padding) {
    return (int) ((size + 2L * padding - kernel) / stride + 1);
  }

  /** The units' map, before pooling. */
  public InputShape map() {
    return new InputShape(
        places(input.rows(), kernel, stride, padding),
        places(input.columns(), kernel, stride, padding),
        channels);
  }

  @Override
  public InputShape outputShape() {
    InputShape map = map();
    return pooled ? new InputShape(map.rows() / POOL, map.columns() / POOL, channels) : map;
  }

  @Override
  public int inputs() {
    return input.size();
  }

  @Override
  public int units() {
    return map().size();
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public int fanIn() {
    return kernel * kernel * input.channels();
  }

  /** Those that lead outside the input are none. */
  @Override
  public long synapses() {
    long rows = taps(map().rows(), input.rows());
    long columns = taps(map().columns(), input.columns());
    return rows * columns * input.channels() * channels;
  }

  /** Over all sites of a side, the rows or columns of the kernel that meet the input. */
  private long taps(int sites, int size) {
    long taps = 0;
    for (int site = 0; site < sites; site++) {
      int first = Math.max(0, padding - site * stride);
      taps += Math.min(kernel, size + padding - site * stride) - first;
    }
    return taps;
  }

  /** Every channel has a bias. */
  @Override
  public boolean biased() {
    return true;
  }

  @Override
  public Optional<Convolution> convolution() {
    return Optional.of(this);
  }

  /** The same, handing on averages. */
  Convolution withPool() {
    return new Convolution(input, channels, kernel, stride, padding, true);
  }

  /** Such as {@code c64k5p2-pool}; a stride of 1 and a padding of 0 are not written. */
  @Override
  public String text() {
    return "c"
        + channels
        + ("k" + kernel)
        + (stride == 1 ? "" : "s" + stride)
        + (padding == 0 ? "" : "p" + padding)
        + (pooled ? "-" + NetworkText.POOL : "");
  }
}
