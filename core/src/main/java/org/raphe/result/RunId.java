package org.raphe.result;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.raphe.BoundedFile;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.Sha256;
import org.raphe.tensor.SafeTensors;

/**
 * The id that result, model and settings of a run carry: 16 hexadecimal digits of the SHA-256 of
 * all that decides the run's results. Runs of the same settings and data have the same id, as they
 * have the same results; files of one folder with different ids are not of one run.
 */
public final class RunId {
  /** The key in {@code result.json}, in a model's metadata and in {@code settings.yaml}. */
  public static final String KEY = "run_id";

  private static final String WEIGHTS = "weights_sha256";
  private static final int BYTES = 8;
  private static final int MOST_SETTINGS_BYTES = 1 << 20;
  private static final Pattern IN_SETTINGS =
      Pattern.compile("^" + KEY + ": *\"?([0-9A-Za-z]+)\"? *$", Pattern.MULTILINE);

  private RunId() {}

  /**
   * The id of a run.
   *
   * @param decides a text of all that decides its results
   */
  public static String of(String decides) {
    byte[] digest = Sha256.newDigest().digest(decides.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest, 0, BYTES);
  }

  /**
   * The id that settings carry; null where they carry none, as those of older runs.
   *
   * @throws InputException if they cannot be read
   */
  public static String ofSettings(Path file) {
    try {
      byte[] content = BoundedFile.read(file, MOST_SETTINGS_BYTES);
      Matcher id = IN_SETTINGS.matcher(new String(content, StandardCharsets.UTF_8));
      return id.find() ? id.group(1) : null;
    } catch (IOException e) {
      throw new InputException("cannot read " + file + ": " + IoFailure.reason(e), e);
    }
  }

  /**
   * Checks that the files of a run folder are of one run: those that are there and carry an id
   * carry the same one, and the model's weights are those of the result.
   *
   * @param result its {@code result.json}; null if it is to be read here
   * @throws InputException if they are not, or one cannot be read; one line says which
   */
  public static void checkOne(Path folder, RunResult result) {
    Map<String, String> ids = new LinkedHashMap<>();
    Map<String, String> weights = new LinkedHashMap<>();
    Path written = folder.resolve("result.json");
    if (result != null) {
      ids.put("result.json", result.runId());
      weights.put("result.json", ofModel(result.command(), result.weightsSha256()));
    } else if (Files.exists(written)) {
      var content = RecordFile.tree(written);
      ids.put("result.json", content.path(KEY).textValue());
      weights.put(
          "result.json",
          ofModel(content.path("command").textValue(), content.path(WEIGHTS).textValue()));
    }
    Path model = folder.resolve("model.safetensors");
    if (Files.exists(model)) {
      Map<String, String> texts = SafeTensors.readMetadata(model);
      ids.put("model.safetensors", texts.get(KEY));
      weights.put("model.safetensors", texts.get(WEIGHTS));
    }
    Path settings = folder.resolve("settings.yaml");
    if (Files.exists(settings)) {
      ids.put("settings.yaml", ofSettings(settings));
    }
    requireOne(folder, "run", ids);
    requireOne(folder, "weights", weights);
  }

  /** SHA-256 of a text, in hexadecimal digits. */
  public static String digest(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The digest of a result where it is that of the model's weights; null where it is of more. */
  private static String ofModel(String command, String digest) {
    return "volatile".equals(command) || "gonogo".equals(command) ? null : digest;
  }

  private static void requireOne(Path folder, String what, Map<String, String> carried) {
    carried.values().removeIf(value -> value == null);
    if (carried.values().stream().distinct().count() > 1) {
      List<String> all =
          carried.entrySet().stream()
              .map(file -> file.getKey() + " of " + what + " " + beginning(file.getValue()))
              .toList();
      throw new InputException(
          folder
              + " holds files of different runs: "
              + String.join(", ", all)
              + "; take a folder as one run left it");
    }
  }

  /** As much of an id or digest as an id has; what comes from a file may be anything. */
  private static String beginning(String value) {
    String plain = value.replaceAll("[^0-9A-Za-z]", "?");
    return plain.substring(0, Math.min(plain.length(), 2 * BYTES));
  }
}
