package org.raphe.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.raphe.backend.Placement;
import org.raphe.backend.device.DeviceLimits;
import org.raphe.backend.device.Extent;
import org.raphe.backend.device.LaunchLimits;
import org.raphe.backend.device.LaunchShape;
import org.raphe.backend.device.LearningRoom;
import org.raphe.backend.device.SpikeRoom;

/**
 * The rooms with which kernels-cuda counts the blocks of a multiprocessor are those of launches.
 */
class LaunchRoomTest {
  private static final Path ROOMS = Path.of("..", "kernels-cuda", "rooms.txt");
  private static final int USUAL = 48 * 1024;

  /** Shared memory of a block of sm_86, the least of the devices whose blocks are counted. */
  private static final int MOST = 99 * 1024;

  private static final int INPUTS = 784;
  private static final int HIDDEN = 1000;
  private static final int CLASSES = 10;

  @Test
  void roomsAreThoseOfLaunches() throws IOException {
    LaunchShape shape = LaunchShape.compiled(new DeviceLimits(1, 1024, USUAL, 1L << 34, 1L << 34));
    Map<String, Integer> rooms = new TreeMap<>();
    for (int steps : new int[] {20, 32}) {
      for (String mode : new String[] {"classification", "continual"}) {
        String window = "_spiking_" + mode + "_" + shape.stepColumns(steps);
        SpikeRoom readout = SpikeRoom.readout(shape, steps, mode.equals("continual"), false);
        rooms.put("hidden_layer" + window, SpikeRoom.hidden(shape, steps).bytes(INPUTS));
        rooms.put("readout" + window, readout.bytes(HIDDEN));
      }
      String columns = "spiking_counted_" + shape.stepColumns(steps);
      rooms.put("hidden_layer_" + columns, SpikeRoom.hidden(shape, steps).bytes(INPUTS));
      SpikeRoom counted = SpikeRoom.readout(shape, steps, false, true);
      rooms.put("readout_" + columns, counted.bytes(HIDDEN));
      String convolution = "convolve_spiking_" + shape.stepColumns(steps);
      rooms.put(convolution, SpikeRoom.ofWindows(steps));
    }
    rooms.put("learn_spiking", learningRoom(shape, HIDDEN));
    rooms.put("learn_spiking_counted", learningRoom(shape, HIDDEN));
    rooms.put("learn_convolution_spiking", 0);
    rooms.put("learn_spiking_staged", learningRoom(shape, CLASSES));
    int rateColumns = shape.sampleColumns(Placement.MAX_BATCH) + 1;
    rooms.put("hidden_layer_rate", Float.BYTES * INPUTS * rateColumns);
    rooms.put("readout_rate", Float.BYTES * HIDDEN * rateColumns);
    assertEquals(rooms, written());
  }

  private static int learningRoom(LaunchShape shape, int units) {
    Extent most = new Extent(1024, 1024, 64);
    LaunchLimits limits = new LaunchLimits("a GPU", most, most, 1024, USUAL, MOST);
    return LearningRoom.of(shape, limits, 20, units).bytes();
  }

  private static Map<String, Integer> written() throws IOException {
    return Files.readAllLines(ROOMS).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split(" "))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> Integer.parseInt(pair[1]), (a, b) -> b, TreeMap::new));
  }
}
