package org.raphe.result;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.raphe.InputException;

/**
 * A {@code result.json} that was read.
 *
 * @param result all of it that this version knows; its format, command, seed, network, neuron, rule
 *     and its data set's name are there
 * @param settings the entries of {@code optimizer} and {@code learning} as text, by name as {@code
 *     optimizer/learning_rate}, also those that this version does not know: they distinguish runs
 */
public record ReadResult(RunResult result, Map<String, String> settings) {
  private static final Set<String> COMMANDS = Set.of("train", "continual");

  /**
   * Reads a file.
   *
   * @throws InputException if it is not the result of a run in the format that this version reads;
   *     one line says why
   */
  public static ReadResult of(Path file) {
    JsonNode content = RecordFile.tree(file);
    checkFormat(file, content.path("format"));
    JsonNode command = content.path("command");
    if (!command.isTextual() || !COMMANDS.contains(command.textValue())) {
      throw new InputException(
          file
              + " is of command "
              + (command.isMissingNode() ? "null" : command.asText())
              + "; runs are of train and continual");
    }
    RunResult result = RecordFile.record(file, content, RunResult.class);
    checkNeeded(file, result);
    return new ReadResult(result, settings(content));
  }

  private static void checkFormat(Path file, JsonNode format) {
    if (!format.isInt() || format.intValue() != RunResult.FORMAT) {
      throw new InputException(
          file
              + (format.isMissingNode() ? " names no format" : " is of format " + format)
              + "; this version of Raphe reads format "
              + RunResult.FORMAT);
    }
  }

  private static void checkNeeded(Path file, RunResult result) {
    Map<String, Object> needed = new LinkedHashMap<>();
    needed.put("dataset/name", result.dataset() == null ? null : result.dataset().name());
    needed.put("network", result.network());
    needed.put("neuron", result.neuron());
    needed.put("rule", result.rule());
    needed.put("seed", result.seed());
    needed.forEach(
        (key, value) -> {
          if (value == null) {
            throw new InputException(file + " is broken: it has no " + key);
          }
        });
  }

  private static Map<String, String> settings(JsonNode content) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String object : List.of("optimizer", "learning")) {
      content
          .path(object)
          .properties()
          .forEach(entry -> settings.put(object + "/" + entry.getKey(), plain(entry.getValue())));
    }
    return settings;
  }

  /** 0.0005 rather than 5.0E-4, unless that is longer than people read. */
  private static String plain(JsonNode value) {
    if (!value.isNumber() || Math.abs(Math.log10(Math.abs(value.doubleValue()))) > 9) {
      return value.asText();
    }
    return value.decimalValue().stripTrailingZeros().toPlainString();
  }
}
