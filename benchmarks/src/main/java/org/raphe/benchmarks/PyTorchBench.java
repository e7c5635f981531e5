package org.raphe.benchmarks;

import org.raphe.InputException;
import org.raphe.backend.Backend;
import org.raphe.benchmarks.EngineSettings.Units;
import org.raphe.cli.BackendWorkload;
import org.raphe.cli.BenchEngine;
import org.raphe.cli.BenchWorkload;
import org.raphe.data.Samples;
import org.raphe.engine.PyTorchEngine;
import org.raphe.engine.PyTorchTraining;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;
import org.raphe.rule.Hybrid;
import org.raphe.rule.Naca;

/**
 * The engine that {@code raphe bench} compares with: {@link EngineNaca} for 784-1000-10, and the
 * hybrid rule without a layer that back-propagates, which is NACA, for other networks.
 */
public final class PyTorchBench implements BenchEngine {

  /** The network that {@link EngineNaca} is written for. */
  private static final String DENSE = "784-1000-10";

  /** For {@link java.util.ServiceLoader}. */
  public PyTorchBench() {}

  @Override
  public BenchWorkload workload(NetworkSpec network, Samples samples, int threads) {
    if (!PyTorchEngine.isAvailable()) {
      throw new InputException(
          PyTorchEngine.unavailabilityReason() + "; --engine-samples 0 leaves the engine out");
    }
    if (!network.text().equals(DENSE)) {
      return new HybridWorkload(new PyTorchTraining().open(threads), samples, network);
    }
    Units units = network.neuron() == NeuronModel.LIF ? Units.SPIKING : Units.RATE;
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

  /** A workload on a backend of its own. */
  private static final class HybridWorkload implements BenchWorkload {
    private final Backend engine;
    private final BenchWorkload placed;

    HybridWorkload(Backend engine, Samples samples, NetworkSpec network) {
      this.engine = engine;
      placed = new BackendWorkload(engine, samples, network, new Hybrid(new Naca(), 0));
    }

    @Override
    public double train(int samples) {
      return placed.train(samples);
    }

    @Override
    public void close() {
      placed.close();
      engine.close();
    }
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
