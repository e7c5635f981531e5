package org.raphe.backend.cpu;

import java.lang.management.ManagementFactory;
import java.util.Map;
import org.raphe.backend.Availability;
import org.raphe.backend.Backend;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.Placement;
import org.raphe.network.NeuronModel;

/**
 * The CPU: complete, always available, and the specification of every other backend. Bits do not
 * depend on the number of threads.
 */
public final class CpuBackend implements Backend {
  /** Most threads that may be asked for. */
  public static final int MAX_THREADS = 1024;

  private final KernelChoice choice;
  private final Workers workers;

  /** The best kernels that run here, on {@code threads} threads. */
  public CpuBackend(int threads) {
    this(threads, KernelChoice.best());
  }

  /** Chosen kernels on {@code threads} threads. */
  public CpuBackend(int threads, KernelChoice choice) {
    this.choice = choice;
    workers = new Workers(threads);
  }

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public Availability availability() {
    return Availability.YES;
  }

  @Override
  public String device() {
    return device(workers.count());
  }

  /** The device in words, with this many threads. */
  public static String device(int threads) {
    return CpuModel.name() + ", " + threads + " thread(s)";
  }

  @Override
  public Map<String, String> versions() {
    return Map.of("kernels", choice.description(), "kernels_reason", choice.reason());
  }

  @Override
  public long memoryBytes() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax();
  }

  /**
   * {@inheritDoc}
   *
   * @throws org.raphe.InputException also if it is too large for Java's heap
   */
  @Override
  public PlacedNetwork place(Placement placement) {
    new CpuMemory(placement).check(memoryBytes());
    if (placement.network().columns().isPresent()) {
      return new CpuCompetitiveNetwork(placement, choice.kernels(), workers);
    }
    return placement.network().neuron() == NeuronModel.LIF
        ? new CpuSpikingNetwork(placement, choice.kernels(), workers)
        : new CpuRateNetwork(placement, choice.kernels(), workers);
  }

  @Override
  public void close() {
    workers.close();
  }
}
