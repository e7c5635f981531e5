package org.raphe.training;

import java.util.List;
import org.raphe.continual.Protocol;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.modulation.ModulationSettings;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;
import org.raphe.rule.Naca;
import org.raphe.rule.Rule;

/**
 * Makes a {@link TrainingPlan}, setting by setting. What is not set is the published program's
 * (Zhang et al. 2023): NACA, T = 20 of spiking units, constant rates; of a class-continual network
 * SGD at 5e-4, batches of 256, ten passes or 95 %; else Adam at 1e-4, and batches of 32 and three
 * passes, which are chosen here.
 */
public final class TrainingPlanBuilder {
  private final NetworkSpec network;
  private LearningSpec learning;
  private LearningRateSchedule schedule = LearningRateSchedule.CONSTANT;
  private List<LayerSchedule> layers = List.of();
  private int steps;
  private int batch = 32;
  private int epochs = 3;
  private Double stopAccuracy;
  private float inputScale = 1f;
  private float gateMargin = 0.2f;
  private Protocol protocol = Protocol.STRICT;
  private long seed = 1;
  private ModulationSettings modulation = ModulationSettings.NONE;

  TrainingPlanBuilder(NetworkSpec network) {
    this.network = network;
    learning = LearningSpec.published(network.mode(), new Naca());
    steps = network.neuron() == NeuronModel.LIF ? 20 : 1;
    if (network.mode() == Mode.CLASS_CONTINUAL) {
      batch = 256;
      epochs = 10;
      stopAccuracy = 0.95;
    }
  }

  TrainingPlanBuilder(TrainingPlan plan) {
    network = plan.network();
    learning = plan.learning();
    schedule = plan.schedule();
    layers = plan.layers();
    steps = plan.steps();
    batch = plan.batch();
    epochs = plan.epochs();
    stopAccuracy = plan.stopAccuracy();
    inputScale = plan.inputScale();
    gateMargin = plan.gateMargin();
    protocol = plan.protocol();
    seed = plan.seed();
    modulation = plan.modulation();
  }

  /** Rule, optimizers, loss. */
  public TrainingPlanBuilder learning(LearningSpec value) {
    learning = value;
    return this;
  }

  /** How hidden layers learn; optimizers and loss stay as they are. */
  public TrainingPlanBuilder rule(Rule value) {
    learning = learning.withRule(value);
    return this;
  }

  /** One optimizer for every layer. */
  public TrainingPlanBuilder optimizer(Optimizer value) {
    learning = learning.withOptimizer(value);
    return this;
  }

  /** Adam with this learning rate, and its usual decays, for every layer. */
  public TrainingPlanBuilder adam(double learningRate) {
    return optimizer(Optimizer.Adam.of(learningRate));
  }

  /** Learning rates over the run. */
  public TrainingPlanBuilder schedule(LearningRateSchedule value) {
    schedule = value;
    return this;
  }

  /** When each hidden layer learns and how fast, first layer first; empty for always and alike. */
  public TrainingPlanBuilder layers(List<LayerSchedule> value) {
    layers = value;
    return this;
  }

  /** T, steps of a sample's window; 1 for rate units. */
  public TrainingPlanBuilder steps(int value) {
    steps = value;
    return this;
  }

  /** B, samples of a batch. */
  public TrainingPlanBuilder batch(int value) {
    batch = value;
    return this;
  }

  /** Most passes over an experience's training samples. */
  public TrainingPlanBuilder epochs(int value) {
    epochs = value;
    return this;
  }

  /** The accuracy at which an experience ends; null for always all passes. */
  public TrainingPlanBuilder stopAccuracy(Double value) {
    stopAccuracy = value;
    return this;
  }

  /** r of the spike code. */
  public TrainingPlanBuilder inputScale(float value) {
    inputScale = value;
    return this;
  }

  /** delta of the input-type gate. */
  public TrainingPlanBuilder gateMargin(float value) {
    gateMargin = value;
    return this;
  }

  /** How test samples are batched. */
  public TrainingPlanBuilder protocol(Protocol value) {
    protocol = value;
    return this;
  }

  /** Key of every random number. */
  public TrainingPlanBuilder seed(long value) {
    seed = value;
    return this;
  }

  /** Modulators that the network learns under; none if not set. */
  public TrainingPlanBuilder modulation(ModulationSettings value) {
    modulation = value;
    return this;
  }

  /**
   * The plan.
   *
   * @throws org.raphe.InputException if a setting is out of its range, or they do not go together
   */
  public TrainingPlan build() {
    return new TrainingPlan(
        network,
        learning,
        schedule,
        layers,
        steps,
        batch,
        epochs,
        stopAccuracy,
        inputScale,
        gateMargin,
        protocol,
        seed,
        modulation);
  }
}
