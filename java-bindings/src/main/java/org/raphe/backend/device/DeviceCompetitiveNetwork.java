package org.raphe.backend.device;

import java.util.HashMap;
import java.util.Map;
import org.raphe.backend.NetworkState;
import org.raphe.backend.Placement;
import org.raphe.learning.OptimizerStep;
import org.raphe.network.Columns;
import org.raphe.rule.Signal;

/** Columns of rate units on a device, which compete, or are only shown samples. */
final class DeviceCompetitiveNetwork extends DeviceRateNetwork {
  private final Columns hidden;
  private final Signal.Competition competition;
  private final int columns;
  private final int ofClass;

  /** [sample][column]. */
  private final DeviceMemory scores;

  private final DeviceMemory activations;

  /** [sample][winners]: the columns that are active, ascending; how many, [sample]. */
  private final DeviceMemory activeColumns;

  private final DeviceMemory activeCounts;

  /** [sample]: the column that learns it. */
  private final DeviceMemory winners;

  /** [unit], padded: at a column's centre its wins, at a direction its length before scaling. */
  private final DeviceMemory tallies;

  /** [column], scratch. */
  private final DeviceMemory wins;

  /** [sample][size + 1][inputStride], scratch: a column's vectors while it learns. */
  private final DeviceMemory room;

  /** Null unless the read-out learns by recursive least squares. */
  private final DeviceLeastSquares leastSquares;

  /** Places the network; the caller closes it. */
  DeviceCompetitiveNetwork(KernelDevice device, Placement placement) {
    super(device, placement);
    hidden = network.columns().orElseThrow();
    competition = signal instanceof Signal.Competition rule ? rule : Signal.Competition.ONLY_SHOWN;
    columns = hidden.count();
    ofClass = hidden.ofClass(network.classes());
    long batch = placement.batch();
    try {
      scores = floats("scores of columns", batch * columns);
      activations = floats("activations of columns", batch * columns);
      activeColumns = ints("active columns", batch * hidden.winners());
      activeCounts = ints("numbers of active columns", batch);
      winners = ints("winners", batch);
      tallies = floats("wins and lengths of columns", layers[0].unitStride);
      wins = floats("wins of columns", columns);
      room = floats("learning columns", batch * (hidden.size() + 1) * layers[0].inputStride);
      leastSquares = competition.keepsCorrelation() ? new DeviceLeastSquares(this, columns) : null;
    } catch (RuntimeException e) {
      closeAfter(e);
      throw e;
    }
  }

  /** Columns learn a sample a group, whatever the units. */
  @Override
  int hiddenSlots(int layer, int size) {
    return Math.max(hiddenGroups(layer, size), size);
  }

  /** Columns compete by their currents as they are. */
  @Override
  int activation() {
    return 0;
  }

  @Override
  public void readout(boolean credit) {
    bindPlace(kernel("columns", this::columnsKernel)).launch(count, 1, 1);
  }

  private Kernel columnsKernel() {
    int group = shape.readoutGroup();
    KernelSettings with = settings().with("GROUP", group).with("DOUBLES", device.hasDoubles());
    Kernel kernel = newKernel("activate_columns", with, group, 1);
    return bindActive(bindCounters(kernel, 1))
        .bind("columns", columns)
        .bind("size", hidden.size())
        .bind("winners", hidden.winners())
        .bind("current_stride", layers[0].unitStride)
        .bind("classes", layers[1].units)
        .bind("unit_stride", layers[1].unitStride)
        .bind("inverse_squared_width", hidden.inverseSquaredWidth())
        .bind("currents", values[1])
        .bind("biases", layers[0].biases)
        .bind("weights", layers[1].weights)
        .bind("inputs", layers[1].inputs)
        .bind("scores", scores)
        .bind("outputs", outputs);
  }

  @Override
  public void learn(int layer, OptimizerStep step) {
    if (layer == 0) {
      compete();
      learnColumns();
    } else if (leastSquares != null) {
      leastSquares.learn();
    } else {
      associate();
    }
  }

  private void compete() {
    bindPlace(kernel("compete", this::competeKernel))
        .bind("batch", count)
        .launch(network.classes(), 1, 1);
  }

  private Kernel competeKernel() {
    int group = shape.competingGroup();
    return newKernel("compete", settings().with("GROUP", group), group, 1)
        .bind("columns", columns)
        .bind("size", hidden.size())
        .bind("of_class", ofClass)
        .bind("half_conscience", 0.5f * competition.conscience())
        .bind("scores", scores)
        .bind("tallies", tallies)
        .bind("wins", wins)
        .bind("winners", winners);
  }

  private void learnColumns() {
    kernel("learn columns", this::learnColumnsKernel).bind("batch", count).launch(count, 1, 1);
  }

  private Kernel learnColumnsKernel() {
    DeviceLayer layer = layers[0];
    return bindCounters(newKernel("learn_columns", settings(), shape.stripeItems(), 1), 0)
        .bind("inputs", layer.inputs)
        .bind("input_stride", layer.inputStride)
        .bind("size", hidden.size())
        .bind("amnesia", competition.amnesia())
        .bind("values", values[0])
        .bind("winners", winners)
        .bind("room", room)
        .bind("weights", layer.weights)
        .bind("biases", layer.biases)
        .bind("tallies", tallies);
  }

  private void associate() {
    bindPlace(kernel("associate", this::associationKernel)).launch(count, 1, 1);
  }

  private Kernel associationKernel() {
    return bindCounters(newKernel("learn_association", settings(), 1, 1), 1)
        .bind("size", hidden.size())
        .bind("inputs", layers[1].inputs)
        .bind("winners", winners)
        .bind("weights", layers[1].weights);
  }

  /** Binds where the batch at hand stands, and the labels of its samples. */
  Kernel bindPlace(Kernel kernel) {
    return bindSamples(kernel).bind("begin", order.begin());
  }

  /** Binds what is active in each sample of the batch. */
  Kernel bindActive(Kernel kernel) {
    return kernel
        .bind("activations", activations)
        .bind("active_columns", activeColumns)
        .bind("active_counts", activeCounts);
  }

  @Override
  public NetworkState readState() {
    int size = hidden.size();
    float[] padded = new float[layers[0].unitStride];
    tallies.read(padded);
    float[] columnWins = new float[columns];
    float[] lengths = new float[columns * (size - 1)];
    for (int column = 0; column < columns; column++) {
      columnWins[column] = padded[column * size];
      System.arraycopy(padded, column * size + 1, lengths, column * (size - 1), size - 1);
    }
    Map<String, float[]> kept = new HashMap<>();
    kept.put(NetworkState.WINS, columnWins);
    kept.put(NetworkState.LENGTHS, lengths);
    if (leastSquares != null) {
      kept.put(NetworkState.INVERSE_CORRELATION, leastSquares.read());
    }
    return placement.state(readParameters(), kept);
  }

  @Override
  public void writeState(NetworkState state) {
    state.checkFits(placement.stateSpecs());
    writeParameters(state.parameters());
    int size = hidden.size();
    float[] columnWins = state.tensors().values(NetworkState.WINS);
    float[] padded = new float[layers[0].unitStride];
    for (int column = 0; column < columns; column++) {
      padded[column * size] = columnWins[column];
      if (size > 1) {
        float[] lengths = state.tensors().values(NetworkState.LENGTHS);
        System.arraycopy(lengths, column * (size - 1), padded, column * size + 1, size - 1);
      }
    }
    tallies.write(padded);
    if (leastSquares != null) {
      leastSquares.write(state.tensors().values(NetworkState.INVERSE_CORRELATION));
    }
  }

  @Override
  public String divergenceAdvice() {
    return "choose a smaller amnesia";
  }
}
