package org.raphe.backend.cpu;

import org.raphe.backend.Placement;
import org.raphe.learning.OptimizerStep;
import org.raphe.network.Layer;
import org.raphe.network.Mode;
import org.raphe.rule.Signal;

/**
 * One layer on the CPU, a batch at a time: forward, its signals' answer, learning. Units stand at
 * sites that share weights; a dense layer has one site.
 */
abstract class CpuLayer {
  final CpuNetwork owner;
  final int number;
  final Layer shape;
  final TiledLayer weights;

  /** Places at which the layer's channels stand. */
  final int sites;

  /** Of every sample and site, [sample * sites + site]; null where nothing is credited. */
  final Credit credit;

  /** [class][site][paddedUnits] of the weights' tiles; null where the layer has no class signal. */
  private float[] signals;

  /** B or Q transposed, K x stride; null where the rule has none. */
  private float[] feedback;

  private int feedbackStride;

  /** Null where the layer has no head that learns. */
  private LearnedHead head;

  /** [unit], padded; null without a gate. */
  final float[] gate;

  CpuLayer(CpuNetwork owner, int number) {
    this.owner = owner;
    this.number = number;
    shape = owner.network.layers().get(number);
    weights = new TiledLayer(shape);
    sites = shape.units() / shape.channels();
    Placement placement = owner.placement;
    boolean readout = owner.network.isReadout(number);
    boolean credited = !readout && owner.signal.isCredited();
    int places = Math.multiplyExact(placement.batch(), sites);
    credit = readout || credited ? new Credit(weights, places, placement.steps()) : null;
    boolean gated = !readout && owner.network.mode() == Mode.CLASS_CONTINUAL;
    gate = gated ? new float[weights.paddedUnits] : null;
    if (credited) {
      writeSignals(
          owner.signal instanceof Signal.OfClass known
              ? known.table(owner.network, number, placement.seed())
              : Signal.ones(owner.network, number));
    }
    if (!readout && owner.signal instanceof Signal.OfOutputs answering) {
      placeFeedback(answering);
    }
  }

  private void placeFeedback(Signal.OfOutputs answering) {
    Placement placement = owner.placement;
    if (answering instanceof Signal.HeadError error && error.learned()) {
      head = new LearnedHead(Signal.HeadError.head(owner.network, number), placement.batch());
      feedback = head.weights;
      feedbackStride = head.stride;
    } else {
      feedback = answering.feedback(owner.network, number, placement.seed());
      feedbackStride = answering.width(shape);
    }
  }

  /** Replaces the class signals, K x H. */
  final void writeSignals(float[] given) {
    signals = weights.padRows(given, owner.classes * sites);
  }

  final float[] signals() {
    return signals;
  }

  /** Where the signals of a tile's units at {@code site} stand for class {@code label}. */
  final int signalAt(int label, int site, int tile) {
    return (label * sites + site) * weights.paddedUnits + tile * weights.width;
  }

  final LearnedHead head() {
    return head;
  }

  /** Numbers that what it hands on of a sample takes in memory. */
  abstract int outputStride();

  /** The layer over its whole window, for all samples of the batch. */
  abstract void forward(boolean credited);

  /** Copies what units emitted for a sample: rates over the window, or values. */
  abstract void copyEmitted(int sample, float[] target);

  /** Copies what was handed on of a sample, rates or values: the same unless it is pooled. */
  void copyHandedOn(int sample, float[] target) {
    copyEmitted(sample, target);
  }

  /** Multiplies a sample's credits, made for a signal of 1, by its signals. */
  abstract void answer(int sample, float[] answered);

  /** Gradients and optimizer step of weights and biases. */
  abstract void learnWeights(OptimizerStep step);

  /** {@link org.raphe.backend.PlacedNetwork#answer}. */
  final void answer() {
    Signal.OfOutputs answering = (Signal.OfOutputs) owner.signal;
    int width = answering.width(shape);
    owner.workers.run(
        owner.count,
        (sample, worker) -> {
          float[] own = new float[width + 1];
          float[] answered = new float[Math.max(width, weights.paddedUnits)];
          float[] error = new float[owner.classes];
          if (answering.judgesOutputs()) {
            copyHandedOn(sample, own);
          } else {
            copyEmitted(sample, own);
          }
          HiddenAnswer.signal(
              answering,
              own,
              width,
              owner.outputs,
              sample * owner.classes,
              owner.labels[sample],
              feedback,
              feedbackStride,
              error,
              answered);
          if (head != null) {
            head.note(sample, own, error);
          }
          answer(sample, answered);
        });
  }

  /** {@link org.raphe.backend.PlacedNetwork#learn}. */
  final void learn(OptimizerStep step) {
    if (head != null) {
      owner.workers.run(owner.classes, (label, worker) -> head.learn(label, owner.count, step));
    }
    learnWeights(step);
  }
}
