package org.raphe.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.raphe.InputException;
import org.raphe.IoFailure;

/** Reads run folders; what is in them is not trusted until it is parsed, within bounds. */
final class RunReader {
  static final String RESULT = "result.json";
  static final String SETTINGS = "settings.yaml";
  static final String CHECKPOINT = "checkpoint.safetensors";

  /** The version of {@code result.json} that is read. */
  private static final int FORMAT = 1;

  private static final int MOST_RESULT_BYTES = 32 << 20;
  private static final int MOST_SETTINGS_BYTES = 1 << 20;
  private static final int DEEPEST = 64;
  private static final Set<String> COMMANDS = Set.of("train", "continual");

  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(1 << 16)
                          .maxNumberLength(100)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private RunReader() {}

  /**
   * Reads a run.
   *
   * @throws InputException if it is not a finished run of this format; one line says why
   */
  static Run read(Path folder) {
    Path file = folder.resolve(RESULT);
    if (!Files.exists(file)) {
      throw new InputException(unfinished(folder));
    }
    JsonNode result = json(file);
    JsonNode format = result.path("format");
    if (!format.isInt() || format.intValue() != FORMAT) {
      throw new InputException(
          file
              + (format.isMissingNode() ? " names no format" : " is of format " + format)
              + "; this version of Raphe reads format "
              + FORMAT);
    }
    Run run = new Run(folder, result, settings(folder.resolve(SETTINGS)));
    if (!COMMANDS.contains(String.valueOf(run.command()))) {
      throw new InputException(
          file + " is of command " + run.command() + "; reports are of train and continual");
    }
    for (String needed : new String[] {"/dataset/name", "/network", "/neuron", "/rule", "/seed"}) {
      if (run.text(needed) == null) {
        throw new InputException(file + " is broken: it has no " + needed.substring(1));
      }
    }
    return run;
  }

  private static String unfinished(Path folder) {
    return Files.exists(folder.resolve(CHECKPOINT))
        ? folder
            + " did not finish: it has a checkpoint and no "
            + RESULT
            + "; continue it with --resume --out "
            + folder
        : folder + " holds no " + RESULT + ": the run did not get to its first checkpoint";
  }

  static JsonNode json(Path file) {
    try {
      JsonNode read = JSON.readTree(bytes(file, MOST_RESULT_BYTES));
      if (!read.isObject()) {
        throw new InputException(file + " is broken: it holds no JSON object");
      }
      return read;
    } catch (JsonProcessingException e) {
      throw new InputException(file + " is not JSON: " + firstLine(e), e);
    } catch (IOException e) {
      throw new InputException("cannot read " + file + ": " + IoFailure.reason(e), e);
    }
  }

  /** The options of the run; null where the file is missing or holds no plain options. */
  private static Map<String, String> settings(Path file) {
    if (!Files.exists(file)) {
      return null;
    }
    try {
      JsonNode root = new YAMLMapper().readTree(bytes(file, MOST_SETTINGS_BYTES));
      Map<String, String> settings = new LinkedHashMap<>();
      root.properties()
          .forEach(entry -> settings.put(entry.getKey(), entry.getValue().asText(null)));
      return settings.isEmpty() || settings.containsValue(null) ? null : settings;
    } catch (IOException e) {
      return null;
    }
  }

  private static byte[] bytes(Path file, int most) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("it is not a plain file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(most + 1);
      if (content.length > most) {
        throw new IOException("it is larger than " + (most >> 20) + " MiB");
      }
      return content;
    }
  }

  private static String firstLine(JsonProcessingException e) {
    String where = e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
    return e.getOriginalMessage().lines().findFirst().orElse("") + where;
  }
}
