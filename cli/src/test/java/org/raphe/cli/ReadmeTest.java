package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's library example compiles and does what the README says. */
class ReadmeTest {
  private static final Path README = Path.of("..", "README.md");
  private static final Pattern EXAMPLE = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void theExampleCompilesAndLearns() throws IOException, InterruptedException {
    Matcher matcher = EXAMPLE.matcher(Files.readString(README));
    assertTrue(matcher.find(), "the README holds a Java example");
    Path source = Files.writeString(folder.resolve("Example.java"), matcher.group(1));
    compile(source);
    String printed = run();
    Matcher accuracy = Pattern.compile("test accuracy (0\\.\\d+)").matcher(printed);
    assertTrue(accuracy.find(), printed);
    assertTrue(Double.parseDouble(accuracy.group(1)) > 0.6, printed);
    assertTrue(
        Pattern.compile("^a [0-9], score [01]\\.\\d+$", Pattern.MULTILINE).matcher(printed).find(),
        printed);
  }

  @Test
  void theExampleIsShort() throws IOException {
    Matcher matcher = EXAMPLE.matcher(Files.readString(README));
    assertTrue(matcher.find());
    assertTrue(matcher.group(1).lines().count() <= 20, "lines");
    assertTrue(
        matcher.group(1).lines().filter(line -> line.startsWith("import ")).count() <= 6,
        "imports");
  }

  private void compile(Path source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertNotNull(compiler, "tests run on a JDK");
    String classPath = System.getProperty("java.class.path");
    int status =
        compiler.run(
            null, null, null, "-cp", classPath, "-d", folder.toString(), source.toString());
    assertEquals(0, status, "the example compiles");
  }

  private String run() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                folder
                    + System.getProperty("path.separator")
                    + System.getProperty("java.class.path"),
                "Example")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes());
    assertTrue(process.waitFor(120, TimeUnit.SECONDS), "the example ends");
    assertEquals(0, process.exitValue(), printed);
    return printed;
  }
}
