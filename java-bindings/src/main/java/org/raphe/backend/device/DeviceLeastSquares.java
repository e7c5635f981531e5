package org.raphe.backend.device;

import org.raphe.network.Columns;
import org.raphe.rule.AssociativeReadout;

/**
 * {@link AssociativeReadout#RLS} on a device: one work-group walks the batch's samples and brings
 * up to them only the rows of P that they ask for; then all rows are brought up to the batch's end.
 */
final class DeviceLeastSquares {
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
    network
        .bindPlace(network.kernel("least squares", this::samplesKernel))
        .bind("batch", network.count)
        .launch(1, 1, 1);
    network
        .kernel("inverse correlation", this::rowsKernel)
        .bind("batch", network.count)
        .launch(columns, 1, 1);
  }

  private Kernel samplesKernel() {
    Columns layer = network.network.columns().orElseThrow();
    DeviceLayer readout = network.layers[1];
    Kernel kernel = network.bindCounters(newKernel("learn_least_squares"), 1);
    return network
        .bindActive(kernel)
        .bind("columns", columns)
        .bind("size", layer.size())
        .bind("winners", layer.winners())
        .bind("classes", readout.units)
        .bind("inputs", readout.inputs)
        .bind("inverse", inverse)
        .bind("v", v)
        .bind("scaled", scaled)
        .bind("learned", learned)
        .bind("errors", network.errors)
        .bind("weights", readout.weights);
  }

  private Kernel rowsKernel() {
    return newKernel("learn_inverse_correlation")
        .bind("columns", columns)
        .bind("scaled", scaled)
        .bind("learned", learned)
        .bind("inverse", inverse);
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
