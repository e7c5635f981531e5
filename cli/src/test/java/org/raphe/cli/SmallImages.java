package org.raphe.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A folder of IDX files: 28 x 28 images of ten classes, each with a bright band of its own. */
final class SmallImages {
  static final int TRAIN = 300;
  static final int TEST = 100;

  private SmallImages() {}

  static Path write(Path folder) throws IOException {
    return write(folder, TRAIN);
  }

  static Path write(Path folder, int train) throws IOException {
    Files.createDirectories(folder);
    writePart(folder, "train", train, 1);
    writePart(folder, "t10k", TEST, 2);
    return folder;
  }

  private static void writePart(Path folder, String part, int count, long seed) throws IOException {
    Random random = new Random(seed);
    ByteBuffer images = ByteBuffer.allocate(16 + 784 * count);
    images.putInt(2051).putInt(count).putInt(28).putInt(28);
    ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(2049).putInt(count);
    for (int k = 0; k < count; k++) {
      int label = random.nextInt(10);
      labels.put((byte) label);
      for (int pixel = 0; pixel < 784; pixel++) {
        boolean bright = pixel / 28 / 2 == label && random.nextInt(4) > 0;
        images.put((byte) (bright ? 200 + random.nextInt(56) : random.nextInt(12) / 11 * 90));
      }
    }
    Files.write(folder.resolve(part + "-images-idx3-ubyte"), images.array());
    Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
  }

  /** {@code train} on a folder of these images, into a run folder, and more arguments. */
  static List<String> train(Path data, Path out, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("train", "--dataset", "mnist", "--data", data.toString(), "--quiet"));
    arguments.addAll(List.of("--out", out.toString()));
    arguments.addAll(Arrays.asList(more));
    return arguments;
  }

  /** {@link #train} of a network 784-40-10 in a few seconds. */
  static List<String> trainSmall(Path data, Path out, String... more) {
    List<String> arguments =
        train(
            data, out, "--network", "784-40-10", "--steps", "8", "--epochs", "2", "--threads", "1");
    arguments.addAll(Arrays.asList(more));
    return arguments;
  }
}
