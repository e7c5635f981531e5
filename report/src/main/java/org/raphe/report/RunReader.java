package org.raphe.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.raphe.BoundedFile;
import org.raphe.InputException;
import org.raphe.result.ReadResult;
import org.raphe.result.RunId;

/** Reads run folders; what is in them is not trusted until it is parsed, within bounds. */
final class RunReader {
  static final String RESULT = "result.json";
  static final String SETTINGS = "settings.yaml";
  static final String CHECKPOINT = "checkpoint.safetensors";

  private static final int MOST_SETTINGS_BYTES = 1 << 20;

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
    ReadResult read = ReadResult.of(file);
    RunId.checkOne(folder, read.result());
    return new Run(folder, read, settings(folder.resolve(SETTINGS)));
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

  /** The options of the run; null where the file is missing or holds no plain options. */
  private static Map<String, String> settings(Path file) {
    if (!Files.exists(file)) {
      return null;
    }
    try {
      JsonNode root = new YAMLMapper().readTree(BoundedFile.read(file, MOST_SETTINGS_BYTES));
      Map<String, String> settings = new LinkedHashMap<>();
      root.properties()
          .forEach(entry -> settings.put(entry.getKey(), entry.getValue().asText(null)));
      settings.remove(RunId.KEY);
      return settings.isEmpty() || settings.containsValue(null) ? null : settings;
    } catch (IOException e) {
      return null;
    }
  }
}
