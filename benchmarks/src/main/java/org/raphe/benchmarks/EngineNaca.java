package org.raphe.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import org.raphe.InputException;
import org.raphe.data.Samples;
import org.raphe.engine.PyTorchEngine;

/**
 * NACA classification on DJL's PyTorch engine, without automatic differentiation: the gradients are
 * the explicit formulas, one matrix product a layer and direction, float32.
 *
 * <p>Several threads pay off only on idle cores: the engine's threads wait for each other dozens of
 * times a batch. Where other work shares the cores, start the process with {@code
 * OMP_WAIT_POLICY=PASSIVE} in its environment; by default they spin while they wait.
 *
 * <p>Pixels and labels are placed in native memory once; everything else that a batch makes is
 * freed with the batch. Not for use by several threads. Owns native memory until {@link #close()}.
 */
public final class EngineNaca implements AutoCloseable {
  private final EngineSettings settings;
  private final NDManager manager;
  private final EngineNetwork network;
  private final NDArray pixels;
  private final NDArray labels;
  private final int samples;
  private NDArray order;
  private int position;

  /**
   * Places the samples and draws the parameters.
   *
   * @param samples images of bytes, at least one batch of them
   * @throws InputException if the engine's native library is absent, the samples are not bytes or
   *     are fewer than a batch
   */
  public EngineNaca(EngineSettings settings, Samples samples) {
    if (!samples.hasPixels() || samples.size() < settings.batch()) {
      throw new InputException(
          samples.name()
              + ": the engine benchmark needs images of bytes, at least a batch ("
              + settings.batch()
              + "); there are "
              + samples.size()
              + (samples.hasPixels() ? "" : " samples of float features"));
    }
    this.settings = settings;
    this.samples = samples.size();
    manager = PyTorchEngine.open(settings.threads(), settings.seed());
    Shape shape = new Shape(samples.size(), samples.shape().size());
    pixels = manager.create(ByteBuffer.wrap(samples.pixels()), shape, DataType.UINT8);
    labels = manager.create(labels(samples));
    order = manager.randomPermutation(samples.size());
    network = draw(samples);
  }

  private static long[] labels(Samples samples) {
    long[] labels = new long[samples.size()];
    for (int sample = 0; sample < labels.length; sample++) {
      labels[sample] = samples.label(sample);
    }
    return labels;
  }

  private EngineNetwork draw(Samples samples) {
    int units = settings.hidden();
    float rate = settings.learningRate();
    EngineLayer hidden = EngineNetwork.drawHidden(manager, samples.shape().size(), units, rate);
    EngineLayer output = EngineNetwork.drawOutput(manager, units, samples.classes(), rate);
    NDArray modulation =
        EngineNetwork.table(
            manager,
            ModulationTable.drawNeuromodulators(samples.classes(), units, settings.seed()));
    return settings.units() == EngineSettings.Units.SPIKING
        ? new EngineSpikingNetwork(hidden, output, modulation, settings.steps())
        : new EngineRateNetwork(hidden, output, modulation);
  }

  /**
   * Trains on {@code batches} batches in random order, going on where the last call ended, and
   * times that. Call it once for a few dozen batches before the call that counts: the first batches
   * pay for the JVM's compilation and for the engine's memory.
   *
   * @param batches number of batches, at least 1
   * @throws InputException if {@code batches} is below 1
   */
  public EngineTiming train(int batches) {
    if (batches < 1) {
      throw new InputException("batches is " + batches + "; it must be at least 1");
    }
    long correct = 0;
    long start = System.nanoTime();
    for (int batch = 0; batch < batches; batch++) {
      correct += trainBatch();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    long trained = (long) batches * settings.batch();
    return new EngineTiming(trained, seconds, (double) correct / trained);
  }

  private long trainBatch() {
    if (position + settings.batch() > samples) {
      order.close();
      order = manager.randomPermutation(samples);
      position = 0;
    }
    try (NDManager batch = manager.newSubManager()) {
      network.lendTo(batch);
      NDIndex slice = new NDIndex().addSliceDim(position, position + settings.batch());
      NDIndex chosen = new NDIndex("{}", order.get(batch, slice));
      NDArray features = pixels.get(batch, chosen).toType(DataType.FLOAT32, false).divi(255f);
      NDArray targets = labels.get(batch, chosen);
      position += settings.batch();
      EngineNetwork.Step step = network.step(batch, features, targets);
      network.update(step);
      return step.outputs().argMax(1).eq(targets).toType(DataType.INT64, false).sum().getLong();
    }
  }

  /** Native arrays that outlive a batch: samples, parameters, moments and constants. */
  int lastingArrays() {
    return manager.getManagedArrays().size();
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    manager.close();
  }
}
