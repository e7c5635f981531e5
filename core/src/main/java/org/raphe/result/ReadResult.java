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
 * @param result all of it that this version knows; its format, command, seed, rule and its data
 *     set's name are there, and but for analytic baselines its network and neuron
 * @param settings the entries of {@code optimizer} and {@code learning}, and what a volatile stream
 *     was drawn from and learned by, as text, by name as {@code optimizer/learning_rate}, also
 *     those that this version does not know: they distinguish runs. Entries of an object within are
 *     named as {@code learning/baseline_settings/directions}
 */
public record ReadResult(RunResult result, Map<String, String> settings) {
  private static final Set<String> COMMANDS =
      Set.of("train", "continual", "volatile", "gonogo", "permuted");

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
              + "; runs are of train, continual, volatile, gonogo and permuted");
    }
    RunResult result = RecordFile.record(file.toString(), content, RunResult.class);
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
    if (!analytic(result)) {
      needed.put("network", result.network());
      needed.put("neuron", result.neuron());
    }
    needed.put("rule", result.rule());
    needed.put("seed", result.seed());
    needed.forEach(
        (key, value) -> {
          if (value == null) {
            throw new InputException(file + " is broken: it has no " + key);
          }
        });
  }

  /** Whether it is of an analytic baseline. */
  private static boolean analytic(RunResult result) {
    return result.learning() != null
        && result.learning().streamLearning() != null
        && result.learning().streamLearning().baselineSettings() != null;
  }

  private static Map<String, String> settings(JsonNode content) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String object : List.of("optimizer", "learning")) {
      put(object + "/", content.path(object), settings);
    }
    put("stream/", content.path("volatile_stream").path("stream"), settings);
    put("modulators/", content.path("volatile_stream").path("modulators"), settings);
    put("task/", content.path("study").path("task"), settings);
    put("learner/", content.path("study").path("learner"), settings);
    put("modulators/", content.path("modulation").path("modulators"), settings);
    return settings;
  }

  private static void put(String path, JsonNode object, Map<String, String> settings) {
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      if (entry.getValue().isObject()) {
        put(path + entry.getKey() + "/", entry.getValue(), settings);
      } else {
        settings.put(path + entry.getKey(), plain(entry.getValue()));
      }
    }
  }

  /** 0.0005 rather than 5.0E-4, unless that is longer than people read. */
  private static String plain(JsonNode value) {
    if (!value.isNumber() || Math.abs(Math.log10(Math.abs(value.doubleValue()))) > 9) {
      return value.asText();
    }
    return value.decimalValue().stripTrailingZeros().toPlainString();
  }
}
