package org.raphe.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.raphe.InputException;
import org.raphe.RapheVersion;
import org.raphe.ReplacedFile;
import org.raphe.Sha256;
import org.raphe.data.ClassNames;
import org.raphe.data.FeatureScaling;
import org.raphe.network.Activation;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;
import org.raphe.tensor.NamedTensors;
import org.raphe.tensor.SafeTensors;

/** A model as a safetensors file; {@link Model} says what it holds. */
final class ModelFile {
  private static final String FORMAT = "raphe-model";
  private static final int VERSION = 2;
  private static final String NO_COLUMNS = "none";
  private static final String ACTIVATION = "activation";
  private static final String CLASS_NAMES = "class_names";
  private static final String RUN_ID = "run_id";
  private static final String FITTED = "features.";
  private static final String PREPARATION = "preparation";
  private static final String PROVENANCE = "provenance";
  private static final String PROVENANCE_SHA256 = "provenance_sha256";
  private static final ObjectMapper JSON = new ObjectMapper();

  private ModelFile() {}

  static void write(Path path, Model model) {
    Map<String, String> texts = new TreeMap<>();
    texts.put("format", FORMAT);
    texts.put("version", Integer.toString(VERSION));
    texts.put("network", model.network().text());
    texts.put("neuron", model.network().neuron().toString());
    texts.put("mode", model.network().mode().name().toLowerCase(Locale.ROOT));
    if (model.network().activation() != null) {
      texts.put(ACTIVATION, model.network().activation().toString());
    }
    texts.put("steps", Integer.toString(model.steps()));
    texts.put("input_scale", Float.toString(model.inputScale()));
    texts.put("gate_margin", Float.toString(model.gateMargin()));
    texts.put("features", model.features().toString());
    texts.put("competition", columnsText(model));
    if (!model.classNames().areNumbers()) {
      texts.put(CLASS_NAMES, classNamesText(model));
    }
    if (model.preparation() != null) {
      texts.put(PREPARATION, model.preparation());
    }
    texts.put("seed", Long.toString(model.seed()));
    if (model.runId() != null) {
      texts.put(RUN_ID, model.runId());
    }
    if (model.provenance() != null) {
      // Beside the settings, whose digest stays what older versions of Raphe make of it.
      texts.put(PROVENANCE, model.provenance().text());
      texts.put(PROVENANCE_SHA256, sha256(model.provenance().text()));
    }
    texts.put("weights_sha256", model.parameters().sha256());
    texts.put("settings_sha256", settingsSha256(model));
    NamedTensors tensors =
        model
            .parameters()
            .named(model.network())
            .and(model.features().fittedValues().prefixed(FITTED));
    ReplacedFile.write(path, new SafeTensors(texts, tensors.tensors())::write);
  }

  static Model read(Path path) {
    SafeTensors file = SafeTensors.read(path);
    requireKnown(path, file);
    ModelProvenance provenance = provenance(path, file);
    NetworkSpec network = network(path, file);
    Parameters parameters =
        Parameters.of(NamedTensors.take(path.toString(), weights(file), Parameters.specs(network)));
    if (!parameters.sha256().equals(text(path, file, "weights_sha256"))) {
      throw new InputException(path + " is damaged: its weights are not those it was written with");
    }
    Model model = model(path, file, network, parameters).withProvenance(provenance);
    if (!settingsSha256(model).equals(text(path, file, "settings_sha256"))) {
      throw new InputException(
          path + " is damaged: its settings are not those it was written with");
    }
    return model;
  }

  private static void requireKnown(Path path, SafeTensors file) {
    String version = file.metadata().get("version");
    if (!FORMAT.equals(file.metadata().get("format")) || version == null) {
      throw new InputException(
          path
              + " is not a model of Raphe: it says format "
              + file.metadata().get("format")
              + ", version "
              + version);
    }
    if (version.matches("[1-9][0-9]{0,8}") && Integer.parseInt(version) > VERSION) {
      throw new InputException(
          path
              + " is of a newer Raphe, a model of format "
              + version
              + ("; this one, " + RapheVersion.number() + ", reads format " + VERSION)
              + "; use a newer one");
    }
    if (!version.equals(Integer.toString(VERSION))) {
      throw new InputException(
          path
              + " is a model of format "
              + version
              + ("; this Raphe, " + RapheVersion.number() + ", reads format " + VERSION)
              + "; train it again");
    }
  }

  /** What it comes from; null of models that are older than it. */
  private static ModelProvenance provenance(Path path, SafeTensors file) {
    String text = file.metadata().get(PROVENANCE);
    if (text == null) {
      return null;
    }
    if (!sha256(text).equals(text(path, file, PROVENANCE_SHA256))) {
      throw new InputException(
          path + " is damaged: its provenance is not that it was written with");
    }
    return ModelProvenance.parse(path.toString(), text);
  }

  /** SHA-256, in hexadecimal, of a text. */
  private static String sha256(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static SafeTensors weights(SafeTensors file) {
    return new SafeTensors(
        file.metadata(), new NamedTensors(file.tensors()).without(FITTED).tensors());
  }

  /** The network; a model that does not say its activation is older than there was a choice. */
  private static NetworkSpec network(Path path, SafeTensors file) {
    NetworkSpec network =
        NetworkText.parse(
            text(path, file, "network"),
            constant(NeuronModel.class, path, file, "neuron"),
            constant(Mode.class, path, file, "mode"));
    return file.metadata().containsKey(ACTIVATION)
        ? network.withActivation(constant(Activation.class, path, file, ACTIVATION))
        : network;
  }

  /** SHA-256, in hexadecimal, of all that is not a weight. */
  private static String settingsSha256(Model model) {
    String settings =
        String.join(
            " ",
            model.network().text(),
            model.network().neuron().name(),
            model.network().mode().name(),
            Integer.toString(model.steps()),
            Float.toString(model.inputScale()),
            Float.toString(model.gateMargin()),
            model.features().toString(),
            columnsText(model),
            Long.toString(model.seed()));
    if (model.network().activation() == Activation.RELU) {
      // Models that are older than there was a choice keep their digest.
      settings += " " + model.network().activation();
    }
    if (!model.classNames().areNumbers()) {
      // As do those whose classes are known by number alone.
      settings += " " + classNamesText(model);
    }
    if (!model.features().fittedValues().tensors().isEmpty()) {
      settings += " " + model.features().fittedValues().sha256();
    }
    if (model.runId() != null) {
      settings += " " + model.runId();
    }
    if (model.preparation() != null) {
      settings += " " + model.preparation();
    }
    return sha256(settings);
  }

  private static Model model(
      Path path, SafeTensors file, NetworkSpec network, Parameters parameters) {
    try {
      return new Model(
          withColumns(network, text(path, file, "competition")),
          Integer.parseInt(text(path, file, "steps")),
          Float.parseFloat(text(path, file, "input_scale")),
          Float.parseFloat(text(path, file, "gate_margin")),
          FeatureScaling.parse(
              text(path, file, "features"), new NamedTensors(file.tensors()).under(FITTED)),
          classNames(path, file, network.classes()),
          file.metadata().get(PREPARATION),
          Long.parseLong(text(path, file, "seed")),
          parameters,
          file.metadata().get(RUN_ID));
    } catch (NumberFormatException e) {
      throw new InputException(
          path + " is damaged: a setting is not a number: " + e.getMessage(), e);
    }
  }

  /** A JSON array: a name may hold any character. */
  private static String classNamesText(Model model) {
    try {
      return JSON.writeValueAsString(model.classNames().names());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("names are texts", e);
    }
  }

  /** Names of classes; a model that does not say them knows them by number alone. */
  private static ClassNames classNames(Path path, SafeTensors file, int classes) {
    String text = file.metadata().get(CLASS_NAMES);
    if (text == null) {
      return ClassNames.numbered(classes);
    }
    try {
      return new ClassNames(List.of(JSON.readValue(text, String[].class)));
    } catch (JsonProcessingException | NullPointerException e) {
      throw new InputException(path + " is damaged: its names of classes cannot be read", e);
    }
  }

  /** C, k and the width of columns, where units are in columns; or none. */
  private static String columnsText(Model model) {
    return model
        .network()
        .columns()
        .map(columns -> columns.size() + " " + columns.winners() + " " + columns.width())
        .orElse(NO_COLUMNS);
  }

  private static NetworkSpec withColumns(NetworkSpec network, String text) {
    if (text.equals(NO_COLUMNS)) {
      return network;
    }
    String[] words = text.split(" ");
    if (words.length != 3) {
      throw new NumberFormatException("\"" + text + "\" is no size, winners and width of columns");
    }
    return network.withColumns(
        Integer.parseInt(words[0]), Integer.parseInt(words[1]), Float.parseFloat(words[2]));
  }

  private static String text(Path path, SafeTensors file, String key) {
    String text = file.metadata().get(key);
    if (text == null) {
      throw new InputException(path + " is not a usable model: it does not say its " + key);
    }
    return text;
  }

  private static <E extends Enum<E>> E constant(
      Class<E> type, Path path, SafeTensors file, String key) {
    String text = text(path, file, key);
    try {
      return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new InputException(path + " is of an unknown " + key + " \"" + text + "\"", e);
    }
  }
}
