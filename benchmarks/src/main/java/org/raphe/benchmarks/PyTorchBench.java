package org.raphe.benchmarks;

import org.raphe.InputException;
import org.raphe.benchmarks.EngineSettings.Units;
import org.raphe.cli.BenchEngine;
import org.raphe.cli.BenchWorkload;
import org.raphe.data.Samples;
import org.raphe.engine.PyTorchEngine;
import org.raphe.network.NeuronModel;

/** {@link EngineNaca} as the engine that {@code raphe bench} compares with. */
public final class PyTorchBench implements BenchEngine {

  /** For {@link java.util.ServiceLoader}. */
  public PyTorchBench() {}

  @Override
  public BenchWorkload workload(NeuronModel neuron, Samples samples, int threads) {
    if (!PyTorchEngine.isAvailable()) {
      throw new InputException(
          PyTorchEngine.unavailabilityReason() + "; --engine-samples 0 leaves the engine out");
    }
    Units units = neuron == NeuronModel.LIF ? Units.SPIKING : Units.RATE;
    EngineSettings settings = EngineSettings.published(units, threads);
    return new Workload(new EngineNaca(settings, samples), settings.batch());
  }

  @Override
  public String conditions(int threads) {
    return PyTorchEngine.version()
        + ", "
        + threads
        + " thread(s), OMP_WAIT_POLICY "
        + System.getenv().getOrDefault("OMP_WAIT_POLICY", "not set");
  }

  private record Workload(EngineNaca naca, int batch) implements BenchWorkload {
    @Override
    public double train(int samples) {
      return naca.train((samples + batch - 1) / batch).seconds();
    }

    @Override
    public void close() {
      naca.close();
    }
  }
}
