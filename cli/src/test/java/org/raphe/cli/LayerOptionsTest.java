package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hidden layers that learn in their own time, from the command line. */
class LayerOptionsTest {
  @TempDir Path temporary;
  private Path data;

  @BeforeEach
  void write() throws IOException {
    data = SmallImages.write(temporary.resolve("data"));
  }

  private List<String> train(Path run, String... more) {
    List<String> arguments =
        SmallImages.train(data, run, "--network", "784-20-15-10", "--neuron", "rate");
    arguments.addAll(List.of("--backend", "cpu"));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private static JsonNode result(Path run) throws IOException {
    return new ObjectMapper().readTree(run.resolve("result.json").toFile());
  }

  private static long writes(Path run) throws IOException {
    return result(run).at("/cost/weight_writes").longValue();
  }

  @Test
  void whatIsGivenIsKeptAndPaidFor() throws IOException {
    Path usual = temporary.resolve("usual");
    Invocation.of(train(usual, "--epochs=2")).assertDone();
    Path run = temporary.resolve("run");
    String[] layers = {"--layers-open=0,1", "--layers-close=1,end", "--layer-rates=1,0.5"};
    Invocation.of(train(run, layers[0], layers[1], layers[2], "--epochs=2")).assertDone();
    assertEquals(
        "[{\"rate_factor\":1.0,\"opens\":0.0,\"closes\":1.0},{\"rate_factor\":0.5,\"opens\":1.0,\"closes\":null}]",
        result(run).at("/optimizer/layers").toString());
    assertFalse(result(usual).get("optimizer").has("layers"));
    assertNotEquals(result(usual).get("run_id"), result(run).get("run_id"));
    // Each hidden layer learns in one of two epochs, the read-out in both.
    long hidden = 785L * 20 + 21 * 15;
    long batches = writes(usual) / (hidden + 160);
    assertEquals((hidden + 160) * batches, writes(usual));
    assertEquals(hidden * (batches / 2) + 160 * batches, writes(run));
  }

  @Test
  void whatIsGivenIsSaid() {
    Path run = temporary.resolve("run");
    List<String> arguments = train(run, "--layers-open=0,0.5", "--layer-rates=1,0.5");
    arguments.addAll(List.of("--epochs=1", "--layers-close=0.5,end"));
    arguments.remove("--quiet");
    String said = Invocation.of(arguments).assertDone().err();
    assertTrue(
        said.contains("hidden layers from epoch 0 to 0.5, from epoch 0.5 at 0.5 times it"), said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--layer-rates=1; --layer-rates needs a number for each hidden layer, 2 of this network, but 1 has 1",
        "--layers-open=0,x; --layers-open has at place 2 'x', which is no number",
        "--layers-open=0,; --layers-open has at place 2 '', which is no number",
        "--layers-open=0,end; which is no number",
        "--layer-rates=NaN,1; --layer-rates has at place 1 'NaN'",
        "--layer-rates=1,0; hidden layer 2: a factor of a layer's learning rate must be finite and above 0",
        "--layers-close=1,0; hidden layer 2: a layer must close after it opens",
        "--layers-open=-1,0; hidden layer 1: the epoch after which a layer opens must be in 0..1e9, not -1.0"
      },
      quoteCharacter = '"')
  void whatCannotBeIsRefused(String option, String why) {
    Invocation.of(train(temporary.resolve("run"), option)).assertFails(Raphe.WRONG_INPUT, why);
  }

  @ParameterizedTest
  @CsvSource({"frozen", "bp"})
  void aRuleThatTeachesNoSingleLayerIsRefused(String rule) {
    Invocation.of(train(temporary.resolve("run"), "--layers-open=0,1", "--rule=" + rule))
        .assertFails(
            Raphe.WRONG_INPUT, "rule " + rule + " does not teach hidden layers one by one");
  }

  /** A checkpoint of other schedules is of another run. */
  @Test
  void anotherScheduleIsAnotherRun() throws Exception {
    Path run = temporary.resolve("run");
    List<String> arguments = train(run, "--layers-open=0,1", "--epochs=500");
    arguments.add("--checkpoint-seconds=0.05");
    ChildRun child = new ChildRun(run, "", arguments);
    assertTrue(child.awaitCheckpoint(null), child.output());
    child.kill();
    Invocation.of("train", "--resume", "--quiet", "--out", run.toString(), "--layers-open=0,2")
        .assertFails(
            Raphe.WRONG_INPUT, "--layers-open 0,2, which the run has as 0,1: leave it out");
  }
}
