package org.raphe.backend.device;

import org.raphe.backend.Placement;
import org.raphe.learning.AssociativeReadout;
import org.raphe.learning.Competition;
import org.raphe.learning.OptimizerStep;

/** Competing columns of rate units on a device: {@link Competition}. */
final class DeviceCompetitiveNetwork extends DeviceRateNetwork {
  private final Competition competition;
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

  /** [column], scratch. */
  private final DeviceMemory wins;

  /** [sample][size + 1][inputStride], scratch: a column's vectors while it learns. */
  private final DeviceMemory room;

  /** Null unless the read-out learns by recursive least squares. */
  private final DeviceLeastSquares leastSquares;

  /** Places the network; the caller closes it. */
  DeviceCompetitiveNetwork(KernelDevice device, Placement placement) {
    super(device, placement);
    competition = placement.learning().competition();
    columns = competition.columns(network);
    ofClass = competition.columnsOfClass(network);
    long batch = placement.batch();
    try {
      scores = floats("scores of columns", batch * columns);
      activations = floats("activations of columns", batch * columns);
      activeColumns = ints("active columns", batch * competition.winners());
      activeCounts = ints("numbers of active columns", batch);
      winners = ints("winners", batch);
      wins = floats("wins of columns", columns);
      room = floats("learning columns", batch * (competition.column() + 1) * layers[0].inputStride);
      leastSquares =
          competition.readout() == AssociativeReadout.RLS
              ? new DeviceLeastSquares(this, columns)
              : null;
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

  @Override
  boolean linear() {
    return true;
  }

  private static final int COLUMNS_INDICES = 11;
  private static final int COLUMNS_LABELS = 13;

  @Override
  public void readout(boolean credit) {
    Kernel kernel = kernel("columns", this::columnsKernel);
    order.set(kernel, COLUMNS_INDICES);
    kernel.set(COLUMNS_LABELS, samples.labels);
    kernel.launch(count, 1, 1);
  }

  private Kernel columnsKernel() {
    int group = shape.readoutGroup();
    KernelSettings with = settings().with("GROUP", group).with("DOUBLES", device.hasDoubles());
    Kernel kernel = newKernel("activate_columns", with, group, 1);
    kernel.number(columns);
    kernel.number(competition.column());
    kernel.number(competition.winners());
    kernel.number(layers[0].unitStride);
    kernel.number(layers[1].units);
    kernel.number(layers[1].unitStride);
    kernel.number(competition.inverseSquaredWidth());
    kernel.memory(values[1]);
    kernel.memory(layers[0].biases);
    kernel.memory(layers[1].weights);
    kernel.number(layers[1].inputs);
    order.addTo(kernel);
    kernel.memory(samples.labels);
    kernel.memory(scores);
    kernel.memory(activations);
    kernel.memory(activeColumns);
    kernel.memory(activeCounts);
    kernel.memory(outputs);
    kernel.memory(counters.memory(1));
    kernel.number(counters.slots(1));
    return kernel;
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

  private static final int COMPETE_INDICES = 6;
  private static final int COMPETE_LABELS = 8;

  private void compete() {
    Kernel kernel = kernel("compete", this::competeKernel);
    kernel.set(BATCH, count);
    order.set(kernel, COMPETE_INDICES);
    kernel.set(COMPETE_LABELS, samples.labels);
    kernel.launch(network.classes(), 1, 1);
  }

  private Kernel competeKernel() {
    int group = shape.competingGroup();
    Kernel kernel = newKernel("compete", settings().with("GROUP", group), group, 1);
    kernel.number(count);
    kernel.number(columns);
    kernel.number(competition.column());
    kernel.number(ofClass);
    kernel.number(0.5f * competition.conscience());
    kernel.memory(scores);
    order.addTo(kernel);
    kernel.memory(samples.labels);
    kernel.memory(layers[0].biasFirstMoments);
    kernel.memory(wins);
    kernel.memory(winners);
    return kernel;
  }

  private void learnColumns() {
    Kernel kernel = kernel("learn columns", this::learnColumnsKernel);
    kernel.set(BATCH, count);
    kernel.launch(count, 1, 1);
  }

  private Kernel learnColumnsKernel() {
    DeviceLayer layer = layers[0];
    Kernel kernel = newKernel("learn_columns", settings(), shape.stripeItems(), 1);
    kernel.number(count);
    kernel.number(layer.inputs);
    kernel.number(layer.inputStride);
    kernel.number(competition.column());
    kernel.number(competition.amnesia());
    kernel.memory(values[0]);
    kernel.memory(winners);
    kernel.memory(room);
    kernel.memory(layer.weights);
    kernel.memory(layer.biases);
    kernel.memory(layer.biasFirstMoments);
    kernel.memory(counters.memory(0));
    kernel.number(counters.slots(0));
    return kernel;
  }

  private static final int ASSOCIATION_INDICES = 3;
  private static final int ASSOCIATION_LABELS = 5;

  private void associate() {
    Kernel kernel = kernel("associate", this::associationKernel);
    order.set(kernel, ASSOCIATION_INDICES);
    kernel.set(ASSOCIATION_LABELS, samples.labels);
    kernel.launch(count, 1, 1);
  }

  private Kernel associationKernel() {
    Kernel kernel = newKernel("learn_association", settings(), 1, 1);
    kernel.number(competition.column());
    kernel.number(layers[1].inputs);
    kernel.memory(winners);
    order.addTo(kernel);
    kernel.memory(samples.labels);
    kernel.memory(layers[1].weights);
    kernel.memory(counters.memory(1));
    kernel.number(counters.slots(1));
    return kernel;
  }

  /** Adds what is active in each sample of the batch. */
  void addActive(Kernel kernel) {
    kernel.memory(activations);
    kernel.memory(activeColumns);
    kernel.memory(activeCounts);
  }

  @Override
  public float[] readInverseCorrelation() {
    return leastSquares == null ? null : leastSquares.read();
  }

  @Override
  public void writeInverseCorrelation(float[] values) {
    if (leastSquares == null) {
      super.writeInverseCorrelation(values);
    }
    leastSquares.write(values);
  }
}
