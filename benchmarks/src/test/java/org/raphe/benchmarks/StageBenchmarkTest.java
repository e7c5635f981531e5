package org.raphe.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.raphe.InputException;
import org.raphe.backend.cpu.KernelChoice;

/** Every stage runs once after its set-up, and JMH finds all of them. */
class StageBenchmarkTest {

  @ParameterizedTest
  @CsvSource({"plain, 1", "vector, 2"})
  void everySpikingStageRuns(String kernels, int threads) {
    SpikingStageBenchmark benchmark = new SpikingStageBenchmark();
    runSharedStages(benchmark, kernels, threads, benchmark::drawSpikes);
  }

  @ParameterizedTest
  @CsvSource({"plain, 1", "vector, 2"})
  void everyRateStageRuns(String kernels, int threads) {
    runSharedStages(new RateStageBenchmark(), kernels, threads, () -> {});
  }

  private static void runSharedStages(
      StageBenchmark benchmark, String kernels, int threads, Runnable first) {
    skipWhereAbsent(kernels);
    benchmark.kernels = kernels;
    benchmark.threads = threads;
    benchmark.setUp();
    try {
      first.run();
      benchmark.hiddenLayer();
      benchmark.hiddenLayerWithCredit();
      benchmark.readout();
      benchmark.learnHidden();
      benchmark.learnReadout();
      benchmark.trainBatch();
    } finally {
      benchmark.tearDown();
    }
  }

  @Test
  void speechIsDecodedAndMeasured() {
    SpeechBenchmark benchmark = new SpeechBenchmark();
    benchmark.setUp();
    assertEquals(20_000, benchmark.decode().mono("recording").samples().length);
    assertEquals(900, benchmark.features().length);
  }

  private static void skipWhereAbsent(String kernels) {
    try {
      KernelChoice.named(kernels);
    } catch (InputException e) {
      System.out.println("skipped: " + e.getMessage());
      Assumptions.abort(e.getMessage());
    }
  }

  @Test
  void jmhFindsEveryStage() {
    Set<String> found = new TreeSet<>();
    BenchmarkList.defaultList()
        .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())
        .forEach(entry -> found.add(entry.getUsername().replaceFirst(".*\\.(\\w+\\.)", "$1")));
    Set<String> expected =
        new TreeSet<>(
            Set.of(
                "SpikingStageBenchmark.drawSpikes",
                "SpeechBenchmark.decode",
                "SpeechBenchmark.features"));
    for (String units : List.of("Spiking", "Rate")) {
      for (String stage :
          List.of(
              "hiddenLayer",
              "hiddenLayerWithCredit",
              "readout",
              "learnHidden",
              "learnReadout",
              "trainBatch")) {
        expected.add(units + "StageBenchmark." + stage);
      }
    }
    assertEquals(expected, found);
  }
}
