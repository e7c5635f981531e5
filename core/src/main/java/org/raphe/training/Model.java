package org.raphe.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.raphe.InputException;
import org.raphe.Sha256;
import org.raphe.backend.Parameters;
import org.raphe.learning.Competition;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Rule;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;

/**
 * A trained network: what is needed to show it samples. As a file it is a standard safetensors
 * file, {@code layers.N.weight} [inputs, units] and {@code layers.N.bias} [units], with the
 * settings as texts in its metadata.
 *
 * @param network layers and units
 * @param steps T
 * @param inputScale r of the spike code
 * @param seed key of the test spikes
 * @param parameters weights and biases
 * @param competition how columns compete and are read; null of units that do not
 */
public record Model(
    NetworkSpec network,
    int steps,
    float inputScale,
    long seed,
    Parameters parameters,
    Competition competition) {
  private static final String FORMAT = "raphe-model";
  private static final String VERSION = "1";
  private static final String COMPETITION = "competition";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** A network of units that do not compete. */
  public Model(NetworkSpec network, int steps, float inputScale, long seed, Parameters parameters) {
    this(network, steps, inputScale, seed, parameters, null);
  }

  /** How its samples are shown: nothing is learned. */
  public LearningSpec shown() {
    return competition == null
        ? LearningSpec.published(network.mode(), Rule.FROZEN)
        : LearningSpec.competitive(competition);
  }

  /**
   * Writes the model beside {@code path} and renames it into place.
   *
   * @throws org.raphe.RunException if it cannot be written
   */
  public void write(Path path) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    ModelFile.put(tensors, "", network, parameters);
    Map<String, String> texts = new TreeMap<>();
    texts.put("format", FORMAT);
    texts.put("version", VERSION);
    texts.put("network", network.text());
    texts.put("neuron", network.neuron().toString());
    texts.put("mode", network.mode().name().toLowerCase(Locale.ROOT));
    texts.put("steps", Integer.toString(steps));
    texts.put("input_scale", Float.toString(inputScale));
    texts.put("seed", Long.toString(seed));
    texts.put("weights_sha256", parameters.sha256());
    if (competition != null) {
      texts.put(COMPETITION, competitionText());
    }
    texts.put("settings_sha256", settingsSha256());
    ReplacedFile.write(path, new SafeTensors(texts, tensors)::write);
  }

  /**
   * Reads a model.
   *
   * @throws InputException if the file is damaged, of another format, or its weights are not those
   *     it says
   */
  public static Model read(Path path) {
    SafeTensors file = SafeTensors.read(path);
    if (!FORMAT.equals(file.metadata().get("format"))
        || !VERSION.equals(file.metadata().get("version"))) {
      throw new InputException(
          path
              + " is not a model of this version of Raphe: it says format "
              + file.metadata().get("format")
              + ", version "
              + file.metadata().get("version"));
    }
    NetworkSpec network =
        NetworkText.parse(
            text(path, file, "network"),
            constant(NeuronModel.class, path, file, "neuron"),
            constant(Mode.class, path, file, "mode"));
    Parameters parameters = ModelFile.take(path.toString(), file, "", network);
    if (!parameters.sha256().equals(text(path, file, "weights_sha256"))) {
      throw new InputException(path + " is damaged: its weights are not those it was written with");
    }
    Model model = model(path, file, network, parameters);
    if (!model.settingsSha256().equals(text(path, file, "settings_sha256"))) {
      throw new InputException(
          path + " is damaged: its settings are not those it was written with");
    }
    return model;
  }

  /** SHA-256, in hexadecimal, of all that is not a weight. */
  private String settingsSha256() {
    String settings =
        String.join(
            " ",
            network.text(),
            network.neuron().name(),
            network.mode().name(),
            Integer.toString(steps),
            Float.toString(inputScale),
            Long.toString(seed));
    if (competition != null) {
      settings += " " + competitionText();
    }
    MessageDigest digest = Sha256.newDigest();
    return HexFormat.of().formatHex(digest.digest(settings.getBytes(StandardCharsets.UTF_8)));
  }

  private String competitionText() {
    try {
      return JSON.writeValueAsString(competition);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a competition is made of numbers and a name", e);
    }
  }

  /** Null where the file does not say that units compete. */
  private static Competition competition(Path path, SafeTensors file, NetworkSpec network) {
    String text = file.metadata().get(COMPETITION);
    if (text == null) {
      return null;
    }
    Competition competition;
    try {
      competition = JSON.readValue(text, Competition.class);
    } catch (JsonProcessingException e) {
      throw new InputException(path + " is damaged: its competition cannot be read", e);
    }
    if (competition == null) {
      throw new InputException(path + " is damaged: its competition is null");
    }
    competition.checkFits(network);
    return competition;
  }

  private static Model model(
      Path path, SafeTensors file, NetworkSpec network, Parameters parameters) {
    try {
      return new Model(
          network,
          Integer.parseInt(text(path, file, "steps")),
          Float.parseFloat(text(path, file, "input_scale")),
          Long.parseLong(text(path, file, "seed")),
          parameters,
          competition(path, file, network));
    } catch (NumberFormatException e) {
      throw new InputException(
          path + " is damaged: a setting is not a number: " + e.getMessage(), e);
    }
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
