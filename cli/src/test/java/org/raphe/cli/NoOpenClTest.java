package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.raphe.backend.cuda.CudaBackend;

/** Machines without OpenCL: said in one line, and no hindrance to the CPU. */
class NoOpenClTest {
  private static final String INSTALL =
      "; install an OpenCL driver of your GPU, or PoCL for the processor (Debian: apt-get install pocl-opencl-icd)";

  @TempDir static Path temporary;
  private static Path data;

  @TempDir Path folder;

  /** What is amiss, and what is said of it. */
  enum Amiss {
    /** The loader is there, and no driver. */
    NO_DEVICE("the OpenCL library is here, but it has no device" + INSTALL),
    /** A file that is no library stands for the one that is not there. */
    NO_LIBRARY(
        "the OpenCL library (libOpenCL) could not be loaded (LIBRARIES/libOpenCL.so.1: file too short)"
            + INSTALL),
    /** A processor that the binding was not compiled for. */
    NO_BINDING(
        "JOCL, the binding of OpenCL, has no library for Linux riscv64, but for x86-64 and ARM ("),
    /** No room for what the binding unpacks. */
    NO_FOLDER("no folder for native libraries could be made in ");

    private final String words;

    Amiss(String words) {
      this.words = words;
    }

    String words() {
      return words.replace("LIBRARIES", temporary.resolve("libraries").toString());
    }

    List<String> javaOptions() {
      return switch (this) {
        case NO_BINDING -> List.of("-Dos.arch=riscv64");
        case NO_FOLDER -> List.of("-Djava.io.tmpdir=" + temporary.resolve("absent"));
        default -> List.of();
      };
    }

    Map<String, String> environment() {
      return switch (this) {
        case NO_DEVICE -> Map.of("OCL_ICD_VENDORS", temporary.resolve("vendors").toString());
        case NO_LIBRARY -> Map.of("LD_LIBRARY_PATH", temporary.resolve("libraries").toString());
        default -> Map.of();
      };
    }
  }

  @BeforeAll
  static void writeFolders() throws IOException {
    data = SmallImages.write(temporary.resolve("data"));
    Files.createDirectory(temporary.resolve("vendors"));
    Path libraries = Files.createDirectory(temporary.resolve("libraries"));
    Files.createFile(libraries.resolve("libOpenCL.so.1"));
    Files.createFile(libraries.resolve("libOpenCL.so"));
  }

  private Invocation run(Amiss amiss, Path run, List<String> arguments) throws Exception {
    return new ChildRun(run, amiss.javaOptions(), amiss.environment(), arguments).finished();
  }

  private List<String> train(Path run, String backend) {
    return SmallImages.train(
        data, run, "--network", "784-10-10", "--epochs", "1", "--backend", backend);
  }

  private static void assumeNoCuda() {
    assumeFalse(CudaBackend.anyDevice().available(), "auto takes CUDA, which is here");
  }

  private static void assumeCanBeMade(Amiss amiss) {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "its loader is Linux's");
    if (amiss == Amiss.NO_DEVICE) {
      OpenClHere.device(NoOpenClTest.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void askedForItIsRefusedInOneLine(Amiss amiss) throws Exception {
    assumeCanBeMade(amiss);
    Path run = folder.resolve("asked");
    run(amiss, run, train(run, "opencl"))
        .assertFails(Raphe.WRONG_INPUT, "backend opencl cannot run here: " + amiss.words());
    assertTrue(Files.notExists(run), "no run folder is left behind");
    List<String> parity = List.of("parity", "--backends", "cpu,opencl");
    run(amiss, folder.resolve("parity"), parity)
        .assertFails(Raphe.WRONG_INPUT, "backend opencl cannot run here: " + amiss.words());
  }

  @ParameterizedTest
  @EnumSource
  void autoTakesTheCpuAndSaysWhere(Amiss amiss) throws Exception {
    assumeNoCuda();
    assumeCanBeMade(amiss);
    Path run = folder.resolve("auto");
    List<String> arguments = train(run, "auto");
    arguments.remove("--quiet");
    Invocation trained = run(amiss, run, arguments).assertDone();
    List<String> lines =
        trained.err().lines().filter(line -> line.startsWith("backend: ")).toList();
    assertEquals(1, lines.size(), trained.err());
    String why = "backend: cpu (auto: no usable GPU; raphe devices says why), ";
    assertTrue(lines.get(0).startsWith(why), lines.get(0));
    assertFalse(trained.err().contains("\tat "), trained.err());
    assertEquals("cpu", FinishedRun.result(run).at("/backend/name").textValue());
  }

  @ParameterizedTest
  @EnumSource
  void devicesListsItAndTheCause(Amiss amiss) throws Exception {
    assumeCanBeMade(amiss);
    Invocation devices = run(amiss, folder.resolve("devices"), List.of("devices")).assertDone();
    String unwrapped = devices.out().replaceAll("\\s+", " ");
    assertTrue(unwrapped.contains("opencl - no " + amiss.words().strip()), devices.out());
    assertTrue(unwrapped.contains("cpu 0 yes "), devices.out());
    assertTrue(devices.out().startsWith("backend "), "nothing comes before: " + devices.out());
  }
}
