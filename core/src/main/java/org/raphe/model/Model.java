package org.raphe.model;

import java.nio.file.Path;
import java.util.List;
import org.raphe.InputException;
import org.raphe.backend.Backend;
import org.raphe.backend.Placement;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.backend.cpu.KernelChoice;
import org.raphe.continual.Confusion;
import org.raphe.continual.ExperienceStream;
import org.raphe.data.ClassNames;
import org.raphe.data.Dataset;
import org.raphe.data.FeatureScaling;
import org.raphe.data.Samples;
import org.raphe.learning.LearningSpec;
import org.raphe.network.NetworkSpec;
import org.raphe.network.Parameters;
import org.raphe.rule.Frozen;
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
 * @param preparation which of several ways the data set's files were made features: {@link
 *     Dataset#preparation}; null where there is one way alone
 * @param seed key of the test spikes
 * @param parameters weights and biases
 * @param runId id of the run that trained it; null where it is not known, as of models that are
 *     older than the id
 * @param provenance what it comes from; null where it is not known, as of models that are older
 *     than it, or of another program
 */
public record Model(
    NetworkSpec network,
    int steps,
    float inputScale,
    float gateMargin,
    FeatureScaling features,
    ClassNames classNames,
    String preparation,
    long seed,
    Parameters parameters,
    String runId,
    ModelProvenance provenance) {

  public Model {
    if (classNames.size() != network.classes()) {
      throw new InputException(
          classNames.size() + " names for the " + network.classes() + " classes of a model");
    }
  }

  /** A model that does not say what it comes from. */
  public Model(
      NetworkSpec network,
      int steps,
      float inputScale,
      float gateMargin,
      FeatureScaling features,
      ClassNames classNames,
      String preparation,
      long seed,
      Parameters parameters,
      String runId) {
    this(
        network,
        steps,
        inputScale,
        gateMargin,
        features,
        classNames,
        preparation,
        seed,
        parameters,
        runId,
        null);
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
        null,
        seed,
        parameters,
        null);
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

  /** The same network, as a run of this id left it. */
  public Model withRunId(String id) {
    return new Model(
        network,
        steps,
        inputScale,
        gateMargin,
        features,
        classNames,
        preparation,
        seed,
        parameters,
        id,
        provenance);
  }

  /** The same network, with what it comes from. */
  public Model withProvenance(ModelProvenance of) {
    return new Model(
        network,
        steps,
        inputScale,
        gateMargin,
        features,
        classNames,
        preparation,
        seed,
        parameters,
        runId,
        of);
  }

  /** The same model for data whose classes are called, and whose files are prepared, so. */
  public Model withData(ClassNames names, String way) {
    return new Model(
        network,
        steps,
        inputScale,
        gateMargin,
        features,
        names,
        way,
        seed,
        parameters,
        runId,
        provenance);
  }

  /** The same model with its classes called otherwise. */
  public Model withClassNames(ClassNames names) {
    return withData(names, preparation);
  }

  /**
   * Trains a plan on a data set, on all processors, and gives what it has learned at the end.
   *
   * @param data not scaled yet; classes keep their names
   * @throws org.raphe.RunException if weights stop being finite numbers
   */
  public static Model train(TrainingPlan plan, Dataset data) {
    FeatureScaling features = plan.features(data.train());
    double shown = plan.mostShown(ExperienceStream.whole(data));
    try (Backend backend = processors(KernelChoice.work(plan.network(), plan.steps(), shown))) {
      TrainingState end = new Trainer(plan, features.apply(data)).run(backend);
      return of(plan, features, end.parameters())
          .withData(data.classNames(), data.preparation())
          .withProvenance(ModelProvenance.of(plan, data));
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
    try (Backend backend = new CpuBackend(1, KernelChoice.forWork(work(1)));
        PlacedModel placed = place(backend)) {
      return placed.predict(sample, number);
    }
  }

  /** Predicts the class of each sample, on all processors; labels are not looked at. */
  public List<Prediction> predict(Samples samples) {
    try (Backend backend = processors(work(samples.size()));
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

  /** How much work it is to show so many samples: {@link KernelChoice#work}. */
  public double work(int samples) {
    return KernelChoice.work(network, steps, samples);
  }

  private static Backend processors(double work) {
    return new CpuBackend(Runtime.getRuntime().availableProcessors(), KernelChoice.forWork(work));
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
    ModelFile.write(path, this);
  }

  /** Reads a model: {@link #read}. */
  public static Model load(Path path) {
    return read(path);
  }

  /**
   * Reads a model.
   *
   * @throws InputException if the file is damaged, of another format, of a newer Raphe or a newer
   *     numeric contract, or its weights are not those it says
   */
  public static Model read(Path path) {
    return ModelFile.read(path);
  }
}
