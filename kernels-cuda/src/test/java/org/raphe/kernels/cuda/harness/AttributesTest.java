package org.raphe.kernels.cuda.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the harness says that the shipped kernels take is what ptxas gives them. */
class AttributesTest {
  private static final Path MODULES =
      Path.of("src", "main", "resources", "org", "raphe", "kernels", "cuda", "ptx")
          .toAbsolutePath();
  private static final Pattern STACK = Pattern.compile("(\\d+) bytes stack frame");
  private static final Pattern REGISTERS = Pattern.compile("Used (\\d+) registers");
  private static final Pattern SHARED = Pattern.compile("(\\d+) bytes smem");

  @ParameterizedTest
  @ValueSource(ints = 90)
  void registersSharedMemoryAndStackAreThoseOfTheAssembler(int capability) throws IOException {
    List<Path> modules = modules();
    StringBuilder expected = new StringBuilder();
    for (Path module : modules) {
      String said = assembled(capability, module);
      expected.append(module.getFileName());
      for (Pattern number : List.of(REGISTERS, SHARED, STACK)) {
        expected.append(' ').append(numberOf(number, said));
      }
      expected.append('\n');
    }
    String output =
        HarnessRun.of(
                Map.of("RAPHE_HARNESS_CAPABILITY", "" + capability),
                AttributesProgram.class,
                modules.stream().map(Path::toString).toArray(String[]::new))
            .succeeded()
            .output();
    assertEquals(expected.toString(), output);
    assertTrue(output.matches("(?s).* [1-9]\\d* [1-9]\\d* \\d+\n.*"), output);
  }

  private static List<Path> modules() throws IOException {
    try (Stream<Path> files = Files.list(MODULES)) {
      return files.filter(file -> file.toString().endsWith(".ptx")).sorted().toList();
    }
  }

  /**
   * The last such number that was said; ptxas leaves out a kernel's shared memory where it is 0.
   */
  private static String numberOf(Pattern number, String said) {
    Matcher matcher = number.matcher(said);
    return matcher.find() ? matcher.group(1) : "0";
  }

  private static String assembled(int capability, Path module) throws IOException {
    try {
      Process process =
          new ProcessBuilder(
                  "ptxas", "-v", "-arch=sm_" + capability, module.toString(), "-o", "/dev/null")
              .redirectErrorStream(true)
              .start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      String reason = "there is no ptxas: what the harness says of kernels is not compared";
      System.out.println(reason);
      abort(reason);
      throw e;
    }
  }
}
