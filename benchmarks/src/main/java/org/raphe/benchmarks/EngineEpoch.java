package org.raphe.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.raphe.InputException;
import org.raphe.data.Samples;
import org.raphe.datasets.GeneratedImages;
import org.raphe.network.InputShape;

/**
 * Prints how fast {@link EngineNaca} trains 784-1000-10, and what an epoch of 60,000 samples would
 * take.
 *
 * <p>With several threads see {@link EngineNaca} on {@code OMP_WAIT_POLICY}. Options, all {@code
 * name=value}: {@code units} spiking or rate; {@code hidden}, {@code batch}, {@code steps}, {@code
 * threads}, {@code batches} timed, {@code warmup} batches before; {@code idx} a folder with the raw
 * MNIST training files, without which images are generated.
 */
public final class EngineEpoch {
  private static final int EPOCH = 60_000;
  private static final int SIDE = 28;
  private static final int CLASSES = 10;
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "units", "spiking",
          "hidden", "1000",
          "batch", "32",
          "steps", "20",
          "threads", "2",
          "batches", "200",
          "warmup", "50",
          "idx", "");

  private EngineEpoch() {}

  /**
   * Ends with status 2 and one line on the error stream if an option or the engine cannot be used.
   */
  public static void main(String[] arguments) {
    try {
      System.out.println(report(options(arguments)));
    } catch (InputException e) {
      System.err.println("EngineEpoch: " + e.getMessage());
      System.exit(2);
    }
  }

  private static Map<String, String> options(String[] arguments) {
    Map<String, String> options = new TreeMap<>(DEFAULTS);
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals < 1 || !DEFAULTS.containsKey(argument.substring(0, equals))) {
        throw new InputException(
            "option '"
                + argument
                + "' is unknown; give name=value with a name of "
                + new TreeMap<>(DEFAULTS).keySet());
      }
      options.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    return options;
  }

  private static String report(Map<String, String> options) {
    EngineSettings settings =
        new EngineSettings(
            units(options.get("units")),
            number(options, "hidden"),
            number(options, "batch"),
            number(options, "steps"),
            number(options, "threads"),
            1e-4f,
            1);
    String folder = options.get("idx");
    Samples samples = folder.isEmpty() ? GeneratedImages.of(EPOCH, 1) : read(Path.of(folder));
    try (EngineNaca naca = new EngineNaca(settings, samples)) {
      naca.train(number(options, "warmup"));
      EngineTiming timing = naca.train(number(options, "batches"));
      return String.format(
          Locale.ROOT,
          "%s on %s: %.1f samples/s, %.1f s for %d samples, training accuracy %.4f (%s, OMP_WAIT_POLICY %s)",
          options.get("units"),
          samples.name(),
          timing.samplesPerSecond(),
          timing.projectedSeconds(EPOCH),
          EPOCH,
          timing.accuracy(),
          settings,
          System.getenv().getOrDefault("OMP_WAIT_POLICY", "unset"));
    }
  }

  private static EngineSettings.Units units(String name) {
    return switch (name) {
      case "spiking" -> EngineSettings.Units.SPIKING;
      case "rate" -> EngineSettings.Units.RATE;
      default -> throw new InputException("units=" + name + " is unknown; give spiking or rate");
    };
  }

  private static int number(Map<String, String> options, String name) {
    try {
      return Integer.parseInt(options.get(name));
    } catch (NumberFormatException e) {
      throw new InputException(name + "=" + options.get(name) + " is not a whole number", e);
    }
  }

  private static Samples read(Path folder) {
    byte[] images = readAll(folder.resolve("train-images-idx3-ubyte"), 16);
    byte[] stored = readAll(folder.resolve("train-labels-idx1-ubyte"), 8);
    int[] labels = new int[stored.length];
    for (int sample = 0; sample < labels.length; sample++) {
      labels[sample] = stored[sample];
    }
    return Samples.ofPixels("MNIST", new InputShape(SIDE, SIDE, 1), CLASSES, images, labels);
  }

  private static byte[] readAll(Path file, int header) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length <= header) {
        throw new InputException(file + " holds " + bytes.length + " bytes; it is no IDX file");
      }
      return Arrays.copyOfRange(bytes, header, bytes.length);
    } catch (IOException e) {
      throw new InputException(file + " cannot be read (" + e + "); give idx= a folder of IDX", e);
    }
  }
}
