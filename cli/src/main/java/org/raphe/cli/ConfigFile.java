package org.raphe.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.result.RunId;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Settings from a YAML file: the names of the options, without their dashes. What is typed on the
 * command line goes before what a file says.
 */
final class ConfigFile {
  /** The settings of a run, kept in its folder. */
  static final String SETTINGS = "settings.yaml";

  private static final long MAX_BYTES = 1 << 20;

  /** How the parser begins to say that a key stands twice. */
  private static final String DUPLICATE = "Duplicate field ";

  /** What a run that goes on with another backend leaves behind. */
  private static final Set<String> OF_ONE_BACKEND = Set.of("device", "threads", "kernels", "sync");

  private ConfigFile() {}

  /**
   * Reads the file named by {@code --config}, or the settings of the run that {@code --resume}
   * continues, as the command's defaults.
   */
  static void applyTo(CommandLine commands, String[] arguments) {
    if (arguments.length == 0 || !commands.getSubcommands().containsKey(arguments[0])) {
      return;
    }
    CommandLine command = commands.getSubcommands().get(arguments[0]);
    String file = valueOf(arguments, "--config");
    Map<String, String> configured = file == null ? Map.of() : read(Path.of(file), command);
    Map<String, String> values = new HashMap<>();
    String out = valueOf(arguments, "--out");
    if (hasFlag(arguments, "--resume") && out != null) {
      values.putAll(read(settingsOf(out), command));
      String typed = valueOf(arguments, "--backend");
      String backend = typed == null ? configured.get("backend") : typed;
      if (backend != null && !backend.equalsIgnoreCase(values.get("backend"))) {
        values.keySet().removeAll(OF_ONE_BACKEND);
      }
    }
    values.putAll(configured);
    String preset = valueOf(arguments, "--preset");
    Preset.options(preset == null ? values.get("preset") : preset).forEach(values::putIfAbsent);
    // A flag typed upon a default of true would turn it off.
    values.keySet().removeIf(name -> hasFlag(arguments, "--" + name));
    if (!values.isEmpty()) {
      command.setDefaultValueProvider(new Defaults(values));
    }
  }

  private static Path settingsOf(String out) {
    Path settings = Path.of(out).resolve(SETTINGS);
    if (!Files.exists(settings)) {
      throw new InputException("nothing to resume in " + out + ": it holds no " + SETTINGS);
    }
    return settings;
  }

  private record Defaults(Map<String, String> values) implements IDefaultValueProvider {
    @Override
    public String defaultValue(ArgSpec argument) {
      return argument instanceof OptionSpec option
          ? values.get(option.longestName().replaceFirst("^--", ""))
          : null;
    }
  }

  private static boolean hasFlag(String[] arguments, String name) {
    return Arrays.asList(arguments).contains(name);
  }

  private static String valueOf(String[] arguments, String name) {
    for (int k = 1; k < arguments.length; k++) {
      if (arguments[k].startsWith(name + "=")) {
        return arguments[k].substring(name.length() + 1);
      }
      if (arguments[k].equals(name) && k + 1 < arguments.length) {
        return arguments[k + 1];
      }
    }
    return null;
  }

  /** The settings that a file holds for a command, by option without dashes. */
  static Map<String, String> read(Path file, CommandLine command) {
    JsonNode root = parse(file);
    if (!root.isObject()) {
      throw new InputException(
          "config file " + file + " must hold lines such as \"epochs: 3\", one an option");
    }
    Map<String, String> values = new HashMap<>();
    root.properties()
        .forEach(
            property -> {
              String name = property.getKey();
              if (name.equals(RunId.KEY)) {
                // What a run of these settings was called, which is no setting.
                return;
              }
              if (command.getCommandSpec().findOption("--" + name) == null) {
                throw new InputException(
                    "config file "
                        + file
                        + " sets \""
                        + name
                        + "\", which is no option of "
                        + command.getCommandName()
                        + KnownOptions.question("--" + name, command));
              }
              if (!property.getValue().isValueNode()) {
                throw new InputException(
                    "config file " + file + " sets \"" + name + "\" to more than one value");
              }
              values.put(name, property.getValue().asText());
            });
    return values;
  }

  /** What a later line or document would silently replace or add is refused. */
  private static JsonNode onlyDocument(Path file) throws IOException {
    YAMLMapper yaml =
        YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    try (MappingIterator<JsonNode> documents =
        yaml.readerFor(JsonNode.class).readValues(Files.readAllBytes(file))) {
      JsonNode first = documents.hasNextValue() ? documents.nextValue() : MissingNode.getInstance();
      if (documents.hasNextValue()) {
        throw new InputException(
            "config file "
                + file
                + " holds a second document, after a line \"---\"; give each its own file");
      }
      return first;
    }
  }

  private static String fault(JsonProcessingException e) {
    String message = e.getOriginalMessage().lines().findFirst().orElse("");
    return message.startsWith(DUPLICATE)
        ? " sets " + message.substring(DUPLICATE.length()) + " twice; leave one of the two"
        : " is not YAML: " + message;
  }

  private static JsonNode parse(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new InputException("config file " + file + " is larger than 1 MiB");
      }
      return onlyDocument(file);
    } catch (JsonProcessingException e) {
      throw new InputException("config file " + file + fault(e), e);
    } catch (IOException e) {
      throw new InputException("cannot read config file " + file + ": " + IoFailure.reason(e), e);
    }
  }
}
