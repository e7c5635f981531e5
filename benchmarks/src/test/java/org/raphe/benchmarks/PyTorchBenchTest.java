package org.raphe.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.raphe.cli.BenchEngine;
import org.raphe.cli.BenchWorkload;
import org.raphe.datasets.GeneratedImages;
import org.raphe.network.NeuronModel;

/** {@code raphe bench} finds the engine, which trains both workloads. */
@EnabledIf(
    value = "org.raphe.engine.PyTorchEngine#isAvailable",
    disabledReason = "the PyTorch engine does not load here")
class PyTorchBenchTest {

  @ParameterizedTest
  @EnumSource(NeuronModel.class)
  void foundEngineTrains(NeuronModel neuron) {
    List<BenchEngine> engines =
        ServiceLoader.load(BenchEngine.class).stream().map(ServiceLoader.Provider::get).toList();
    assertEquals(1, engines.size());
    BenchEngine engine = engines.get(0);
    String conditions = engine.conditions(1);
    assertTrue(conditions.startsWith("PyTorch "), conditions);
    try (BenchWorkload workload = engine.workload(neuron, GeneratedImages.of(96, 1), 1)) {
      assertTrue(workload.train(96) > 0);
    }
  }
}
