package org.raphe.backend.device;

import org.raphe.learning.AssociativeReadout;
import org.raphe.learning.Competition;

/**
 * {@link AssociativeReadout#RLS} on a device: one work-group walks the batch's samples and brings
 * up to them only the rows of P that they ask for; then all rows are brought up to the batch's end.
 */
final class DeviceLeastSquares {
  private static final int INDICES = 9;
  private static final int LABELS = 11;

  private final DeviceCompetitiveNetwork network;
  private final int columns;

  /** P, [column][column]. */
  private final DeviceMemory inverse;

  /** [sample][column]: v / sqrt(1 + a.v). */
  private final DeviceMemory scaled;

  /** [column]: samples of the batch that its row of P has learned. */
  private final DeviceMemory learned;

  /** [column], scratch. */
  private final DeviceMemory v;

  /** Takes memory that is given back with the network. */
  DeviceLeastSquares(DeviceCompetitiveNetwork network, int columns) {
    this.network = network;
    this.columns = columns;
    inverse = network.floats("inverse correlation of columns", (long) columns * columns);
    inverse.write(network.placement.initialInverseCorrelation());
    scaled = network.floats("v of the batch", (long) network.placement.batch() * columns);
    learned = network.ints("samples that rows have learned", columns);
    v = network.floats("v of a sample", columns);
  }

  void learn() {
    Kernel samples = network.kernel("least squares", this::samplesKernel);
    samples.set(DeviceRateNetwork.BATCH, network.count);
    network.order.set(samples, INDICES);
    samples.set(LABELS, network.samples.labels);
    samples.launch(1, 1, 1);
    Kernel rows = network.kernel("inverse correlation", this::rowsKernel);
    rows.set(DeviceRateNetwork.BATCH, network.count);
    rows.launch(columns, 1, 1);
  }

  private Kernel samplesKernel() {
    Competition competition = network.placement.learning().competition();
    DeviceLayer readout = network.layers[1];
    Kernel kernel = newKernel("learn_least_squares");
    kernel.number(network.count);
    kernel.number(columns);
    kernel.number(competition.column());
    kernel.number(competition.winners());
    kernel.number(readout.units);
    kernel.number(readout.inputs);
    network.addActive(kernel);
    network.order.addTo(kernel);
    kernel.memory(network.samples.labels);
    kernel.memory(inverse);
    kernel.memory(v);
    kernel.memory(scaled);
    kernel.memory(learned);
    kernel.memory(network.errors);
    kernel.memory(readout.weights);
    kernel.memory(network.counters.memory(1));
    kernel.number(network.counters.slots(1));
    return kernel;
  }

  private Kernel rowsKernel() {
    Kernel kernel = newKernel("learn_inverse_correlation");
    kernel.number(network.count);
    kernel.number(columns);
    kernel.memory(scaled);
    kernel.memory(learned);
    kernel.memory(inverse);
    return kernel;
  }

  private Kernel newKernel(String name) {
    int group = network.shape.gateGroup();
    return network.newKernel(name, network.settings().with("GROUP", group), group, 1);
  }

  float[] read() {
    float[] values = new float[columns * columns];
    inverse.read(values);
    return values;
  }

  void write(float[] values) {
    inverse.write(values);
  }
}
