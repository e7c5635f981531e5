package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said before a run. */
class RunOutlineTest {
  @TempDir static Path temporary;
  private static Path data;

  @TempDir Path folder;

  @BeforeAll
  static void writeImages() throws IOException {
    data = SmallImages.write(temporary.resolve("data"));
  }

  private Path out() {
    return folder.resolve("run");
  }

  /** The lines of one run on the CPU, before its first epoch or experience. */
  private List<String> said(String command, String options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(command, "--dataset=mnist", "--data=" + data, "--out=" + out(), "--threads=1"));
    Stream.of(options.split(" ")).forEach(arguments::add);
    String err = Invocation.of(arguments).assertDone().err();
    return err.lines()
        .filter(line -> !line.startsWith("WARN "))
        .takeWhile(line -> !line.matches("(epoch|experience|initial|before) .*"))
        .toList();
  }

  @Test
  void fourLinesSayWhatWillRun() {
    List<String> lines = said("train", "--network 784-20-10 --epochs 1 --steps 4 --kernels plain");
    assertEquals(4, lines.size(), lines.toString());
    assertEquals(
        "data: mnist, 300 training and 100 test samples of 28x28x1 features, 10 classes",
        lines.get(0));
    assertEquals(
        "network: 784-20-10 lif, 4 steps; rule naca, adam 0.001, read-out 0.003 linear; batch 32, 1 epoch, seed 1",
        lines.get(1));
    assertTrue(
        lines.get(2).startsWith("backend: cpu (auto: --threads and --kernels"), lines.get(2));
    assertTrue(lines.get(2).endsWith("1 thread(s); plain Java loops"), lines.get(2));
    assertEquals("folder: " + out(), lines.get(3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train|--validation 50 --epochs 1|250 training and 50 validation samples",
        "train|--epochs 1 --steps 2 --theta-max 2|rule naca (theta-max 2.0), adam",
        "train|--neuron rate --learning-rate 1e-4 --epochs 2|784-1000-10 rate (tanh); rule naca, adam 1e-4 linear; batch 32, 2 epochs, seed 1",
        "train|--preset naca-published --epochs 1 --steps 2|rule naca, adam 1e-4 constant;",
        "continual|--epochs 1 --steps 2|784-1000-10 lif, 2 steps, input gate; rule naca, sgd 5e-4 constant; batch 256, 1 pass at most over each of 10 experiences, seed 1",
        "continual|--rule naca-competitive --epochs 2|784-1000-10 rate in columns of 10, of which 5 win; rule naca-competitive; batch 256, 2 passes over each of 10 experiences, seed 1",
        "continual|--baseline class-pca --directions 3|baseline: class-pca (directions 3); 10 experiences; seed 1",
      })
  void ratesAndSizesAreThoseThatHold(String command, String options, String part) {
    String all = String.join("\n", said(command, options));
    assertTrue(all.contains(part), all);
  }

  @Test
  void aQuietRunSaysNothing() {
    assertEquals(List.of(), said("train", "--network 784-20-10 --epochs 1 --steps 2 --quiet"));
  }

  private static String weights(Path run) throws IOException {
    return new ObjectMapper()
        .readTree(run.resolve("result.json").toFile())
        .get("weights_sha256")
        .textValue();
  }

  /** The rule says so itself, and it is so. */
  @Test
  void aRuleThatIsAnotherForTheseUnitsSaysSo() throws IOException {
    String options = " --neuron rate --network 784-20-10 --epochs 1";
    List<String> lines = said("train", "--rule eprop" + options);
    assertTrue(
        lines.contains("rule eprop is dfa for rate units, to the same bits"), lines.toString());
    Path eprop = Files.move(out(), folder.resolve("eprop"));
    List<String> dfa = said("train", "--rule dfa" + options);
    assertFalse(dfa.toString().contains("same bits"), dfa.toString());
    assertEquals(weights(out()), weights(eprop));
    Files.move(out(), folder.resolve("dfa"));
    List<String> spiking = said("train", "--rule eprop --network 784-20-10 --epochs 1 --steps 4");
    assertFalse(spiking.toString().contains("same bits"), spiking.toString());
  }
}
