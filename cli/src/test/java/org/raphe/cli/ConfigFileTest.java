package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
  @TempDir static Path temporary;
  private static Path data;

  @TempDir Path folder;

  @BeforeAll
  static void writeImages() throws IOException {
    data = SmallImages.write(temporary.resolve("data"));
  }

  private Path config(String text) throws IOException {
    return Files.writeString(folder.resolve("config.yaml"), text);
  }

  private static JsonNode result(Path run) throws IOException {
    return new ObjectMapper().readTree(run.resolve("result.json").toFile());
  }

  private String good() {
    return String.join(
        "\n",
        "dataset: mnist",
        "data: " + data,
        "network: 784-20-10",
        "steps: 4",
        "epochs: 1",
        "learning-rate: 2e-3",
        "quiet: true",
        "seed: 7",
        "");
  }

  @Test
  void settingsComeFromTheFile() throws IOException {
    Path out = folder.resolve("run");
    Invocation done =
        Invocation.of("train", "--config", config(good()).toString(), "--out", out.toString())
            .assertDone();
    JsonNode result = result(out);
    assertEquals("784-20-10", result.get("network").textValue());
    assertEquals(7, result.get("seed").intValue());
    assertEquals(4, result.at("/learning/steps").intValue());
    assertEquals(2e-3, result.at("/optimizer/learning_rate").doubleValue());
    assertTrue(!done.err().contains("epoch"), "quiet: true keeps it quiet: " + done.err());
  }

  /** Typing a flag that the file also sets does not turn it off. */
  @Test
  void theCommandLineGoesBeforeTheFile() throws IOException {
    Path out = folder.resolve("run");
    String path = config(good() + "out: " + folder.resolve("other") + "\n").toString();
    Invocation done =
        Invocation.of(
                "train", "--config=" + path, "--out=" + out, "--seed", "9", "--steps=3", "--quiet")
            .assertDone();
    assertEquals(9, result(out).get("seed").intValue());
    assertEquals(3, result(out).at("/learning/steps").intValue());
    assertEquals("784-20-10", result(out).get("network").textValue());
    assertTrue(Files.notExists(folder.resolve("other")));
    assertTrue(!done.err().contains("epoch"), done.err());
  }

  @Test
  void theRunsSettingsSayTheSameAgain() throws IOException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    Invocation.of("train", "--config", config(good()).toString(), "--out", first.toString())
        .assertDone();
    Path settings = first.resolve("settings.yaml");
    Invocation.of("train", "--config", settings.toString(), "--out", second.toString())
        .assertDone();
    assertEquals(result(first).get("weights_sha256"), result(second).get("weights_sha256"));
    assertEquals(Files.readString(settings), Files.readString(second.resolve("settings.yaml")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "epoch: 3|\"epoch\", which is no option of train; did you mean --epochs?",
        "model: x|\"model\", which is no option of train",
        "epochs: [1, 2]|more than one value",
        "epochs: {a: 1}|more than one value",
        "epochs: two|two",
        "- 1|must hold lines",
        "just words|must hold lines",
        "''|must hold lines",
        "'epochs: 1\nepochs: 2'|twice; leave one of the two",
        "'epochs: 1\n---\nepochs: 2'|a second document",
        "'---\nepochs: 1\n---\n'|a second document",
        "a: b: c|is not YAML",
        "'{'|is not YAML",
        "'a: \"\\x01'|is not YAML",
        "'\"two\\nlines\": 1'|no option of train"
      })
  void otherFilesAreRefused(String text, String part) throws IOException {
    Path out = folder.resolve("run");
    String path = config(text).toString();
    Invocation.of("train", "--dataset", "mnist", "--config", path, "--out", out.toString())
        .assertFails(Raphe.WRONG_INPUT, part);
    assertTrue(Files.notExists(out));
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws IOException {
    for (byte[] content : List.of(new byte[] {0, 1, 2}, new byte[] {(byte) 0xff, (byte) 0xfe, 3})) {
      Path path = Files.write(folder.resolve("config.yaml"), content);
      Invocation.of("train", "--config", path.toString()).assertFails(Raphe.WRONG_INPUT);
    }
    Path deep = config("[".repeat(100_000));
    Invocation.of("train", "--config", deep.toString())
        .assertFails(Raphe.WRONG_INPUT, "config file");
    Path large = config("#".repeat((1 << 20) + 1));
    Invocation.of("train", "--config", large.toString())
        .assertFails(Raphe.WRONG_INPUT, "larger than 1 MiB");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path absent = folder.resolve("absent.yaml");
    Invocation.of("train", "--config", absent.toString())
        .assertFails(Raphe.WRONG_INPUT, "cannot read config file", absent.toString());
    Invocation.of("train", "--config", folder.toString())
        .assertFails(Raphe.WRONG_INPUT, "cannot read config file");
  }
}
