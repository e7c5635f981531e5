package org.raphe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of streams whose labels change their meaning: differences, intervals, words, marks. */
class VolatileReportTest {
  private static final double[] ALL = {0.80, 0.76, 0.78};
  private static final double[] WITHOUT_NORADRENALINE = {0.60, 0.58, 0.56};
  private static final double[] WITHOUT_ACETYLCHOLINE = {0.79, 0.77, 0.78};

  @TempDir Path folder;

  private static String learner(String group, String name, double accuracy) {
    return String.format(
        Locale.ROOT,
        "{\"name\":\"%s\",\"group\":\"%s\",\"accuracy\":%s,\"accuracy_after_switch\":0.6,"
            + "\"accuracy_settled\":0.8,\"regain_new\":{\"switches\":1,\"samples\":100.0,\"failed\":0},"
            + "\"regain_returning\":{\"switches\":0,\"samples\":null,\"failed\":0},\"macs\":5}",
        name,
        group,
        accuracy);
  }

  private Path runs() throws IOException {
    for (int seed = 0; seed < ALL.length; seed++) {
      Path run = Files.createDirectories(folder.resolve("runs/seed" + seed));
      String learners =
          String.join(
              ",",
              learner("modulated", "modulated", ALL[seed]),
              learner("factorial", "da,ach,5ht", WITHOUT_NORADRENALINE[seed]),
              learner("factorial", "da,5ht,na", WITHOUT_ACETYLCHOLINE[seed]));
      Files.writeString(
          run.resolve("result.json"),
          "{\"format\":1,\"command\":\"volatile\",\"dataset\":{\"name\":\"mnist\"},"
              + "\"network\":\"784-500-10\",\"neuron\":\"rate\",\"rule\":\"local-error\",\"seed\":"
              + seed
              + ",\"volatile_stream\":{\"stream\":{\"samples\":\"400\"},"
              + "\"switches\":[{\"sample\":200,\"context\":1,\"returning\":false}],"
              + "\"noise\":[{\"from\":100,\"to\":170,\"share\":0.4}],"
              + "\"modulators\":{\"lesion\":\"none\"},\"learners\":["
              + learners
              + "],\"course\":{\"samples\":100,\"accuracy\":[0.5,0.75,0.25,0.5],"
              + "\"levels\":{\"dopamine\":[0.1,-0.3,0.2,0.0]},\"fired\":[210]}}}");
    }
    return folder.resolve("runs");
  }

  @Test
  void lossesAreThoseSeedBySeedWithStudentsInterval() throws IOException {
    Report report = Report.of(List.of(runs()), "made");
    assertEquals(3, report.runs());
    assertEquals(1, report.settings());
    Map<String, String> tables = report.tables();
    List<String> rows = tables.get("losses-1").lines().toList();
    assertEquals(3, rows.size(), rows.toString());
    String noradrenaline =
        rows.stream().filter(row -> row.contains("da,ach,5ht")).findFirst().orElseThrow();
    // Differences 0.20, 0.18, 0.22: mean 0.2, deviation 0.02, half 4.303 x 0.02 / sqrt(3).
    String[] cells = noradrenaline.split(",");
    double mean = Double.parseDouble(cells[cells.length - 3]);
    double half = Double.parseDouble(cells[cells.length - 2]);
    assertEquals(0.20, mean, 1e-9, noradrenaline);
    assertEquals(4.303 * 0.02 / Math.sqrt(3), half, 1e-6, noradrenaline);
    assertEquals(3, tables.get("factorial-1").lines().count());
  }

  @Test
  void wordsSayWhatEachModulatorGaveAndWhatNoneGave() throws IOException {
    String page = Report.of(List.of(runs()), "made").html("test", Instant.EPOCH);
    assertTrue(page.contains("Noradrenaline gave 20.0 points (15.0 to 25.0)."));
    assertTrue(page.contains("Acetylcholine gave nothing that these seeds can tell from 0"));
    assertTrue(page.contains("\"marks\":{\"lines\":[200],\"bands\":[[100,170]]}"));
  }

  @Test
  void whatAStreamDoesNotHoldIsLeftOut() throws IOException {
    Path run = Files.createDirectories(folder.resolve("bare"));
    Files.writeString(
        run.resolve("result.json"),
        "{\"format\":1,\"command\":\"volatile\",\"dataset\":{\"name\":\"mnist\"},"
            + "\"network\":\"784-500-10\",\"neuron\":\"rate\",\"rule\":\"local-error\",\"seed\":1,"
            + "\"volatile_stream\":{\"plastic_samples\":3}}");
    String page = Report.of(List.of(folder.resolve("bare")), "made").html("test", Instant.EPOCH);
    assertTrue(page.contains("--compare factorial makes it"));
  }
}
