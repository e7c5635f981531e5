package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code raphe export} and {@code raphe import}. */
class NirCommandsTest {
  @TempDir Path folder;

  private Path trained(String... more) throws IOException {
    Path data = SmallImages.write(folder.resolve("data"));
    Path run = folder.resolve("run");
    Invocation.of(SmallImages.train(data, run, more)).assertDone();
    return run;
  }

  private String tested(Path model) {
    return Invocation.of(
            "evaluate",
            "--dataset=mnist",
            "--data=" + folder.resolve("data"),
            "--model=" + model,
            "--quiet")
        .assertDone()
        .out()
        .split(" in ")[0];
  }

  private static Invocation exported(Path run, Path nir) {
    return Invocation.of("export", "--model=" + run, "--nir=" + nir);
  }

  @ParameterizedTest
  @ValueSource(strings = {"784-30-10", "28x28x1-c3k5s2-pool-20-10"})
  void aModelThatComesBackIsTestedAndTrainedOn(String network) throws IOException {
    Path run = trained("--network=" + network, "--steps=6", "--epochs=8", "--learning-rate=0.01");
    Path nir = folder.resolve("model.nir");
    Path back = folder.resolve("back");
    String said = exported(run, nir).assertDone().out();
    assertTrue(said.contains("network " + network + ", 6 steps a sample, weights "), said);
    String read = Invocation.of("import", "--nir=" + nir, "--out=" + back).assertDone().out();
    assertEquals(said.split("weights ")[1], read.split("weights ")[1]);
    assertArrayEquals(
        Files.readAllBytes(run.resolve("model.safetensors")),
        Files.readAllBytes(back.resolve("model.safetensors")));
    String accuracy = tested(run);
    assertEquals(accuracy, tested(back));
    assertTrue(Double.parseDouble(accuracy.split(" ")[2]) > 0.2, accuracy);
    Path data = folder.resolve("data");
    Invocation.of(
            SmallImages.train(
                data,
                folder.resolve("further"),
                "--network=" + network,
                "--init=" + back,
                "--epochs=1"))
        .assertDone();
  }

  @Test
  void whatCannotBeWrittenOrReadIsOneLine() throws IOException {
    Path run = trained("--network=784-10-10", "--neuron=rate", "--epochs=1");
    Path nir = folder.resolve("model.nir");
    exported(run, nir).assertFails(Raphe.WRONG_INPUT, "no rate units");
    Files.writeString(nir, "mine");
    exported(run, nir).assertFails(Raphe.WRONG_INPUT, "choose another --nir");
    Invocation.of("import", "--nir=" + nir, "--out=" + folder.resolve("new"))
        .assertFails(Raphe.WRONG_INPUT, "cannot read " + nir, "no HDF5 file");
    assertTrue(Files.notExists(folder.resolve("new")));
    assertEquals("mine", Files.readString(nir));
  }

  @Test
  void aFolderThatHoldsSomethingIsLeftAsItIs() throws IOException {
    Path run = trained("--network=784-10-10", "--epochs=1", "--steps=2");
    Path nir = folder.resolve("model.nir");
    exported(run, nir).assertDone();
    Invocation.of("import", "--nir=" + nir, "--out=" + run)
        .assertFails(Raphe.WRONG_INPUT, "is not empty and is left as it is");
  }
}
