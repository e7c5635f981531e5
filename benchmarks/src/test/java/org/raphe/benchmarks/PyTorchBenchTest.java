package org.raphe.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.cli.BenchEngine;
import org.raphe.cli.BenchWorkload;
import org.raphe.datasets.GeneratedImages;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;

/** {@code raphe bench} finds the engine, which trains both workloads. */
@EnabledIf(
    value = "org.raphe.engine.PyTorchEngine#isAvailable",
    disabledReason = "the PyTorch engine does not load here")
class PyTorchBenchTest {

  @ParameterizedTest
  @CsvSource({
    "784-1000-10, LIF",
    "784-1000-10, RATE",
    "28x28x1-c4k5s2-pool-20-10, LIF",
    "28x28x1-c4k5s2-pool-20-10, RATE"
  })
  void foundEngineTrains(String text, NeuronModel neuron) {
    NetworkSpec network = NetworkText.parse(text, neuron, Mode.CLASSIFICATION);
    List<BenchEngine> engines =
        ServiceLoader.load(BenchEngine.class).stream().map(ServiceLoader.Provider::get).toList();
    assertEquals(1, engines.size());
    BenchEngine engine = engines.get(0);
    String conditions = engine.conditions(1);
    assertTrue(conditions.startsWith("PyTorch "), conditions);
    try (BenchWorkload workload = engine.workload(network, GeneratedImages.of(96, 1), 1)) {
      assertTrue(workload.train(96) > 0);
    }
  }
}
