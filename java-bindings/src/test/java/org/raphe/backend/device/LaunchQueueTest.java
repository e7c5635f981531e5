package org.raphe.backend.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.raphe.RunException;
import org.raphe.learning.Optimizer;
import org.raphe.learning.OptimizerStep;

/** What a device is told, and when, while launches are kept. */
class LaunchQueueTest {
  private final List<String> told = new ArrayList<>();
  private final RecordingDevice device = new RecordingDevice(told);
  private BatchTable table;
  private Kernel first;
  private Kernel second;

  @BeforeEach
  void place() {
    table = new BatchTable(device, 1);
    first = new QueuedKernel(device.queue(), device.kernel("first", null, 1, 1), table);
    second = new QueuedKernel(device.queue(), device.kernel("second", null, 1, 1), table);
    told.clear();
  }

  private void batch(int number) {
    table.begin(number, 10 * number, 0.5f);
    first.launch(1, 1, 1);
    second.launch(1, 1, 1);
  }

  /** What was told since this was last asked. */
  private List<String> told() {
    List<String> copy = List.copyOf(told);
    told.clear();
    return copy;
  }

  private static List<String> launches(int from, int to) {
    List<String> launches = new ArrayList<>();
    for (int slot = from; slot < to; slot++) {
      launches.addAll(List.of("first slot=" + slot, "first!", "second slot=" + slot, "second!"));
    }
    return launches;
  }

  @Test
  void eightBatchesWaitForTheNinth() {
    for (int number = 1; number <= 8; number++) {
      batch(number);
    }
    assertEquals(List.of(), told());
    batch(9);
    List<String> expected = new ArrayList<>();
    expected.add("rows of batches: 1@10 2@20 3@30 4@40 5@50 6@60 7@70 8@80");
    expected.addAll(launches(0, 8));
    assertEquals(expected, told());
    device.queue().send();
    expected = new ArrayList<>(List.of("rows of batches: 9@90"));
    expected.addAll(launches(0, 1));
    assertEquals(expected, told());
    device.queue().send();
    assertEquals(List.of(), told());
  }

  @Test
  void bindingAnotherValueSendsWhatWaitsForTheOldOne() {
    first.bind("credit", 1);
    batch(1);
    second.bind("credit", 1); // Its launch was not told any.
    told();
    batch(2);
    first.bind("credit", 1);
    assertEquals(List.of(), told());
    first.bind("credit", 0);
    assertEquals("first credit=0", told.get(told.size() - 1));
    assertEquals("second!", told.get(told.size() - 2));
    told();
    first.bind("credit", 0);
    assertEquals(List.of(), told());
  }

  /** A row that a waiting launch shall read is not written over. */
  @Test
  void aBatchThatWasSentInPartKeepsItsSlot() {
    batch(1);
    device.queue().send();
    told();
    first.launch(1, 1, 1);
    batch(2);
    device.queue().send();
    assertEquals(
        List.of(
            "rows of batches: 1@10 2@20",
            "first slot=0",
            "first!",
            "first slot=1",
            "first!",
            "second slot=1",
            "second!"),
        told());
  }

  @Test
  void anotherStreamOrStepOfABatchSendsWhatWasToldTheOldOne() {
    batch(1);
    table.stream(5);
    table.step(0, step(0.5));
    assertEquals(List.of(), told());
    table.stream(5);
    table.step(0, step(0.5));
    assertEquals(List.of(), told());
    first.launch(1, 1, 1);
    table.stream(6);
    assertEquals("first!", told().get(6));
    first.launch(1, 1, 1);
    table.step(0, step(0.25));
    assertEquals(List.of("rows of batches: 1@10", "first slot=0", "first!"), told());
  }

  private static OptimizerStep step(double rate) {
    return new Optimizer.Sgd(rate).step(1, 1.0);
  }

  @Test
  void whereLaunchesAreSentAtOnceNothingWaits() {
    device.atOnce = true;
    batch(1);
    List<String> expected = new ArrayList<>(List.of("rows of batches: 1@10"));
    expected.addAll(launches(0, 1));
    assertEquals(expected, told());
  }

  @Test
  void aFailureIsSaidOnceAndNothingIsLaunchedAfterIt() {
    batch(1);
    device.failure = new RunException("lost");
    RunException said = assertThrows(RunException.class, () -> device.queue().send());
    assertEquals("lost", said.getMessage());
    device.queue().send();
    assertEquals(List.of("rows of batches: 1@10"), told());
  }

  /** Writes down what it is told. */
  private static final class RecordingDevice implements KernelDevice {
    private final List<String> told;
    private final LaunchQueue queue = new LaunchQueue(this);
    private boolean atOnce;
    private RunException failure;

    RecordingDevice(List<String> told) {
      this.told = told;
    }

    @Override
    public LaunchQueue queue() {
      return queue;
    }

    @Override
    public boolean sendsAtOnce() {
      return atOnce;
    }

    @Override
    public void launch(List<KeptLaunch> launches) {
      if (failure != null) {
        throw failure;
      }
      launches.forEach(KeptLaunch::launch);
    }

    @Override
    public Kernel kernel(String name, KernelSettings settings, int groupX, int groupY) {
      return new RecordingKernel(name, told);
    }

    @Override
    public DeviceMemory allocate(String holds, long bytes) {
      return new RecordingMemory(holds, bytes, told);
    }

    @Override
    public LaunchShape shape() {
      throw new UnsupportedOperationException();
    }

    @Override
    public LaunchLimits launchLimits() {
      throw new UnsupportedOperationException();
    }

    @Override
    public KernelAttributes attributes(String name, KernelSettings settings) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean hasDoubles() {
      return true;
    }

    @Override
    public void finish() {
      queue.send();
    }
  }

  /** Writes down what it is bound to, and its launches. */
  private record RecordingKernel(String name, List<String> told) implements Kernel {

    private Kernel bound(String parameter, Object value) {
      told.add(name + " " + parameter + "=" + value);
      return this;
    }

    @Override
    public Kernel bind(String parameter, DeviceMemory memory) {
      return bound(parameter, memory);
    }

    @Override
    public Kernel bind(String parameter, int value) {
      return bound(parameter, value);
    }

    @Override
    public Kernel bind(String parameter, float value) {
      return bound(parameter, value);
    }

    @Override
    public Kernel bind(String parameter, ByteBuffer struct) {
      return bound(parameter, struct);
    }

    @Override
    public Kernel room(int bytes) {
      return bound("room", bytes);
    }

    @Override
    public void launch(int groupsX, int groupsY, int groupsZ) {
      told.add(name + "!");
    }

    @Override
    public void close() {
      told.add(name + " closed");
    }
  }

  /** Writes down the rows that are written to it: size and begin. */
  private record RecordingMemory(String holds, long bytes, List<String> told)
      implements DeviceMemory {

    @Override
    public void writeInOrder(ByteBuffer values) {
      StringBuilder words = new StringBuilder(holds).append(':');
      ByteBuffer rows = values.duplicate().order(ByteOrder.nativeOrder());
      for (int at = 0; at < rows.limit() && holds.startsWith("rows"); at += 16) {
        words.append(' ').append(rows.getInt(at)).append('@').append(rows.getInt(at + 4));
      }
      told.add(words.toString());
    }

    @Override
    public void write(float[] values) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(int[] values) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(byte[] values) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void clear() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void read(float[] values) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void read(int[] values) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void read(long[] values) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
