package org.raphe.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.raphe.InputException;
import org.raphe.ReplacedFile;
import org.raphe.Sha256;
import org.raphe.backend.Backend;
import org.raphe.backend.Placement;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.continual.Confusion;
import org.raphe.data.ClassNames;
import org.raphe.data.Dataset;
import org.raphe.data.FeatureScaling;
import org.raphe.data.Samples;
import org.raphe.learning.LearningSpec;
import org.raphe.network.Activation;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;
import org.raphe.rule.Frozen;
import org.raphe.tensor.NamedTensors;
import org.raphe.tensor.SafeTensors;
import org.raphe.training.Trainer;
import org.raphe.training.TrainingPlan;
import org.raphe.training.TrainingState;

/**
 * A trained network: what is needed to show it samples. As a file it is a standard safetensors
 * file, {@code layers.N.weight} [inputs, units] and {@code layers.N.bias} [units], with the
 * settings as texts in its metadata; where features were fitted, {@code features.offset} and {@code
 * features.span} [features, or 1].
 *
 * @param network layers and units
 * @param steps T
 * @param inputScale r of the spike code
 * @param gateMargin delta of the input-type gate (class-continual mode)
 * @param features what is done to features before the network sees them
 * @param classNames what its classes are called
 * @param seed key of the test spikes
 * @param parameters weights and biases
 */
public record Model(
    NetworkSpec network,
    int steps,
    float inputScale,
    float gateMargin,
    FeatureScaling features,
    ClassNames classNames,
    long seed,
    Parameters parameters) {
  private static final String FORMAT = "raphe-model";
  private static final String VERSION = "2";
  private static final String NO_COLUMNS = "none";
  private static final String ACTIVATION = "activation";
  private static final String CLASS_NAMES = "class_names";

  /** What the names of tensors begin with that hold what features are scaled by. */
  private static final String FITTED = "features.";

  private static final ObjectMapper JSON = new ObjectMapper();

  public Model {
    if (classNames.size() != network.classes()) {
      throw new InputException(
          classNames.size() + " names for the " + network.classes() + " classes of a model");
    }
  }

  /** A model whose classes are known by number alone. */
  public Model(
      NetworkSpec network,
      int steps,
      float inputScale,
      float gateMargin,
      FeatureScaling features,
      long seed,
      Parameters parameters) {
    this(
        network,
        steps,
        inputScale,
        gateMargin,
        features,
        ClassNames.numbered(network.classes()),
        seed,
        parameters);
  }

  /** A network of classification, which takes features as they are. */
  public Model(NetworkSpec network, int steps, float inputScale, long seed, Parameters parameters) {
    this(network, steps, inputScale, 0f, new FeatureScaling.Raw(), seed, parameters);
  }

  /**
   * What a plan has trained.
   *
   * @param features what was done to the samples that it was trained on: {@link
   *     TrainingPlan#features}
   * @param parameters weights and biases at the end
   */
  public static Model of(TrainingPlan plan, FeatureScaling features, Parameters parameters) {
    return new Model(
        plan.network(),
        plan.steps(),
        plan.inputScale(),
        plan.gateMargin(),
        features,
        plan.seed(),
        parameters);
  }

  /** The same model with its classes called otherwise. */
  public Model withClassNames(ClassNames names) {
    return new Model(network, steps, inputScale, gateMargin, features, names, seed, parameters);
  }

  /**
   * Trains a plan on a data set, on all processors, and gives what it has learned at the end.
   *
   * @param data not scaled yet; classes keep their names
   * @throws org.raphe.RunException if weights stop being finite numbers
   */
  public static Model train(TrainingPlan plan, Dataset data) {
    FeatureScaling features = plan.features(data.train());
    try (Backend backend = processors()) {
      TrainingState end = new Trainer(plan, features.apply(data)).run(backend);
      return of(plan, features, end.parameters()).withClassNames(data.classNames());
    }
  }

  /**
   * Predicts the class of one sample, as sample 0: a CPU backend is made for it and closed. Where
   * many are shown one by one, {@link #place} a model once.
   *
   * @param sample features, as many as the network has inputs, finite, not scaled yet
   * @throws InputException if they are not
   */
  public Prediction predict(float[] sample) {
    return predict(sample, 0);
  }

  /**
   * Predicts the class of one sample as {@link #predict(Samples)} does that of its sample {@code
   * number}, to the bit.
   */
  public Prediction predict(float[] sample, int number) {
    try (Backend backend = new CpuBackend(1);
        PlacedModel placed = place(backend)) {
      return placed.predict(sample, number);
    }
  }

  /** Predicts the class of each sample, on all processors; labels are not looked at. */
  public List<Prediction> predict(Samples samples) {
    try (Backend backend = processors();
        PlacedModel placed = place(backend)) {
      return placed.predict(samples);
    }
  }

  /**
   * Which class samples of each class are taken for.
   *
   * @param labelled samples whose labels are the model's numbers of classes
   */
  public Confusion test(Samples labelled) {
    Confusion confusion = new Confusion(network.classes());
    List<Prediction> predictions = predict(labelled);
    for (int k = 0; k < predictions.size(); k++) {
      confusion.add(labelled.label(k), predictions.get(k).label());
    }
    return confusion;
  }

  private static Backend processors() {
    return new CpuBackend(Runtime.getRuntime().availableProcessors());
  }

  /** The model on a device, to be shown samples; the caller closes it before the backend. */
  public PlacedModel place(Backend backend) {
    return new PlacedModel(this, backend);
  }

  /**
   * What is placed on a device to show the model samples: nothing of it learns.
   *
   * @param batch most samples shown at a time
   */
  public Placement placement(int batch) {
    LearningSpec learning = LearningSpec.published(network.mode(), new Frozen());
    return new Placement(network, learning, steps, batch, inputScale, gateMargin, seed);
  }

  /**
   * Writes the model beside {@code path} and renames it into place.
   *
   * @throws org.raphe.RunException if it cannot be written
   */
  public void write(Path path) {
    Map<String, String> texts = new TreeMap<>();
    texts.put("format", FORMAT);
    texts.put("version", VERSION);
    texts.put("network", network.text());
    texts.put("neuron", network.neuron().toString());
    texts.put("mode", network.mode().name().toLowerCase(Locale.ROOT));
    if (network.activation() != null) {
      texts.put(ACTIVATION, network.activation().toString());
    }
    texts.put("steps", Integer.toString(steps));
    texts.put("input_scale", Float.toString(inputScale));
    texts.put("gate_margin", Float.toString(gateMargin));
    texts.put("features", features.toString());
    texts.put("competition", columnsText());
    if (!classNames.areNumbers()) {
      texts.put(CLASS_NAMES, classNamesText());
    }
    texts.put("seed", Long.toString(seed));
    texts.put("weights_sha256", parameters.sha256());
    texts.put("settings_sha256", settingsSha256());
    NamedTensors tensors = parameters.named(network).and(features.fittedValues().prefixed(FITTED));
    ReplacedFile.write(path, new SafeTensors(texts, tensors.tensors())::write);
  }

  /** Reads a model: {@link #read}. */
  public static Model load(Path path) {
    return read(path);
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
    NetworkSpec network = network(path, file);
    Parameters parameters =
        Parameters.of(NamedTensors.take(path.toString(), weights(file), Parameters.specs(network)));
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
  private String settingsSha256() {
    String settings =
        String.join(
            " ",
            network.text(),
            network.neuron().name(),
            network.mode().name(),
            Integer.toString(steps),
            Float.toString(inputScale),
            Float.toString(gateMargin),
            features.toString(),
            columnsText(),
            Long.toString(seed));
    if (network.activation() == Activation.RELU) {
      // Models that are older than there was a choice keep their digest.
      settings += " " + network.activation();
    }
    if (!classNames.areNumbers()) {
      // As do those whose classes are known by number alone.
      settings += " " + classNamesText();
    }
    if (!features.fittedValues().tensors().isEmpty()) {
      settings += " " + features.fittedValues().sha256();
    }
    MessageDigest digest = Sha256.newDigest();
    return HexFormat.of().formatHex(digest.digest(settings.getBytes(StandardCharsets.UTF_8)));
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
          Long.parseLong(text(path, file, "seed")),
          parameters);
    } catch (NumberFormatException e) {
      throw new InputException(
          path + " is damaged: a setting is not a number: " + e.getMessage(), e);
    }
  }

  /** A JSON array: a name may hold any character. */
  private String classNamesText() {
    try {
      return JSON.writeValueAsString(classNames.names());
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
  private String columnsText() {
    return network
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
