package org.raphe.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.backend.Placement;
import org.raphe.backend.device.DeviceLimits;
import org.raphe.backend.device.Extent;
import org.raphe.backend.device.InputChunk;
import org.raphe.backend.device.KernelAttributes;
import org.raphe.backend.device.KernelSettings;
import org.raphe.backend.device.LaunchLimits;
import org.raphe.backend.device.LaunchShape;
import org.raphe.backend.device.LearningRoom;
import org.raphe.backend.device.SpikeRoom;
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
    String ptx = CudaSources.readPtx(variant);
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
    assertTrue(threads.find(), variant);
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
      for (int continual = 0; continual <= 1; continual++) {
        KernelSettings with =
            KernelSettings.none()
                .with("COLUMNS", shape.stepColumns(steps))
                .with("CONTINUAL", continual);
        SpikeRoom hidden = SpikeRoom.hidden(shape, steps);
        SpikeRoom readout = SpikeRoom.readout(shape, steps, continual == 1, false);
        assertLaunches(
            attributes("hidden_layer_spiking", with), hidden.group(), hidden::bytes, gpu);
        assertLaunches(attributes("readout_spiking", with), readout.group(), readout::bytes, gpu);
      }
      assertLearns(LearningRoom.of(shape, gpu, steps, 10), shape, gpu);
      assertLearns(LearningRoom.of(shape, gpu, steps, 1000), shape, gpu);
    }
    IntToLongFunction each =
        chunk -> (long) Float.BYTES * chunk * (shape.sampleColumns(Placement.MAX_BATCH) + 1);
    KernelSettings none = KernelSettings.none();
    assertLaunches(attributes("hidden_layer_rate", none), shape.group(), each, gpu);
    assertLaunches(attributes("readout_rate", none), shape.readoutGroup(), each, gpu);
  }

  private void assertLearns(LearningRoom room, LaunchShape shape, LaunchLimits gpu) {
    KernelSettings with = KernelSettings.none().with("STAGED", room.staged());
    Extent group = new Extent(shape.tileItems(), shape.learningRows(), 1);
    gpu.check(attributes("learn_spiking", with), new Extent(1, 1, 1), group, room.bytes());
  }

  private static void assertLaunches(
      KernelAttributes kernel, int group, IntToLongFunction room, LaunchLimits gpu) {
    LaunchLimits usual = gpu(USUAL);
    for (int inputs : INPUTS) {
      int size = InputChunk.size(kernel, inputs, room, gpu);
      gpu.check(kernel, new Extent(1, 1, 1), new Extent(group, 1, 1), room.applyAsLong(size));
      int chunks = (inputs + size - 1) / size;
      int without = InputChunk.size(kernel, inputs, room, usual);
      boolean more = kernel.localBytes() + room.applyAsLong(size) > USUAL;
      assertEquals(more, chunks < (inputs + without - 1) / without, kernel + ", " + inputs);
      boolean fits =
          kernel.localBytes() + room.applyAsLong((inputs + 3) / 4 * 4) <= gpu.mostLocalMemory();
      assertEquals(fits, chunks == 1, kernel + ", " + inputs + " inputs in chunks of " + size);
    }
  }

  /** What version 1 asked for: 49,520 bytes, its own part included, and no GPU allowed it. */
  @ParameterizedTest
  @ValueSource(ints = {49152, 65536})
  void theLaunchThatEveryGpuRefusedIsNotPlannedAnyMore(int mostShared) {
    LaunchShape shape = LaunchShape.compiled(new DeviceLimits(1, 1024, USUAL, 1L << 34, 1L << 34));
    KernelSettings with =
        KernelSettings.none().with("COLUMNS", shape.stepColumns(32)).with("CONTINUAL", 0);
    KernelAttributes kernel = attributes("hidden_layer_spiking", with);
    SpikeRoom room = SpikeRoom.hidden(shape, 32);
    int size = InputChunk.size(kernel, 784, room::bytes, gpu(mostShared));
    assertEquals(784, size);
    assertTrue(kernel.localBytes() + room.bytes(size) <= USUAL);
  }
}
