package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.model.Model;
import org.raphe.result.RunId;

/** Folders whose files are of different runs. */
class MixedFilesTest {
  @TempDir static Path temporary;
  private static Path data;

  @TempDir Path folder;

  @BeforeAll
  static void trainTwoSeeds() throws IOException {
    data = SmallImages.write(temporary.resolve("data"));
    for (String seed : List.of("1", "2")) {
      Path run = temporary.resolve("seed" + seed);
      Invocation.of(SmallImages.trainSmall(data, run, "--seed=" + seed)).assertDone();
    }
  }

  /** The first run, with a file of the second. */
  private Path mixed(String name) throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    for (String file : FolderContent.of(temporary.resolve("seed1")).names()) {
      Files.copy(temporary.resolve("seed1").resolve(file), run.resolve(file));
    }
    Path other = temporary.resolve("seed2").resolve(name);
    Files.copy(other, run.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    return run;
  }

  private Invocation evaluate(Path model) {
    return Invocation.of(
        "evaluate", "--quiet", "--dataset=mnist", "--data=" + data, "--model=" + model);
  }

  private Invocation report(Path run) {
    return Invocation.of(
        "report", run.toString(), "--out=" + folder.resolve("page.html").toString());
  }

  @Test
  void resultModelAndSettingsCarryOneId() throws IOException {
    Path run = temporary.resolve("seed1");
    String id = FinishedRun.result(run).get("run_id").textValue();
    assertTrue(id.matches("[0-9a-f]{16}"), id);
    assertEquals(id, Model.read(run.resolve("model.safetensors")).runId());
    assertEquals(id, RunId.ofSettings(run.resolve("settings.yaml")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"result.json", "model.safetensors", "settings.yaml"})
  void aFileOfAnotherRunIsSaid(String name) throws IOException {
    Path run = mixed(name);
    evaluate(run)
        .assertFails(Raphe.WRONG_INPUT, run + " holds files of different runs", name + " of run ");
    report(run)
        .assertFails(Raphe.WRONG_INPUT, run + " holds files of different runs", name + " of run ");
  }

  /** Before files carried an id, result and model told the weights already. */
  @Test
  void filesWithoutAnIdAreToldByTheirWeights() throws IOException {
    Path run = mixed("model.safetensors");
    Model.read(run.resolve("model.safetensors"))
        .withRunId(null)
        .write(run.resolve("model.safetensors"));
    evaluate(run).assertFails(Raphe.WRONG_INPUT, "model.safetensors of weights ");
    Files.delete(run.resolve("model.safetensors"));
    Files.copy(temporary.resolve("seed1/model.safetensors"), run.resolve("model.safetensors"));
    evaluate(run).assertDone();
    Model.read(run.resolve("model.safetensors"))
        .withRunId(null)
        .write(run.resolve("model.safetensors"));
    evaluate(run).assertDone();
  }
}
