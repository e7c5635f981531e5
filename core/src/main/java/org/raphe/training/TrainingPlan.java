package org.raphe.training;

import java.util.List;
import org.raphe.InputException;
import org.raphe.backend.Placement;
import org.raphe.continual.Experience;
import org.raphe.continual.ExperienceStream;
import org.raphe.continual.Measuring;
import org.raphe.continual.Protocol;
import org.raphe.cost.Taught;
import org.raphe.data.FeatureScaling;
import org.raphe.data.Samples;
import org.raphe.data.Standardization;
import org.raphe.data.UnitLength;
import org.raphe.learning.BatchStep;
import org.raphe.learning.LayerStep;
import org.raphe.learning.LearningSpec;
import org.raphe.modulation.ModulationSettings;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;

/**
 * Everything that decides the bits of a run, besides the data and its stream. {@link
 * #builder(NetworkSpec)} makes one.
 *
 * @param network layers and units; its mode says whether it has an input-type gate
 * @param learning rule, optimizers, loss
 * @param schedule learning rates over the run
 * @param layers when each hidden layer learns and how fast, first layer first; empty where all
 *     learn always and alike
 * @param steps T
 * @param batch B, training samples of a batch and, where that decides nothing or under the
 *     published protocol, test samples
 * @param epochs passes over an experience's training samples, at most
 * @param stopAccuracy an experience ends after the first pass in which this share of its samples
 *     was classified correctly, each before its own update; null for always {@code epochs} passes
 * @param inputScale r of the spike code (networks without a gate)
 * @param gateMargin delta of the input-type gate
 * @param protocol how test samples are batched
 * @param seed key of every random number
 * @param modulation modulators that it learns under
 */
public record TrainingPlan(
    NetworkSpec network,
    LearningSpec learning,
    LearningRateSchedule schedule,
    List<LayerSchedule> layers,
    int steps,
    int batch,
    int epochs,
    Double stopAccuracy,
    float inputScale,
    float gateMargin,
    Protocol protocol,
    long seed,
    ModulationSettings modulation) {

  public TrainingPlan {
    modulation.checkFits(learning);
    boolean alike = layers.stream().allMatch(LayerSchedule.ALWAYS::equals);
    layers = alike ? List.of() : List.copyOf(layers);
    if (!layers.isEmpty()) {
      LayerSchedule.checkFit(layers, network, learning.rule());
    }
    if (epochs < 1) {
      throw new InputException("epochs must be at least 1, not " + epochs);
    }
    if (stopAccuracy != null && !(stopAccuracy > 0 && stopAccuracy <= 1)) {
      throw new InputException(
          "the accuracy at which an experience ends must be above 0 and at most 1, not "
              + stopAccuracy);
    }
    new Placement(network, learning, steps, batch, inputScale, gateMargin, seed);
  }

  /** A plan of the published settings, each of which can be replaced before it is built. */
  public static TrainingPlanBuilder builder(NetworkSpec network) {
    return new TrainingPlanBuilder(network);
  }

  /**
   * The same for a classification network of spiking units.
   *
   * @param network such as {@code 784-1000-10}
   * @throws InputException if the text is none of a network
   */
  public static TrainingPlanBuilder builder(String network) {
    return builder(network, NeuronModel.LIF);
  }

  /**
   * The same for a classification network.
   *
   * @param network such as {@code 784-1000-10}
   * @param neuron what its units compute
   * @throws InputException if the text is none of a network
   */
  public static TrainingPlanBuilder builder(String network, NeuronModel neuron) {
    return builder(NetworkText.parse(network, neuron, Mode.CLASSIFICATION));
  }

  /** The settings of this plan, each of which can be replaced. */
  public TrainingPlanBuilder toBuilder() {
    return new TrainingPlanBuilder(this);
  }

  /**
   * A text of all that decides the bits, by which checkpoints know their run; modulators stand in
   * it where there are some.
   */
  @Override
  public String toString() {
    String parts =
        String.join(
            ", ",
            "network=" + network,
            "learning=" + learning,
            "schedule=" + schedule + (layers.isEmpty() ? "" : ", layers=" + layers),
            "steps=" + steps,
            "batch=" + batch,
            "epochs=" + epochs,
            "stopAccuracy=" + stopAccuracy,
            "inputScale=" + inputScale,
            "gateMargin=" + gateMargin,
            "protocol=" + protocol,
            "seed=" + seed);
    return "TrainingPlan[" + parts + (modulation.isNone() ? "]" : ", " + modulation + "]");
  }

  /** What is placed on a device. */
  public Placement placement() {
    return new Placement(network, learning, steps, batch, inputScale, gateMargin, seed);
  }

  /** Whether the network has an input-type gate, made from each batch's mean input. */
  public boolean gated() {
    return network.mode() == Mode.CLASS_CONTINUAL;
  }

  /**
   * What is done to features: standardised for networks with a gate, of length 1 for columns that
   * compete.
   *
   * @param train the training samples, which standardisation measures
   */
  public FeatureScaling features(Samples train) {
    if (network.columns().isPresent()) {
      return new UnitLength();
    }
    return gated() ? Standardization.of(train) : new FeatureScaling.Raw();
  }

  /**
   * Test samples shown at a time. Without a gate nothing depends on it.
   *
   * @return 1 under the strict protocol where there is a gate, else B
   */
  public int testBatch() {
    return gated() && protocol == Protocol.STRICT ? 1 : batch;
  }

  /**
   * The optimizer steps after a batch.
   *
   * @param before batches learned before this one, from 0
   */
  BatchStep step(long before, ExperienceStream stream) {
    double factor = schedule.factor(before, mostSteps(stream));
    if (layers.isEmpty()) {
      return BatchStep.alike(before + 1, factor);
    }
    long epoch = batchesPerEpoch(stream.learned().get(0).train().length);
    List<LayerStep> hidden =
        layers.stream().map(layer -> layer.step(before, epoch, factor)).toList();
    return new BatchStep(new LayerStep(before + 1, factor), hidden);
  }

  /**
   * What each hidden layer learns from in a pass, first layer first; empty where all of them learn
   * from everything.
   *
   * @param pass from 1
   * @param samples of the pass
   */
  public List<Taught> taught(int pass, int samples) {
    long batches = batchesPerEpoch(samples);
    return layers.stream()
        .map(layer -> layer.openBatches(pass, batches))
        .map(open -> new Taught(upTo(open[1], samples) - upTo(open[0], samples), open[1] - open[0]))
        .toList();
  }

  /** Samples of a pass's first batches. */
  private long upTo(long batches, int samples) {
    return Math.min(batches * batch, samples);
  }

  /** Batches of a pass over {@code samples} samples; the last may be smaller. */
  public long batchesPerEpoch(int samples) {
    return (samples + batch - 1) / batch;
  }

  /** How often a sample is shown in a whole stream in which no experience ends early, tests too. */
  public double mostShown(ExperienceStream stream) {
    double learned = 0;
    for (Experience experience : stream.learned()) {
      learned += experience.train().length;
    }
    double tested = 0;
    for (Experience experience : stream.tested()) {
      tested += experience.testSize();
    }
    boolean eachPass = stream.measuring() == Measuring.EACH_PASS;
    return learned * epochs + tested * (eachPass ? epochs : stream.learned().size() + 1.0);
  }

  /** Optimizer steps of a whole stream in which no experience ends early. */
  public long mostSteps(ExperienceStream stream) {
    long batches = 0;
    for (Experience experience : stream.learned()) {
      batches += batchesPerEpoch(experience.train().length);
    }
    return batches * epochs;
  }
}
