package org.raphe.backend.cuda;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.raphe.backend.Backend;
import org.raphe.data.Samples;
import org.raphe.network.InputShape;
import org.raphe.parity.CheckRow;
import org.raphe.parity.ParityCase;
import org.raphe.parity.RecordedVectors;

/**
 * Prints a row for each parity case and, given the folder of recorded vectors, for each of these.
 */
final class ParityProgram {
  /** Batches that each case is trained on. */
  static final int BATCHES = 5;

  private static final int IMAGES = 200;
  private static final InputShape SHAPE = new InputShape(8, 8, 1);

  private ParityProgram() {}

  public static void main(String[] arguments) {
    try (CudaBackend backend = new CudaBackend(0, false)) {
      if (arguments.length == 0) {
        digests(backend).forEach(HarnessRun::row);
      } else {
        for (CheckRow checked : RecordedVectors.check(Path.of(arguments[0]), backend)) {
          HarnessRun.row(checked.outcome() + " " + checked);
        }
      }
    }
  }

  /** What comes of each case on a backend. */
  static List<String> digests(Backend backend) {
    Samples images = images();
    return ParityCase.all().stream()
        .map(each -> row(each.toString(), each.digest(backend, images, BATCHES)))
        .toList();
  }

  /** What is printed of a case that came to {@code digest}. */
  static String row(String parityCase, String digest) {
    return parityCase + ": " + digest;
  }

  /** Images of which a third is dark. */
  private static Samples images() {
    SplittableRandom random = new SplittableRandom(7);
    byte[] pixels = new byte[IMAGES * SHAPE.size()];
    for (int k = 0; k < pixels.length; k++) {
      pixels[k] = random.nextInt(3) == 0 ? 0 : (byte) random.nextInt(256);
    }
    int[] labels = random.ints(IMAGES, 0, 10).toArray();
    return Samples.ofPixels("images", SHAPE, 10, pixels, labels);
  }
}
