package org.raphe.backend.cpu;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.raphe.backend.NetworkState;
import org.raphe.backend.Placement;
import org.raphe.learning.OptimizerStep;
import org.raphe.rule.Signal;

/** Columns of rate units on the CPU, which compete, or are only shown samples. */
final class CpuCompetitiveNetwork extends CpuRateNetwork {
  private final ColumnCompetition columns;
  private final ColumnLearning[] columnLearning;

  /** Null unless the read-out learns by recursive least squares. */
  private final RecursiveLeastSquares leastSquares;

  /** [sample][column]. */
  private final float[] scores;

  private final float[] activations;

  /** [sample]: the column that learns it, or {@link ColumnCompetition#NO_COLUMN}. */
  private final int[] winners;

  /** [column]: wins of the samples before, and with those of the batch at hand. */
  private final float[] wins;

  private final float[] counted;

  /** [column][direction]: lengths of directions before they were scaled to 1. */
  private final float[] lengths;

  CpuCompetitiveNetwork(Placement placement, TileKernels kernels, Workers workers) {
    super(placement, kernels, workers);
    boolean competes = signal instanceof Signal.Competition;
    Signal.Competition rule =
        competes ? (Signal.Competition) signal : Signal.Competition.ONLY_SHOWN;
    columns = new ColumnCompetition(network, rule.conscience());
    int batch = placement.batch();
    scores = new float[Math.multiplyExact(batch, columns.count)];
    activations = new float[scores.length];
    winners = new int[batch];
    wins = new float[columns.count];
    counted = new float[columns.count];
    lengths = new float[columns.count * (columns.size - 1)];
    columnLearning = new ColumnLearning[workers.count()];
    Arrays.setAll(
        columnLearning,
        k -> new ColumnLearning(kernels, placed[0].weights.inputs, columns.size, rule.amnesia()));
    leastSquares =
        rule.keepsCorrelation() ? new RecursiveLeastSquares(columns.count, batch, workers) : null;
    if (leastSquares != null) {
      leastSquares.write(placement.initialInverseCorrelation());
    }
  }

  @Override
  public void hiddenLayer(int layer, boolean credit) {
    super.hiddenLayer(layer, false);
    workers.run(
        count,
        (sample, worker) -> {
          int at = sample * columns.count;
          columns.score(values[1], sample * strides[1], scores, at);
          activeInputs[worker][1] +=
              columns.activate(scores, at, placed[0].weights.biases, activations);
        });
  }

  /** Currents stay as they are: columns, not units, are active. */
  @Override
  void activate(
      CpuLayer layer,
      int tile,
      int sample,
      int site,
      int sites,
      float[] z,
      int at,
      boolean credited) {}

  @Override
  public void readout(boolean credit) {
    workers.run(count, (sample, worker) -> vote(sample));
    countBatch();
  }

  private void vote(int sample) {
    int at = sample * columns.count;
    for (int unit = 0; unit < classes; unit++) {
      float y = 0f;
      for (int column = 0; column < columns.count; column++) {
        if (activations[at + column] != 0f) {
          int synapse = placed[1].weights.at(unit, column * columns.size);
          y = Math.fma(activations[at + column], placed[1].weights.weights[synapse], y);
        }
      }
      outputs[sample * classes + unit] = y;
    }
    score(sample);
  }

  @Override
  public void learn(int layer, OptimizerStep step) {
    if (layer == 0) {
      learnColumns();
    } else if (leastSquares != null) {
      synapseUpdates[0][1] +=
          leastSquares.learn(activations, labels, count, placed[1].weights, columns.size);
    } else {
      associate();
    }
  }

  private void learnColumns() {
    System.arraycopy(wins, 0, counted, 0, wins.length);
    workers.run(
        classes,
        (label, worker) -> columns.compete(label, labels, count, scores, counted, winners));
    workers.run(
        columns.count,
        (column, worker) ->
            synapseUpdates[worker][0] +=
                columnLearning[worker].learn(
                    placed[0].weights, column, winners, count, values[0], wins, lengths));
  }

  /** The synapse from each sample's winner to the unit of its class becomes 1. */
  private void associate() {
    for (int sample = 0; sample < count; sample++) {
      if (winners[sample] != ColumnCompetition.NO_COLUMN) {
        placed[1]
                .weights
                .weights[placed[1].weights.at(labels[sample], winners[sample] * columns.size)] =
            1f;
        synapseUpdates[0][1]++;
      }
    }
  }

  @Override
  public NetworkState readState() {
    Map<String, float[]> kept = new HashMap<>();
    kept.put(NetworkState.WINS, wins.clone());
    kept.put(NetworkState.LENGTHS, lengths.clone());
    if (leastSquares != null) {
      kept.put(NetworkState.INVERSE_CORRELATION, leastSquares.read());
    }
    return placement.state(readParameters(), kept);
  }

  @Override
  public void writeState(NetworkState state) {
    state.checkFits(placement.stateSpecs());
    writeParameters(state.parameters());
    copy(state, NetworkState.WINS, wins);
    if (columns.size > 1) {
      copy(state, NetworkState.LENGTHS, lengths);
    }
    if (leastSquares != null) {
      leastSquares.write(state.tensors().values(NetworkState.INVERSE_CORRELATION));
    }
  }

  private static void copy(NetworkState state, String name, float[] target) {
    System.arraycopy(state.tensors().values(name), 0, target, 0, target.length);
  }

  @Override
  public String divergenceAdvice() {
    return "choose a smaller amnesia";
  }
}
