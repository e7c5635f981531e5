package org.raphe.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.raphe.backend.opencl.OpenClBackend;

/** The examples run, and print what they are there to show. */
class ExamplesTest {
  private final Locale locale = Locale.getDefault();
  private final PrintStream out = System.out;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void keepWhatIsPrinted() {
    Locale.setDefault(Locale.ROOT);
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void printAgain() {
    System.setOut(out);
    Locale.setDefault(locale);
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  /** What a pattern finds in what was printed, from the beginning on. */
  private List<MatchResult> found(String pattern) {
    return Pattern.compile(pattern).matcher(printed()).results().toList();
  }

  private double number(String pattern) {
    List<MatchResult> found = found(pattern);
    assertEquals(1, found.size(), printed());
    return Double.parseDouble(found.get(0).group(1));
  }

  @Test
  void dataOfOnesOwnIsLearnedAndSingleSamplesAreClassified() {
    OwnData.main(new String[0]);
    assertTrue(number("test accuracy (\\S+)") > 0.9, printed());
    List<MatchResult> bumps = found("a bump (.+) is classified as (.+), rates");
    assertEquals(4, bumps.size(), printed());
    bumps.forEach(bump -> assertEquals(bump.group(1), bump.group(2), printed()));
  }

  @Test
  void aRuleOfOnesOwnLearnsMoreThanAFrozenLayer() {
    OwnRule.main(new String[0]);
    double frozen = number("frozen on cpu: test accuracy ([0-9.]+)");
    double signed = number("signed-targets on cpu: test accuracy ([0-9.]+)");
    assertTrue(signed > frozen + 0.1, printed());
  }

  @Test
  void aRuleOfOnesOwnHasTheSameWeightsOnOpenCl() {
    boolean usable =
        OpenClBackend.devices().stream().anyMatch(device -> device.availability().available());
    assumeTrue(usable || "1".equals(System.getenv("RAPHE_REQUIRE_OPENCL")), "no OpenCL device");
    OwnRule.main(new String[0]);
    List<MatchResult> weights = found("signed-targets on (\\S+): .*weights ([0-9a-f]{64})");
    assertEquals(
        List.of("cpu", "opencl"), weights.stream().map(each -> each.group(1)).toList(), printed());
    assertEquals(weights.get(0).group(2), weights.get(1).group(2), printed());
  }

  @Test
  void aStreamPrintsItsMatrixAndWhatColumnsKeep() {
    OwnStream.main(new String[0]);
    List<MatchResult> rows = found("(?m)^( +[0-9]+\\.[0-9]){5}$");
    assertEquals(12, rows.size(), "two matrices, each of a row before and after 5 experiences");
    double frozen = ofFirstExperience(rows.get(5).group());
    double columns = ofFirstExperience(rows.get(11).group());
    assertTrue(columns > 90 && columns > frozen + 20, printed());
    List<MatchResult> forgetting = found("forgetting (\\S+):");
    assertEquals(2, forgetting.size(), printed());
    assertTrue(
        Double.parseDouble(forgetting.get(1).group(1)) < 0.1
            && Double.parseDouble(forgetting.get(0).group(1)) > 0.2,
        printed());
  }

  private static double ofFirstExperience(String row) {
    return Arrays.stream(row.strip().split(" +")).mapToDouble(Double::parseDouble).toArray()[0];
  }
}
