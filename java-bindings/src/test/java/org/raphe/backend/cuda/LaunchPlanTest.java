package org.raphe.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.backend.Placement;
import org.raphe.backend.device.DeviceLimits;
import org.raphe.backend.device.Extent;
import org.raphe.backend.device.InputChunk;
import org.raphe.backend.device.KernelAttributes;
import org.raphe.backend.device.KernelSettings;
import org.raphe.backend.device.LaunchLimits;
import org.raphe.backend.device.LaunchShape;
import org.raphe.kernels.cuda.CudaSources;

/**
 * Every window over inputs of every number of chunks has a launch that every GPU allows. What
 * kernels take by themselves is read from the PTX that ships.
 */
class LaunchPlanTest {
  private static final int USUAL = 48 * 1024;
  private static final int[] INPUTS = {1, 604, 660, 784, 3072};
  private static final Pattern SHARED =
      Pattern.compile("\\.shared \\.align (\\d+) \\.b8 \\S+\\[(\\d*)\\];");
  private static final Pattern THREADS = Pattern.compile("\\.maxntid (\\d+), (\\d+), (\\d+)");

  private final Map<String, KernelAttributes> known = new HashMap<>();

  private static LaunchLimits gpu(int mostShared) {
    return new LaunchLimits(
        "a GPU",
        new Extent(Integer.MAX_VALUE, 65535, 65535),
        new Extent(1024, 1024, 64),
        1024,
        USUAL,
        mostShared);
  }

  private KernelAttributes attributes(String kernel, KernelSettings settings) {
    return known.computeIfAbsent(CudaVariant.of(kernel, settings), v -> read(kernel, v));
  }

  private static KernelAttributes read(String kernel, String variant) {
    String ptx = CudaSources.read(variant);
    int bytes = 0;
    int align = 1;
    for (Matcher each = SHARED.matcher(ptx); each.find(); ) {
      int to = Integer.parseInt(each.group(1));
      if (each.group(2).isEmpty()) {
        align = to; // Where a launch's own begins.
      } else {
        bytes = (bytes + to - 1) / to * to + Integer.parseInt(each.group(2));
      }
    }
    Matcher threads = THREADS.matcher(ptx);
    assertTrue(bytes > 0 && align > 1 && threads.find(), variant);
    int most = Integer.parseInt(threads.group(1));
    return new KernelAttributes(kernel, most, (bytes + align - 1) / align * align, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "7.5, 65536",
    "8.0, 166912",
    "8.6, 101376",
    "8.9, 101376",
    "9.0, 232448",
    "10.0, 232448",
    "12.0, 101376"
  })
  void everyWindowOverEveryNumberOfInputsHasALaunch(String capability, int mostShared) {
    LaunchLimits gpu = gpu(mostShared);
    LaunchShape shape = LaunchShape.compiled(new DeviceLimits(1, 1024, USUAL, 1L << 34, 1L << 34));
    for (int steps = 1; steps <= Placement.MAX_STEPS; steps++) {
      int each = Float.BYTES * (shape.stepColumns(steps) + 2);
      for (int continual = 0; continual <= 1; continual++) {
        KernelSettings with =
            KernelSettings.none().with("STEPS", steps).with("CONTINUAL", continual);
        assertLaunches(attributes("hidden_layer_spiking", with), shape.group(), each, gpu);
        assertLaunches(attributes("readout_spiking", with), shape.readoutGroup(), each, gpu);
      }
    }
    int each = Float.BYTES * (shape.sampleColumns(Placement.MAX_BATCH) + 1);
    KernelSettings none = KernelSettings.none();
    assertLaunches(attributes("hidden_layer_rate", none), shape.group(), each, gpu);
    assertLaunches(attributes("readout_rate", none), shape.readoutGroup(), each, gpu);
  }

  private static void assertLaunches(
      KernelAttributes kernel, int group, int each, LaunchLimits gpu) {
    LaunchLimits usual = gpu(USUAL);
    for (int inputs : INPUTS) {
      int size = InputChunk.size(kernel, inputs, each, gpu);
      gpu.check(kernel, new Extent(1, 1, 1), new Extent(group, 1, 1), (long) size * each);
      int chunks = (inputs + size - 1) / size;
      int without = InputChunk.size(kernel, inputs, each, usual);
      boolean more = kernel.localBytes() + size * each > USUAL;
      assertEquals(more, chunks < (inputs + without - 1) / without, kernel + ", " + inputs);
      boolean fits = kernel.localBytes() + (inputs + 3) / 4 * 4 * each <= gpu.mostLocalMemory();
      assertEquals(fits, chunks == 1, kernel + ", " + inputs + " inputs in chunks of " + size);
    }
  }

  /** What version 1 asked for: 49,520 bytes, its own part included, and no GPU allowed it. */
  @ParameterizedTest
  @CsvSource({"65536, 784", "49152, 392"})
  void theLaunchThatEveryGpuRefusedIsNotPlannedAnyMore(int mostShared, int chunk) {
    KernelAttributes kernel =
        attributes(
            "hidden_layer_spiking", KernelSettings.none().with("STEPS", 32).with("CONTINUAL", 0));
    int size = InputChunk.size(kernel, 784, 72, gpu(mostShared));
    assertEquals(chunk, size);
    assertTrue(kernel.localBytes() + 72 * size <= mostShared);
  }
}
