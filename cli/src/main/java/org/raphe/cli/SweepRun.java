package org.raphe.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.raphe.Sha256;

/**
 * One run of a sweep.
 *
 * @param command {@code train}, {@code continual}, {@code volatile} or {@code permuted}
 * @param settings its options, without dashes
 */
record SweepRun(String command, Map<String, String> settings) {
  private static final int LONGEST_NAME = 150;

  /** A folder name that its settings decide, so that a sweep that goes on finds its runs. */
  String name() {
    String said =
        settings.entrySet().stream()
            .filter(setting -> !setting.getKey().equals("seed"))
            .map(setting -> part(setting.getKey(), setting.getValue()))
            .collect(Collectors.joining("-"));
    String whole = command + "-" + said;
    String seed = "-seed" + settings.get("seed");
    String plain = whole.replaceAll("[^A-Za-z0-9._-]", "_");
    if (plain.equals(whole) && plain.length() <= LONGEST_NAME) {
      return plain + seed;
    }
    byte[] digest = Sha256.newDigest().digest(whole.getBytes(StandardCharsets.UTF_8));
    return plain.substring(0, Math.min(plain.length(), LONGEST_NAME))
        + "-"
        + HexFormat.of().formatHex(digest, 0, 6)
        + seed;
  }

  private static String part(String name, String value) {
    return switch (name) {
      case "dataset", "rule", "neuron", "protocol" -> value;
      default -> name + value;
    };
  }

  /**
   * Its command line; a child of a sweep goes on where the run was stopped.
   *
   * @param device number of the device that it is to run on; null for what its settings say
   */
  List<String> arguments(Path folder, Integer device) {
    List<String> arguments = new ArrayList<>(List.of(command, "--quiet"));
    settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
    if (device != null) {
      arguments.add("--device=" + device);
    }
    arguments.add("--out=" + folder);
    return arguments;
  }
}
