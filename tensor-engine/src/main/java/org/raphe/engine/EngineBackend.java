package org.raphe.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import org.raphe.backend.Availability;
import org.raphe.backend.Backend;
import org.raphe.backend.Consolidation;
import org.raphe.backend.NetworkState;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.Placement;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.rule.ContinualBackPropagation;

/**
 * The engine as a backend: networks learn on it by back-propagation, rate units through layers,
 * spiking units through layers and time, and are measured by the CPU backend.
 */
final class EngineBackend implements Backend {
  private final int threads;
  private final CpuBackend host;

  EngineBackend(int threads) {
    this.threads = threads;
    host = new CpuBackend(threads);
  }

  @Override
  public String name() {
    return "engine";
  }

  @Override
  public Availability availability() {
    return PyTorchEngine.isAvailable()
        ? Availability.YES
        : Availability.no(PyTorchEngine.unavailabilityReason());
  }

  @Override
  public String device() {
    return host.device();
  }

  @Override
  public Map<String, String> versions() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("pytorch", PyTorchEngine.libraryVersion());
    versions.put("djl", PyTorchEngine.djlVersion());
    versions.put("omp_wait_policy", System.getenv().getOrDefault("OMP_WAIT_POLICY", "not set"));
    versions.put("measured_by", host.name());
    versions.putAll(host.versions());
    return versions;
  }

  @Override
  public long memoryBytes() {
    return host.memoryBytes();
  }

  @Override
  public PlacedNetwork place(Placement placement) {
    return new EnginePlacedNetwork(placement, host.place(placement), threads);
  }

  @Override
  public NetworkState initialState(Placement placement) {
    return begun(placement);
  }

  /** With what is kept of past experiences, or of how useful units are. */
  static NetworkState begun(Placement placement) {
    NetworkState drawn = placement.initialState();
    if (placement.learning().rule() instanceof ContinualBackPropagation rule) {
      return drawn.and(new UnitReplacement(rule, placement.network(), placement.seed()).state());
    }
    return placement.learning().rule().consolidates()
        ? drawn.and(Consolidation.none(placement.network()).state(placement.network()))
        : drawn;
  }

  @Override
  public void close() {
    host.close();
  }
}
