package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The Vector API runs in a Java that was started as the launcher starts it, and nothing warns. */
class QuietStartTest {
  @TempDir Path folder;

  @BeforeEach
  void needsVectors() {
    boolean here = ModuleFinder.ofSystem().find("jdk.incubator.vector").isPresent();
    assumeTrue(here, "this Java has no Vector API");
  }

  private Invocation devices(String... javaOptions) throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of(javaOptions));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Raphe.class.getName()));
    command.add("devices");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it ends");
    return new Invocation(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private static String words(Invocation devices) {
    return devices.out().replaceAll("\\s+", " ");
  }

  @Test
  void vectorsAreOnAndNothingIsWarnedOf() throws Exception {
    Invocation quiet = devices("--add-exports=java.base/jdk.internal.module=ALL-UNNAMED");
    assertEquals("", quiet.assertDone().err());
    assertTrue(words(quiet).contains("(the Vector API is on)"), quiet.out());
  }

  @Test
  void vectorsNamedToJavaRunToo() throws Exception {
    Invocation named = devices("--add-modules=jdk.incubator.vector").assertDone();
    assertTrue(words(named).contains("(the Vector API is on)"), named.out());
  }

  /**
   * Raphe's own warnings are for the user; those of the engine's libraries are not, but for errors.
   */
  @Test
  void theEnginesNoticesAreKeptAway() {
    for (String name : List.of("ai.djl.pytorch.jni.LibUtils", "ai.djl.util.cuda.CudaUtils")) {
      assertFalse(LoggerFactory.getLogger(name).isWarnEnabled(), name);
      assertTrue(LoggerFactory.getLogger(name).isErrorEnabled(), name);
    }
    assertTrue(LoggerFactory.getLogger("org.raphe.datasets.DatasetCatalog").isWarnEnabled());
  }

  /** Without the launcher the plain loops run, and one line says what to do. */
  @Test
  void withoutTheLauncherItIsSaidHowToHaveThem() throws Exception {
    Invocation plain = devices().assertDone();
    assertEquals("", plain.err());
    assertTrue(
        words(plain).contains("start Java with --add-modules jdk.incubator.vector"), plain.out());
  }
}
