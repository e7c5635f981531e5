package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is the same in a locale with other digits, and names may be of any script. */
class LocaleTest {
  private static final Locale EGYPT = Locale.forLanguageTag("ar-EG-u-nu-arab");
  private static final String OTHER_DIGITS = "(?s).*[\u0660-\u0669\u066b\u066c].*";

  @TempDir Path folder;
  private final Locale before = Locale.getDefault();

  @BeforeEach
  void countOtherwise() {
    Locale.setDefault(EGYPT);
    assertTrue(String.format("%d", 7).matches(OTHER_DIGITS), "the locale has other digits");
  }

  @AfterEach
  void countAsBefore() {
    Locale.setDefault(before);
  }

  private void assertUsualDigits(Invocation done) throws IOException {
    done.assertDone();
    assertFalse((done.out() + done.err()).matches(OTHER_DIGITS), done.out() + done.err());
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.toString().endsWith("-ubyte") && !file.toString().endsWith(".safetensors")) {
          assertFalse(Files.readString(file).matches(OTHER_DIGITS), file.toString());
        }
      }
    }
  }

  @Test
  void allThatIsWrittenHasTheUsualDigits() throws IOException {
    Path data = SmallImages.write(folder.resolve("data"));
    Path runs = folder.resolve("runs");
    String[] source = {"--dataset", "mnist", "--data", data.toString()};
    List<String> train = new ArrayList<>(List.of("train", "--out", runs.resolve("t").toString()));
    train.addAll(List.of(source));
    train.addAll(List.of("--network", "784-20-10", "--steps", "4", "--epochs", "1"));
    assertUsualDigits(Invocation.of(train));
    List<String> stream = new ArrayList<>(List.of("continual", "--out", runs + "/c"));
    stream.addAll(List.of(source));
    stream.addAll(List.of("--baseline", "class-mean"));
    assertUsualDigits(Invocation.of(stream));
    assertUsualDigits(
        Invocation.of("report", runs.toString(), "--out", folder.resolve("r.html").toString()));
  }

  /** In a process of its own, as the launcher starts it where the locale is C. */
  @Test
  void namesMayBeOfAnyScript() throws Exception {
    List<String> lines = new ArrayList<>();
    for (int k = 0; k < 20; k++) {
      lines.add("0." + k % 10 + "," + (k % 2 == 0 ? "\u00e4pfel" : "\u732b"));
    }
    Path table = Files.write(folder.resolve("\u732b-\u00e4.csv"), lines);
    Path run = folder.resolve("\u0644\u0648\u0646");
    ChildRun child =
        new ChildRun(
            run,
            List.of("-Duser.language=ar", "-Duser.country=EG"),
            Map.of("LC_ALL", "C.UTF-8"),
            List.of(
                "train",
                "--dataset",
                table.toString(),
                "--network",
                "1-5-2",
                "--epochs",
                "1",
                "--backend",
                "cpu",
                "--out",
                run.toString()));
    Invocation done = child.finished().assertDone();
    assertFalse((done.out() + done.err()).matches(OTHER_DIGITS), done.out() + done.err());
    assertTrue(done.out().contains(run.toString()), done.out());
    String result = Files.readString(run.resolve("result.json"), StandardCharsets.UTF_8);
    assertTrue(result.contains("\u732b") && result.contains("\u00e4pfel"), result);
    assertFalse(result.matches(OTHER_DIGITS), result);
  }

  /** Advice fits what failed: samples are too many, whatever the network. */
  @Test
  void memoryThatDoesNotHoldSamplesIsSaidSo() throws Exception {
    Path table = folder.resolve("large.csv");
    String line = "0.5,".repeat(4000);
    List<String> lines = new ArrayList<>();
    for (int k = 0; k < 4000; k++) {
      lines.add(line + k % 2);
    }
    Files.write(table, lines);
    ChildRun child =
        new ChildRun(
            folder.resolve("run"),
            List.of("-Xmx40m"),
            Map.of(),
            List.of("train", "--dataset", table.toString(), "--out", folder.resolve("run") + ""));
    Invocation failed = child.finished();
    assertEquals(Raphe.FAILED, failed.status(), failed.err());
    assertTrue(failed.err().contains("not enough memory to read the data set"), failed.err());
    assertFalse(failed.err().contains("smaller network"), failed.err());
  }
}
