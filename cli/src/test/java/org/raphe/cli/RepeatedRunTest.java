package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raphe.rule.Rule;
import org.raphe.rule.Rules;
import org.raphe.rule.SameBits;

/**
 * What a report says about repeating a run: its command is typed into a shell, and weights
 * compared.
 */
class RepeatedRunTest {
  /** A folder whose name a shell would take apart, run and expand. */
  private static final String UNFRIENDLY = "it's $(touch broken) `x` \"q\" *";

  @TempDir Path folder;

  @Test
  void theCommandOfTheReportGivesTheSameWeights() throws Exception {
    Path data = SmallImages.write(folder.resolve(UNFRIENDLY));
    Path first = folder.resolve("first");
    Invocation.of(SmallImages.trainSmall(data, first, "--rule", "drtp", "--seed", "7"))
        .assertDone();
    Path second = folder.resolve("second");
    assertEquals(0, shell(command(first) + " --out second"), "the command runs");
    assertEquals(weights(first), weights(second));
    assertTrue(Files.notExists(folder.resolve("broken")), "the shell ran nothing else");
  }

  /** As the report's page holds it. */
  private String command(Path run) throws IOException {
    Path page = folder.resolve("report.html");
    Invocation.of("report", run.toString(), "--out", page.toString()).assertDone();
    Matcher data =
        Pattern.compile("id=\"data\">(.*?)</script>", Pattern.DOTALL)
            .matcher(Files.readString(page));
    assertTrue(data.find());
    for (JsonNode section : new ObjectMapper().readTree(data.group(1)).get("sections")) {
      if (section.hasNonNull("commands")) {
        return section.at("/commands/0/command").textValue();
      }
    }
    throw new AssertionError("the page tells no command");
  }

  /** Runs a line in a folder where {@code ./raphe} is this build. */
  private int shell(String line) throws Exception {
    List<String> program =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules",
            "jdk.incubator.vector",
            "-cp",
            System.getProperty("java.class.path"),
            Raphe.class.getName());
    String quoted = program.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    Path launcher = folder.resolve("raphe");
    Files.writeString(launcher, "#!/bin/sh\nexec " + quoted + " \"$@\"\n");
    assertTrue(launcher.toFile().setExecutable(true));
    return new ProcessBuilder("/bin/sh", "-c", line)
        .directory(folder.toFile())
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start()
        .waitFor();
  }

  private static String weights(Path run) throws IOException {
    return FinishedRun.result(run).get("weights_sha256").textValue();
  }

  @Test
  void rulesSayThemselvesWhereTheirBitsAreTheSame() throws IOException {
    for (Rule rule : Rules.all()) {
      assertEquals(
          rule.needsEngine() ? SameBits.ON_ONE_MACHINE : SameBits.ON_EVERY_BACKEND,
          rule.sameBits(),
          rule.name());
    }
    Path data = SmallImages.write(folder.resolve("data"));
    Path run = folder.resolve("run");
    Invocation.of(SmallImages.trainSmall(data, run)).assertDone();
    assertEquals(
        "on every backend, with any number of threads",
        FinishedRun.result(run).at("/provenance/same_bits").textValue());
    Path baseline = folder.resolve("baseline");
    Invocation.of(
            List.of(
                "continual",
                "--dataset=mnist",
                "--data=" + data,
                "--baseline=class-mean",
                "--out=" + baseline))
        .assertDone();
    assertEquals(
        "on the CPU, with any number of threads",
        FinishedRun.result(baseline).at("/provenance/same_bits").textValue());
  }
}
