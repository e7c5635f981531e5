package org.raphe.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What kernels take of a multiprocessor once they are assembled. The bounds are what they took with
 * the assembler of the compiler that made the PTX; another assembler may rightly need more.
 */
class AssembledKernelsTest {
  /** The shared memory of a launch, which these tests cannot ask: {@code rooms.txt}. */
  private static final Path ROOMS = Path.of("rooms.txt");

  private static final Pattern THREADS = Pattern.compile("\\.maxntid (\\d+), (\\d+), (\\d+)");

  private static String ptxas;

  /**
   * What a kernel may take.
   *
   * @param registers of a thread on any device, at most: what was measured, up to a multiple of 8
   * @param sharedBytes that the kernel declares, at most
   * @param blocks90 blocks of a launch that a multiprocessor of sm_90 holds, at least
   * @param blocks86 the same of sm_86
   */
  record Bound(String module, int registers, int sharedBytes, int blocks90, int blocks86) {}

  static Stream<Bound> bounds() {
    return Stream.of(
        new Bound("hidden_layer_spiking_classification_20", 128, 1552, 4, 4),
        new Bound("hidden_layer_spiking_classification_32", 184, 1552, 2, 2),
        new Bound("hidden_layer_spiking_continual_20", 152, 1552, 3, 3),
        new Bound("hidden_layer_spiking_continual_32", 184, 1552, 2, 2),
        new Bound("readout_spiking_classification_20", 80, 1552, 6, 2),
        new Bound("readout_spiking_classification_32", 96, 1552, 5, 3),
        new Bound("readout_spiking_continual_20", 72, 1552, 6, 2),
        new Bound("readout_spiking_continual_32", 72, 1552, 7, 3),
        new Bound("hidden_layer_spiking_counted_20", 128, 1552, 4, 4),
        new Bound("hidden_layer_spiking_counted_32", 176, 1552, 2, 2),
        new Bound("readout_spiking_counted_20", 80, 1552, 5, 2),
        new Bound("readout_spiking_counted_32", 96, 1552, 5, 3),
        new Bound("convolve_spiking_20", 128, 11840, 8, 7),
        new Bound("convolve_spiking_32", 240, 20032, 4, 4),
        new Bound("learn_convolution_spiking", 112, 20480, 2, 2),
        new Bound("learn_spiking_counted", 80, 0, 6, 4),
        new Bound("learn_spiking", 72, 0, 7, 4),
        new Bound("learn_spiking_staged", 104, 0, 5, 2));
  }

  @BeforeAll
  static void find() {
    ptxas = Ptxas.program();
    if (ptxas == null) {
      skip("there is no ptxas: what assembled kernels take is not known");
    }
  }

  @Test
  void noKernelHasAStack() {
    List<String> faults = new ArrayList<>();
    for (String device : Ptxas.known(ptxas)) {
      ShippedPtx.modules().parallelStream()
          .map(module -> Ptxas.assemble(ptxas, device, module))
          .filter(each -> !each.succeeded() || each.stackBytes() != 0)
          .map(each -> each.module() + " for " + device + ": " + each.said())
          .forEachOrdered(faults::add);
    }
    assertTrue(faults.isEmpty(), () -> String.join("\n", faults));
  }

  @Test
  void everySpikingKernelIsBounded() {
    assertEquals(
        ShippedPtx.modules().stream()
            .map(module -> module.getFileName().toString().replace(".ptx", ""))
            .filter(module -> module.contains("spiking"))
            .toList(),
        bounds().map(Bound::module).sorted().toList());
  }

  @ParameterizedTest
  @MethodSource("bounds")
  void aSpikingKernelTakesNoMore(Bound bound) {
    requireTheCompilersAssembler();
    for (String device : Ptxas.known(ptxas)) {
      Ptxas.Assembled module = assembled(device, bound.module);
      String what = bound.module + " for " + device + " takes ";
      assertTrue(module.registers() > 0, module::said);
      assertTrue(
          module.registers() <= bound.registers, what + module.registers() + " registers a thread");
      assertTrue(
          module.sharedBytes() <= bound.sharedBytes,
          what + module.sharedBytes() + " bytes of shared memory");
    }
  }

  @ParameterizedTest
  @MethodSource("bounds")
  void asManyOfItsBlocksResideAsDid(Bound bound) {
    requireTheCompilersAssembler();
    assertResident(bound.blocks90, bound.module, "sm_90", Multiprocessor.SM_90);
    assertResident(bound.blocks86, bound.module, "sm_86", Multiprocessor.SM_86);
  }

  private static void assertResident(
      int least, String name, String device, Multiprocessor multiprocessor) {
    Ptxas.Assembled module = assembled(device, name);
    int shared = module.sharedBytes() + room(name);
    int resident = multiprocessor.resident(threads(name), module.registers(), shared);
    assertTrue(
        resident >= least,
        () ->
            "a multiprocessor of %s holds %d blocks of %s, not %d: %d registers a thread, %d bytes"
                .formatted(device, resident, name, least, module.registers(), shared));
  }

  private static Ptxas.Assembled assembled(String device, String module) {
    return Ptxas.assemble(ptxas, device, path(module));
  }

  private static Path path(String module) {
    return ShippedPtx.FOLDER.resolve(module + ".ptx");
  }

  private static int threads(String module) {
    Matcher found = THREADS.matcher(ShippedPtx.read(path(module)));
    assertTrue(found.find(), module);
    return Integer.parseInt(found.group(1))
        * Integer.parseInt(found.group(2))
        * Integer.parseInt(found.group(3));
  }

  private static int room(String module) {
    return ShippedPtx.read(ROOMS)
        .lines()
        .filter(line -> line.startsWith(module + " "))
        .mapToInt(line -> Integer.parseInt(line.substring(module.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  private static void requireTheCompilersAssembler() {
    if (!Ptxas.isTheCompilers(ptxas)) {
      skip("ptxas is not that of the compiler of the PTX: registers are not compared");
    }
  }

  private static void skip(String reason) {
    System.out.println(reason);
    abort(reason);
  }
}
