package org.raphe.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the kernels under the simulator Oclgrind, which sees data races and reads of what was never
 * written. Skipped where it is not installed, unless {@code RAPHE_REQUIRE_OCLGRIND=1}.
 */
class OclgrindTest {
  private static final String REQUIRED = "RAPHE_REQUIRE_OCLGRIND";

  /** Where distributions put the simulator's driver; another place is named by the environment. */
  private static final List<String> PLACES =
      List.of(
          System.getenv().getOrDefault("RAPHE_OCLGRIND", ""),
          "/usr/lib/oclgrind/liboclgrind-rt-icd.so",
          "/usr/local/lib/oclgrind/liboclgrind-rt-icd.so");

  private static final List<String> REPORTS =
      List.of("ninitialized", "data race", "OCLGRIND", "Invalid", "divergence");

  private static final long LONGEST_SECONDS = 240;

  @TempDir Path folder;

  @BeforeAll
  static void needsSimulator() {
    if (driver() != null) {
      return;
    }
    String cause = "Oclgrind is not installed (Debian: apt-get install oclgrind)";
    System.out.println("OclgrindTest is skipped: " + cause);
    if ("1".equals(System.getenv(REQUIRED))) {
      Assertions.fail(REQUIRED + "=1, but " + cause);
    }
    Assumptions.abort(cause);
  }

  private static String driver() {
    return PLACES.stream()
        .filter(place -> !place.isEmpty() && Files.exists(Path.of(place)))
        .findFirst()
        .orElse(null);
  }

  @Test
  void everyKernelRunsWithoutRacesAndReadsOnlyWhatWasWritten() throws Exception {
    List<String> printed = run("nothing", OclgrindCheck.CASES);
    List<String> expected = new ArrayList<>();
    OclgrindCheck.CASES.forEach(name -> expected.addAll(OclgrindCheck.expected(name)));
    assertEquals(List.of(), reports(printed));
    assertEquals(
        OclgrindCheck.CASES.size(),
        printed.stream().filter(line -> line.startsWith("device Oclgrind")).count());
    printed.removeIf(line -> line.startsWith("device "));
    assertEquals(String.join("\n", expected), String.join("\n", printed));
  }

  @Test
  void aPlantedRaceIsReported() throws Exception {
    List<String> printed = run(OclgrindCheck.RACE, OclgrindCheck.CASES.subList(0, 1));
    assertTrue(reports(printed).stream().anyMatch(line -> line.contains("data race")));
  }

  @Test
  void aPlantedReadOfUnwrittenMemoryIsReported() throws Exception {
    List<String> printed = run(OclgrindCheck.UNWRITTEN, OclgrindCheck.CASES.subList(0, 1));
    assertTrue(reports(printed).stream().anyMatch(line -> line.contains("Uninitialized value")));
  }

  private static List<String> reports(List<String> printed) {
    return printed.stream().filter(line -> REPORTS.stream().anyMatch(line::contains)).toList();
  }

  /** What the check prints in a process of its own, its reports among it. */
  private List<String> run(String planted, List<String> cases)
      throws IOException, InterruptedException {
    Path vendors = Files.createDirectory(folder.resolve("vendors"));
    Files.writeString(vendors.resolve("oclgrind.icd"), driver() + "\n");
    Path output = folder.resolve("output.txt");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "-D" + OpenClDevice.UNCLAIMED_ROUNDING + "=true",
                "-D" + OclgrindCheck.PLANTED + "=" + planted,
                OclgrindCheck.class.getName()));
    command.addAll(cases);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(output.toFile()).environment().putAll(environment(vendors));
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS), "the simulator hangs");
    } finally {
      process.destroyForcibly();
    }
    List<String> printed = new ArrayList<>(Files.readAllLines(output));
    assertEquals(0, process.exitValue(), () -> String.join("\n", printed));
    return printed;
  }

  /** It does not know the freeze instruction that optimisation makes, hence the build option. */
  private static Map<String, String> environment(Path vendors) {
    return Map.of(
        "OCL_ICD_VENDORS", vendors.toString(),
        "OCLGRIND_DATA_RACES", "1",
        "OCLGRIND_UNINITIALIZED", "1",
        "OCLGRIND_BUILD_OPTIONS", "-cl-opt-disable");
  }
}
