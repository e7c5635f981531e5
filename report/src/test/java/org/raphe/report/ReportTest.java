package org.raphe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.InputException;

/** What a report says about runs, and about what is no run. */
class ReportTest {
  private static final String HOSTILE =
      "</script><script>alert(1)</script><img src=http://x.example/ onerror=alert(2)>&\u2028\u202e\"'=cmd";

  @TempDir Path folder;

  private static Report report(Path... runs) {
    return Report.of(List.of(runs), "A title");
  }

  private static String html(Report report) {
    return report.html("raphe test", Instant.EPOCH);
  }

  private static JsonNode section(String html, String id) throws IOException {
    return PageData.section(html, id);
  }

  @Test
  void runsAreGroupedByAllButTheSeed() throws IOException {
    ObjectNode other = MadeRuns.train("naca", "lif", 4);
    ((ObjectNode) other.get("optimizer")).put("learning_rate", 2e-3);
    for (int seed = 1; seed <= 3; seed++) {
      MadeRuns.write(folder.resolve("r" + seed), MadeRuns.train("naca", "lif", seed));
    }
    MadeRuns.write(folder.resolve("r4"), other);
    Report report = report(folder);
    assertEquals(4, report.runs());
    assertEquals(2, report.settings());
    JsonNode rows = section(html(report), "summary").at("/table/rows");
    assertEquals("NACA spiking, learning rate 0.001", rows.at("/0/0").textValue());
    assertEquals("NACA spiking, learning rate 0.002", rows.at("/1/0").textValue());
    assertEquals(0.52, rows.at("/0/1").doubleValue(), 1e-12);
    assertEquals(0.01, rows.at("/0/2").doubleValue(), 1e-12, "deviation with n - 1");
    assertEquals(3, rows.at("/0/3").intValue());
    assertTrue(rows.at("/1/2").isNull(), "one seed has no deviation, and it is not 0");
    assertTrue(rows.at("/0/10").isNull(), "energy that was not measured is null");
    JsonNode summary = section(html(report), "summary");
    String first = "NACA spiking, learning rate 0.001";
    assertEquals(4000, PageData.cell(summary, "network's memory (B)", first).intValue());
    assertTrue(PageData.cell(summary, "Java's heap, peak (B)", first).isNull(), "not measured");
  }

  @Test
  void theSameSeedTwiceCountsOnceAndIsTold() throws IOException {
    Path first = MadeRuns.write(folder.resolve("a"), MadeRuns.train("naca", "lif", 1));
    Path again = MadeRuns.write(folder.resolve("b"), MadeRuns.train("naca", "lif", 1));
    Report report = report(first, again, first);
    assertEquals(1, report.runs());
    assertEquals(1, report.repeated());
    JsonNode rows = section(html(report), "missing").at("/table/rows");
    assertEquals(1, rows.size());
    assertTrue(rows.at("/0/0").textValue().endsWith("b"), rows.toString());
  }

  @Test
  void theFrontHoldsWhatNothingBeats() throws IOException {
    for (String rule : List.of("naca", "drtp", "frozen")) {
      for (String neuron : List.of("lif", "rate")) {
        MadeRuns.write(folder.resolve(rule + neuron), MadeRuns.train(rule, neuron, 2));
      }
    }
    MadeRuns.write(folder.resolve("best"), MadeRuns.train("drtp", "lif", 40));
    JsonNode points = section(html(report(folder)), "operations-1").at("/plot/series");
    assertEquals(6, points.size());
    for (JsonNode point : points) {
      String name = point.get("name").textValue();
      boolean front = name.equals("FROZEN spiking") || name.equals("DRTP spiking");
      boolean tied = name.equals("FROZEN rate");
      assertEquals(front || tied, !point.get("front").isNull(), name);
      assertFalse(point.get("formula").booleanValue(), name);
    }
  }

  @Test
  void whatIsNotThereIsSaidAndNotDrawn() throws IOException {
    ObjectNode bare = MadeRuns.continual("strict", 1);
    bare.remove(List.of("accuracy_matrix", "metrics", "weight_changes", "cost"));
    String html = html(report(MadeRuns.write(folder.resolve("bare"), bare)));
    for (String id :
        List.of("final-1", "seen-1", "matrix-1", "kept-1", "forgetting-1", "weights-1")) {
      JsonNode section = section(html, id);
      assertTrue(section.get("notices").toString().contains("1 of 1 runs hold no"), id);
    }
    assertEquals(0, section(html, "operations-1").at("/plot/series").size());
    assertTrue(section(html, "operations-1").at("/table/rows/0/4").isNull());
    assertEquals(0, section(html, "matrix-1").at("/plot/views").size());
  }

  @Test
  void curvesForgettingAndPublishedFiguresAreThoseOfTheRuns() throws IOException {
    MadeRuns.all(folder);
    String html = html(report(folder));
    JsonNode seen = section(html, "seen-2").at("/plot/series/0/points");
    assertEquals(0.8 - 0.02, seen.at("/2/1").doubleValue(), 1e-12);
    JsonNode bars = section(html, "forgetting-2").at("/plot/bars");
    assertEquals(0.12, bars.at("/0/value").doubleValue(), 1e-12);
    JsonNode histograms = section(html, "weights-2").at("/plot/views");
    assertEquals("[0.0,0.01,0.1,1.0]", histograms.at("/0/edges").toString(), "a layer's own bins");
    String end = section(html, "final-2").toString();
    assertTrue(end.contains("published: NACA rate"), "the paper's figures stand beside");
  }

  @Test
  void settingsThatDifferAreNamedAndListed() throws IOException {
    ObjectNode slow = MadeRuns.train("drtp", "lif", 1);
    ((ObjectNode) slow.get("optimizer")).put("learning_rate", 5e-4);
    MadeRuns.write(folder.resolve("a"), MadeRuns.train("naca", "lif", 1));
    MadeRuns.write(folder.resolve("b"), slow);
    ObjectNode elsewhere = MadeRuns.train("naca", "lif", 1);
    ((ObjectNode) elsewhere.get("backend")).put("name", "opencl");
    MadeRuns.write(folder.resolve("c"), elsewhere);
    String html = html(report(folder));
    JsonNode rows = section(html, "settings-1").at("/table/rows");
    assertEquals("DRTP spiking, learning rate 0.0005, backend cpu", rows.at("/0/0").textValue());
    assertEquals("NACA spiking, learning rate 0.001, backend cpu", rows.at("/1/0").textValue());
    assertEquals("NACA spiking, learning rate 0.001, backend opencl", rows.at("/2/0").textValue());
    JsonNode settings = section(html, "settings-1");
    assertEquals(
        "0.0005",
        PageData.cell(settings, "learning rate", rows.at("/0/0").textValue()).textValue());
    assertTrue(settings.at("/words/0").textValue().contains("network 784-1000-10"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"format\": 2}|is of format 2; this version of Raphe reads format 1",
        "{\"command\": \"train\"}|names no format",
        "{\"format\": 1, \"command\": \"parity\"}|is of command parity",
        "{\"format\": 1, \"command\": \"train\"}|is broken: it has no dataset/name",
        "{\"format\": 1,|is not JSON",
        "[1]|holds no JSON object",
        "{\"format\": 1, \"format\": 1}|is not JSON: Duplicate field",
        "{\"format\": 1} {}|is not JSON",
        "''|holds no JSON object"
      })
  void aBrokenRunIsOneLineAndTheRestIsReported(String content, String reason) throws IOException {
    MadeRuns.write(folder.resolve("good"), MadeRuns.train("naca", "lif", 1));
    Path bad = Files.createDirectories(folder.resolve("bad"));
    Files.writeString(bad.resolve("result.json"), content);
    Report report = report(folder);
    assertEquals(1, report.runs());
    assertEquals(1, report.problems().size());
    String line = report.problems().get(0);
    assertTrue(line.contains(reason), line);
    assertEquals(1, line.lines().count());
    assertEquals(1, section(html(report), "missing").at("/table/rows").size());
    assertThrows(InputException.class, () -> report(bad), "alone it is nothing to report");
  }

  @Test
  void filesBeyondAllBoundsAreRefused() throws IOException {
    Path good = MadeRuns.write(folder.resolve("good"), MadeRuns.train("naca", "lif", 1));
    Path deep = Files.createDirectories(folder.resolve("deep"));
    Files.writeString(deep.resolve("result.json"), "{\"format\":1,\"a\":" + "[".repeat(100_000));
    Path large = Files.createDirectories(folder.resolve("large"));
    Files.writeString(large.resolve("result.json"), " ".repeat((32 << 20) + 1));
    Path inner = Files.createDirectories(folder.resolve("inner/result.json")).getParent();
    List<String> problems = report(good, deep, large, inner).problems();
    assertEquals(3, problems.size());
    assertTrue(problems.get(0).contains("nesting depth"), problems.get(0));
    assertTrue(problems.get(1).contains("larger than 32 MiB"), problems.get(1));
    assertTrue(problems.get(2).contains("not a plain file"), problems.get(2));
  }

  @Test
  void whatASweepDidNotFinishIsMissing() throws IOException {
    MadeRuns.write(folder.resolve("done"), MadeRuns.train("naca", "lif", 1));
    Path killed = Files.createDirectories(folder.resolve("killed"));
    Files.writeString(killed.resolve("checkpoint.safetensors"), "x");
    Files.createDirectories(folder.resolve("logs"));
    Files.writeString(
        folder.resolve("sweep.json"), "{\"runs\": [\"done\", \"killed\", \"never\"]}");
    List<String> problems = report(folder).problems();
    assertEquals(2, problems.size(), problems.toString());
    assertTrue(problems.get(0).contains("killed did not finish"), problems.get(0));
    assertTrue(problems.get(0).contains("--resume --out"), problems.get(0));
    assertTrue(problems.get(1).contains("never holds no result.json"), problems.get(1));
    Files.writeString(folder.resolve("sweep.json"), "{\"runs\": [\"../../etc\"]}");
    InputException refused = assertThrows(InputException.class, () -> report(folder));
    assertTrue(refused.getMessage().contains("names no plain folders"), refused.getMessage());
  }

  /** Each text of a run is hostile; the page's scripts and elements stay the page's own. */
  @Test
  void namesCannotBreakOut() throws IOException {
    ObjectNode run = MadeRuns.train("naca", "lif", 1);
    for (String key : List.of("rule", "network", "neuron", "weights_sha256")) {
      run.put(key, HOSTILE);
    }
    ((ObjectNode) run.get("dataset")).put("name", HOSTILE);
    ((ObjectNode) run.get("learning") == null ? run.putObject("learning") : run)
        .put(HOSTILE, HOSTILE);
    Path hostile = MadeRuns.write(folder.resolve("h"), run);
    Files.writeString(hostile.resolve("settings.yaml"), "seed: '1'\n\"x;rm -rf ~\": y\n");
    String html = html(Report.of(List.of(hostile), HOSTILE));
    String own = html.replaceAll("(?s)<script>\\R/\\*.*?</script>", "");
    assertEquals(3, html.split("<script", -1).length - 1, "data, charts and the page's own");
    assertFalse(own.contains("<img"), "no element of the run's");
    assertFalse(html.contains("\u2028") || html.contains("\u202e"));
    assertTrue(section(html, "summary").at("/table/rows/0/0").textValue().contains("</SCRIPT>"));
    String csv = Report.of(List.of(hostile), HOSTILE).tables().get("provenance");
    assertTrue(csv.contains("\"\""), "quotes are doubled: " + csv);
    assertTrue(
        section(html, "provenance").at("/commands/0/command").textValue().startsWith("not known"));
  }

  @Test
  void theCommandOfARunIsQuotedForAShell() throws IOException {
    Path run = MadeRuns.write(folder.resolve("r"), MadeRuns.train("naca", "lif", 1));
    Files.writeString(
        run.resolve("settings.yaml"),
        "dataset: mnist\ndata: \"/a b/$(x)'y\"\nsync: 'true'\nseed: '1'\n");
    JsonNode provenance = section(html(report(run)), "provenance");
    assertTrue(provenance.at("/commands/0/run").textValue().endsWith(", commit abc"));
    assertEquals(
        "./raphe train --dataset=mnist --data='/a b/$(x)'\\''y' --sync --seed=1",
        provenance.at("/commands/0/command").textValue());
  }

  @Test
  void settingsOfAnotherRunMakeNoCommand() throws IOException {
    Path run = MadeRuns.write(folder.resolve("r"), MadeRuns.train("naca", "lif", 1));
    for (String settings : List.of("seed: '2'\n", "dataset: mnist\n")) {
      Files.writeString(run.resolve("settings.yaml"), settings);
      String command =
          section(html(report(run)), "provenance").at("/commands/0/command").textValue();
      assertTrue(
          command.startsWith("not known: settings.yaml is not of this run: it has seed "), command);
    }
    String longPath = "/data/" + "x".repeat(400);
    Files.writeString(run.resolve("settings.yaml"), "seed: '1'\ndata: " + longPath + "\n");
    assertEquals(
        "./raphe train --seed=1 --data=" + longPath,
        section(html(report(run)), "provenance").at("/commands/0/command").textValue());
  }

  /** A run says itself where it comes to the same bits; nothing is said for one that does not. */
  @Test
  void sameBitsAreWhatTheRunsSay() throws IOException {
    MadeRuns.write(folder.resolve("a"), MadeRuns.train("naca", "rate", 1));
    ObjectNode engine = MadeRuns.train("bp", "rate", 1);
    ((ObjectNode) engine.get("provenance"))
        .put("same_bits", "on one machine")
        .put("git_commit", "abc-dirty");
    MadeRuns.write(folder.resolve("b"), engine);
    ObjectNode old = MadeRuns.train("drtp", "rate", 1);
    ((ObjectNode) old.get("provenance")).remove("same_bits");
    MadeRuns.write(folder.resolve("c"), old);
    JsonNode words = section(html(report(folder)), "provenance").get("words");
    assertEquals(4, words.size(), words.toString());
    assertTrue(words.at("/0").textValue().endsWith("on every backend: naca."), words.toString());
    assertTrue(words.at("/1").textValue().endsWith("on one machine: bp."), words.toString());
    assertTrue(words.at("/2").textValue().endsWith("earlier versions: drtp."), words.toString());
    assertTrue(words.at("/3").textValue().contains("-dirty"), words.toString());
  }

  @Test
  void formulasOfSpreadsheetsAreTexts() {
    Table table = new Table().column("a,b", Table.Format.TEXT).column("n", Table.Format.NUMBER);
    table.row("=1+1", -2.5);
    table.row("say \"x\"", null);
    assertEquals("\"a,b\",n\r\n'=1+1,-2.5\r\n\"say \"\"x\"\"\",\r\n", table.csv());
  }

  /** Nothing is fetched: the policy forbids it, and no element or style names an address. */
  @Test
  void thePageNamesNothingToFetch() throws IOException {
    String html = html(report(MadeRuns.all(folder)));
    assertTrue(html.contains("content=\"default-src 'none';"), "the policy");
    assertFalse(Pattern.compile("<(link|iframe|object|embed|base)\\b").matcher(html).find());
    assertFalse(Pattern.compile("<script[^>]+src").matcher(html).find());
    assertFalse(Pattern.compile("@import|url\\(\\s*['\"]?http").matcher(html).find());
    assertTrue(html.length() < 2_000_000, html.length() + " characters");
    assertTrue(html.contains("Mike Bostock"), "the notice that the inlined library asks for");
  }
}
