package org.raphe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The page in a real browser. Opened with {@code #check} it looks at each of its plots in both
 * themes, sorts each table by each column and writes what it found into the document.
 */
class BrowserTest {
  private static final String REQUIRED = "RAPHE_REQUIRE_BROWSER";
  private static final long MOST_SECONDS = 120;

  @TempDir static Path temporary;
  private static Path browser;
  private static Path page;
  private static Report report;

  @TempDir Path folder;

  @BeforeAll
  static void writePage() throws IOException {
    browser = installed();
    if (browser == null) {
      String reason = "no chromium on the PATH; install it to test the report in a browser";
      if ("1".equals(System.getenv(REQUIRED))) {
        fail(reason + ", as " + REQUIRED + "=1 asks");
      }
      System.err.println("BrowserTest is skipped: " + reason);
      assumeTrue(false, reason);
    }
    Path runs = MadeRuns.all(temporary.resolve("runs"));
    report = Report.of(List.of(runs), "<b>A title</b> & more");
    page = temporary.resolve("report.html");
    Files.writeString(page, report.html("raphe test", Instant.EPOCH));
  }

  private static Path installed() {
    for (String directory : System.getenv("PATH").split(File.pathSeparator)) {
      for (String name : List.of("chromium", "chromium-browser")) {
        Path candidate = Path.of(directory, name);
        if (Files.isExecutable(candidate)) {
          return candidate;
        }
      }
    }
    return null;
  }

  private JsonNode check(Path opened, String theme, int width) throws Exception {
    return check(opened.toUri() + "#check", theme, width);
  }

  /** What the page wrote about itself; fails where the browser's console says anything. */
  private JsonNode check(String address, String theme, int width) throws Exception {
    Path dom = folder.resolve("dom.html");
    Path log = folder.resolve("log.txt");
    List<String> command = new ArrayList<>();
    command.addAll(List.of(browser.toString(), "--headless", "--no-sandbox", "--disable-gpu"));
    command.addAll(List.of("--user-data-dir=" + folder.resolve("profile"), "--no-first-run"));
    command.addAll(List.of("--enable-logging=stderr", "--virtual-time-budget=20000"));
    command.add("--blink-settings=preferredColorScheme=" + (theme.equals("dark") ? 0 : 1));
    command.addAll(List.of("--window-size=" + width + ",900", "--dump-dom"));
    command.add("--allow-file-access-from-files");
    command.add(address);
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(dom.toFile())
            .redirectError(log.toFile())
            .start();
    if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      fail("the browser did not end within " + MOST_SECONDS + " s: " + Files.readString(log));
    }
    List<String> console =
        Files.readString(log).lines().filter(line -> line.contains("CONSOLE")).toList();
    assertEquals(List.of(), console, "the console is silent");
    Matcher found =
        Pattern.compile("<pre id=\"check\">(.*?)</pre>", Pattern.DOTALL)
            .matcher(Files.readString(dom));
    assertTrue(found.find(), "the page came to its end: " + Files.readString(log));
    String text = found.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    return new ObjectMapper().readTree(text);
  }

  @ParameterizedTest
  @CsvSource({"light,1320", "dark,1320"})
  void plotsHaveMarksTablesSortAndNothingIsCut(String theme, int width) throws Exception {
    assertWhole(check(page, theme, width), theme);
  }

  /**
   * No window of the browser is as narrow as a phone, so that the page is looked at in a frame of a
   * phone's width.
   */
  @ParameterizedTest
  @CsvSource({"light", "dark"})
  void aPhoneShowsTheSame(String theme) throws Exception {
    Path phone = folder.resolve("phone.html");
    Files.writeString(
        phone,
        """
        <!DOCTYPE html><body style="margin:0">
        <iframe src="%s#check" style="border:0;width:360px;height:800px"></iframe>
        <script>onload = () => document.body.append(
          frames[0].innerWidth === 360 ? frames[0].document.getElementById("check") : "wider");</script>
        """
            .formatted(page.toUri()));
    assertWhole(check(phone.toUri().toString(), theme, 800), theme);
  }

  private static void assertWhole(JsonNode outcome, String theme) {
    assertEquals("[]", outcome.get("errors").toString());
    assertEquals(theme, outcome.get("firstTheme").textValue(), "the system's theme is followed");
    assertEquals("<b>A title</b> & more", outcome.get("title").textValue());
    assertEquals(0, outcome.get("empty").intValue());
    assertFalse(outcome.get("wide").booleanValue(), "nothing is wider than the window");
    Set<String> seen = new TreeSet<>();
    Map<String, Integer> drawn = new TreeMap<>();
    for (JsonNode plot : outcome.get("plots")) {
      assertTrue(plot.get("marks").intValue() >= plot.get("wanted").intValue(), plot.toString());
      drawn.merge(plot.get("id").textValue(), plot.get("wanted").intValue(), Integer::sum);
      assertEquals(0, plot.get("missing").intValue(), plot.toString());
      assertEquals(0, plot.get("clipped").size(), plot.toString());
      seen.add(plot.get("id").textValue() + " " + plot.get("theme").textValue());
    }
    assertEquals(2 * 20, seen.size(), "every plot in both themes: " + seen);
    assertFalse(drawn.containsValue(0), "plots that are not empty have marks: " + drawn);
    Map<String, String> tables = report.tables();
    assertEquals(tables.size(), outcome.get("tables").size());
    assertEquals(tables.size(), outcome.get("csv").intValue());
    for (JsonNode table : outcome.get("tables")) {
      assertTrue(table.get("columns").intValue() > 1, table.toString());
      assertEquals("[]", table.get("wrong").toString(), table.toString());
      assertEquals(
          numbersAlike(tables.get(table.get("id").textValue())),
          numbersAlike(table.get("csv").textValue()),
          "the page's CSV is that of raphe report --csv");
    }
  }

  /** Java and JavaScript write the same number in more than one way. */
  private static String numbersAlike(String csv) {
    return Pattern.compile("(?<=[,\n])-?\\d[\\d.]*([Ee][-+]?\\d+)?(?=[,\r])")
        .matcher(csv)
        .replaceAll(number -> String.valueOf(Double.parseDouble(number.group())));
  }

  /** A page of more than a hundred runs is drawn whole, and is small enough to send. */
  @Test
  void aHundredRunsFitOnAPage() throws Exception {
    Report many = Report.of(List.of(MadeRuns.many(folder.resolve("many"))), "Many");
    assertEquals(115, many.runs());
    assertEquals(23, many.settings());
    Path large = folder.resolve("large.html");
    Files.writeString(large, many.html("raphe test", Instant.EPOCH));
    assertTrue(Files.size(large) < 3_000_000, Files.size(large) + " bytes");
    JsonNode outcome = check(large, "light", 1320);
    assertEquals("[]", outcome.get("errors").toString());
    assertFalse(outcome.get("wide").booleanValue(), "nothing is wider than the window");
    for (JsonNode plot : outcome.get("plots")) {
      assertEquals(0, plot.get("missing").intValue(), plot.toString());
      assertEquals(0, plot.get("clipped").size(), plot.toString());
    }
  }

  /** Filters and weights of a model: a mark for each weight of a filter, in both themes. */
  @ParameterizedTest
  @CsvSource({"light", "dark"})
  void aModelsPicturesAreDrawn(String theme) throws Exception {
    Path run = ModelPicturesTest.write(folder.resolve("model"), "8x8x2-c20k5p2-pool-6-3");
    Path pictures = folder.resolve("pictures.html");
    String html = Report.of(List.of(run), "Pictures").html("raphe test", Instant.EPOCH);
    JsonNode outcome = check(Files.writeString(pictures, html), theme, 1320);
    assertEquals("[]", outcome.get("errors").toString());
    assertFalse(outcome.get("wide").booleanValue(), "nothing is wider than the window");
    int filters = 0;
    for (JsonNode plot : outcome.get("plots")) {
      assertEquals(0, plot.get("missing").intValue(), plot.toString());
      assertEquals(0, plot.get("clipped").size(), plot.toString());
      if (plot.get("id").textValue().equals("filters-1")) {
        assertTrue(plot.get("marks").intValue() >= 20 * 25, plot.toString());
        filters++;
      }
    }
    assertEquals(2 * 2, filters, "two input channels in two themes");
    for (JsonNode table : outcome.get("tables")) {
      assertEquals("[]", table.get("wrong").toString(), table.toString());
    }
  }

  /** The check itself finds a plot without marks and a table that does not sort. */
  @Test
  void thePagesCheckSeesFaults() throws Exception {
    String text = Files.readString(page);
    // The policy lets only the unchanged script run.
    String open = text.replaceFirst("script-src [^\"]*\"", "script-src 'unsafe-inline'\"");
    String faulty =
        open.replace("itemStyle: markStyle(p),", "itemStyle: { opacity: 0, color: \"#123456\" },")
            .replace("return down ? -order : order;", "return 0;");
    assertFalse(faulty.equals(open));
    JsonNode outcome =
        check(Files.writeString(folder.resolve("faulty.html"), faulty), "light", 1320);
    boolean unsorted = false;
    for (JsonNode table : outcome.get("tables")) {
      unsorted |= table.get("wrong").size() > 0;
    }
    assertTrue(unsorted, "a table that does not sort is seen");
    boolean unmarked = false;
    for (JsonNode plot : outcome.get("plots")) {
      unmarked |= plot.get("missing").intValue() > 0;
    }
    assertTrue(unmarked, "a plot without its marks is seen");
  }

  /** A script that is not the page's own, byte for byte, does not run. */
  @Test
  void anotherScriptIsRefused() throws Exception {
    String changed = Files.readString(page).replace("\"use strict\";\n\nvar data", "var data");
    Path other = Files.writeString(folder.resolve("other.html"), changed);
    AssertionError refused = assertThrows(AssertionError.class, () -> check(other, "light", 1320));
    assertTrue(refused.getMessage().contains("the console is silent"), refused.getMessage());
  }
}
