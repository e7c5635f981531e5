package org.raphe.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What inner loops cost, counted from machine code; {@code kernels-cuda/count} counts the same. */
class CountedLoopsTest {
  private static final String COUNT = Path.of("count").toAbsolutePath().toString();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"sm_75", "sm_86", "sm_90", "sm_120"})
  void aLoopCostsNoMore(String device) throws IOException {
    String ptxas = requireTools();
    String rows = "";
    for (CountedLoop loop : CountedLoop.all()) {
      int slots = disassembled(ptxas, device, loop.module()).slots(loop.wanted());
      double each = (double) slots / loop.served();
      String what = loop.module() + " for " + device + ", " + loop.counted() + ": " + each;
      assertTrue(each <= loop.mostSlots(), what + " issue slots, not " + loop.mostSlots());
      rows += row(loop, slots);
    }
    ShippedPtx.Ended counted = ShippedPtx.run("sh", COUNT, device);
    assertEquals(0, counted.status(), counted.output());
    assertEquals(rows, withoutHeading(counted.output()), "kernels-cuda/count " + device);
  }

  private static String row(CountedLoop loop, int slots) {
    return String.format(
        Locale.ROOT,
        "| `%s` | %s | %s | %d | %d |%n",
        loop.module(),
        loop.counted(),
        loop.wanted(),
        slots,
        loop.served());
  }

  /** The rows of the table without their last column, which is rounded. */
  private static String withoutHeading(String table) {
    StringBuilder rows = new StringBuilder();
    table
        .lines()
        .skip(2)
        .map(line -> line.replaceFirst(" [0-9.]+ \\|$", "\n"))
        .forEach(rows::append);
    return rows.toString();
  }

  private MachineCode disassembled(String ptxas, String device, String module) {
    String cubin = folder.resolve(module + ".cubin").toString();
    String ptx = ShippedPtx.FOLDER.resolve(module + ".ptx").toString();
    ShippedPtx.Ended assembled = ShippedPtx.run(ptxas, "-arch=" + device, ptx, "-o", cubin);
    assertEquals(0, assembled.status(), assembled.output());
    ShippedPtx.Ended text = ShippedPtx.run(nvdisasm(), "-c", cubin);
    assertEquals(0, text.status(), text.output());
    return new MachineCode(text.output());
  }

  private static String nvdisasm() {
    return ShippedPtx.program("NVDISASM", "nvdisasm");
  }

  /** Returns the assembler. */
  private static String requireTools() {
    String ptxas = Ptxas.program();
    String reason = null;
    if (ptxas == null) {
      reason = "there is no ptxas: loops are not counted";
    } else if (!Ptxas.isTheCompilers(ptxas)) {
      reason = "ptxas is not that of the compiler of the PTX: loops are not counted";
    } else if (ShippedPtx.run(nvdisasm(), "--version") == null) {
      reason = "there is no nvdisasm: loops are not counted";
    }
    if (reason != null) {
      System.out.println(reason);
      abort(reason);
    }
    return ptxas;
  }

  @Test
  void aLoopThatIsNotFoundIsOneLine() throws IOException, InterruptedException {
    List<String> said = countWith(silent("assembler"), silent("disassembler"));
    assertEquals(3, said.size(), said.toString()); // After the table's heading.
    assertTrue(
        said.get(2)
            .contains("FFMA=320 in the machine code of " + CountedLoop.all().get(0).module()),
        said.toString());
  }

  @Test
  void aProgramThatIsNotThereIsOneLine() throws IOException, InterruptedException {
    String absent = folder.resolve("absent").toString();
    List<String> said = countWith(silent("assembler"), absent);
    assertEquals(1, said.size(), said.toString());
    assertTrue(said.get(0).startsWith(absent + " is not installed"), said.toString());
  }

  /** A program that prints nothing. */
  private String silent(String name) throws IOException {
    Path program = Files.writeString(folder.resolve(name), "#!/bin/sh\n");
    assertTrue(program.toFile().setExecutable(true));
    return program.toString();
  }

  private static List<String> countWith(String ptxas, String nvdisasm)
      throws IOException, InterruptedException {
    ProcessBuilder count = new ProcessBuilder("sh", COUNT).redirectErrorStream(true);
    count.environment().put("PTXAS", ptxas);
    count.environment().put("NVDISASM", nvdisasm);
    Process process = count.start();
    List<String> said = new String(process.getInputStream().readAllBytes()).lines().toList();
    assertEquals(1, process.waitFor(), said.toString());
    return said;
  }
}
