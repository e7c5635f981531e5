package org.raphe.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The PTX that ships came from these sources. */
class PtxSourcesTest {
  private static final String COMPILE = Path.of("compile").toAbsolutePath().toString();

  @TempDir Path folder;

  @Test
  void theDigestIsThatOfTheSources() {
    ShippedPtx.Ended digest = ShippedPtx.run("sh", COMPILE, "--digest");
    assertNotNull(digest, "there is no sh");
    assertEquals(0, digest.status(), digest.output());
    assertEquals(
        digest.output().strip(),
        CudaSources.sha256(),
        "sources have changed: run kernels-cuda/compile and commit what it writes");
  }

  @Test
  void theSameCompilerMakesTheSameFiles() throws IOException {
    requireTheSameCompiler();
    ShippedPtx.Ended compiled = ShippedPtx.run("sh", COMPILE, folder.toString());
    assertEquals(0, compiled.status(), compiled.output());
    assertEquals(names(ShippedPtx.FOLDER), names(folder));
    for (String name : names(folder)) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve(name)),
          Files.readAllBytes(ShippedPtx.FOLDER.resolve(name)),
          name + " is not what kernels-cuda/compile makes of the sources");
    }
  }

  /** Another compiler may rightly make other PTX. */
  private static void requireTheSameCompiler() {
    String build = ShippedPtx.read(ShippedPtx.FOLDER.resolve("compiler.txt")).strip();
    ShippedPtx.Ended version = ShippedPtx.run(ShippedPtx.program("NVCC", "nvcc"), "--version");
    if (version == null || !version.output().lines().toList().contains("Build " + build)) {
      String reason =
          "PTX is not compiled anew: "
              + (version == null ? "there is no nvcc" : "nvcc is not build " + build);
      System.out.println(reason);
      abort(reason);
    }
  }

  private static List<String> names(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
