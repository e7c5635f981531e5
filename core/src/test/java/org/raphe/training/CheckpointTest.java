package org.raphe.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.raphe.OneLine.assertFails;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.InputException;
import org.raphe.RunException;
import org.raphe.backend.NetworkState;
import org.raphe.learning.Optimizer;
import org.raphe.model.Model;
import org.raphe.network.NeuronModel;
import org.raphe.tensor.NamedTensors;
import org.raphe.tensor.SafeTensors;
import org.raphe.tensor.SafeTensorsBytes;
import org.raphe.tensor.Tensor;
import org.raphe.training.SmallRun.StopAfter;

class CheckpointTest {
  private static final String FINGERPRINT = "plan on data";

  @TempDir Path folder;
  private TrainingPlan plan;
  private Path path;

  @BeforeEach
  void writeOne() {
    plan = SmallRun.plan(NeuronModel.LIF);
    path = folder.resolve("checkpoint.safetensors");
    write(stopped(plan));
  }

  /** In the middle of the second epoch. */
  private static TrainingState stopped(TrainingPlan plan) {
    return SmallRun.run(plan, TrainingState.initial(plan), new StopAfter(10));
  }

  private void write(TrainingState state) {
    Checkpoint.write(path, plan.network(), FINGERPRINT, state);
  }

  private TrainingState read() {
    return read(SmallRun.TRAIN, FINGERPRINT);
  }

  /** As a run of some training samples. */
  private TrainingState read(int train, String fingerprint) {
    NetworkState begun = plan.placement().initialState();
    return Checkpoint.read(path, plan, SmallRun.stream(train), begun, fingerprint);
  }

  private void assertRefused(String... parts) {
    assertFails(InputException.class, this::read, parts);
  }

  @ParameterizedTest
  @EnumSource(NeuronModel.class)
  void readsBackToTheSameBits(NeuronModel neuron) {
    plan = SmallRun.plan(neuron);
    TrainingState state = stopped(plan);
    write(state);
    TrainingState back = read();
    SameState.assertSame(state, back);
    assertEquals(state.seconds(), back.seconds());
    assertEquals(state.passes().get(0).seconds(), back.passes().get(0).seconds());
  }

  @Test
  void extremesReadBackToTheSameBits() {
    TrainingState state = stopped(plan);
    float[] weights = state.parameters().layers().get(0).weights();
    weights[0] = -0f;
    weights[1] = Float.MIN_VALUE;
    weights[2] = -Float.MAX_VALUE;
    write(state);
    SameState.assertSame(state, read());
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(path);
    for (int length = 0; length < whole.length; length += length < 64 ? 1 : 61) {
      Files.write(path, Arrays.copyOf(whole, length));
      assertRefused("not a usable safetensors file");
    }
    Files.write(path, Arrays.copyOf(whole, whole.length - 1));
    assertRefused("not a usable safetensors file");
  }

  /** Of header and values, whichever they are. */
  @Test
  void everyFlippedBitIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(path);
    Random random = new Random(11);
    for (int at = 0; at < whole.length; at += 1 + random.nextInt(5)) {
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(path, flipped);
      assertRefused(path.toString());
    }
    Files.write(path, whole);
    assertEquals(2, SmallRun.epoch(read()), "as it was, it is read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"format", "version", "fingerprint", "progress", "sha256"})
  void whatItMustSayIsNeeded(String key) throws IOException {
    SafeTensors whole = SafeTensors.read(path);
    Map<String, String> texts = new HashMap<>(whole.metadata());
    texts.put(key, "other\nlines");
    new SafeTensors(texts, whole.tensors()).write(path);
    assertRefused("cannot resume from " + path);
    texts.remove(key);
    new SafeTensors(texts, whole.tensors()).write(path);
    assertRefused("cannot resume from " + path);
  }

  @Test
  void aModelIsNoCheckpoint() {
    new Model(plan.network(), 6, 1f, 9, stopped(plan).parameters()).write(path);
    assertRefused("not a checkpoint of Raphe");
  }

  @Test
  void anotherPlanOrOtherDataAreRefused() {
    assertFails(
        OtherRunException.class,
        () -> read(SmallRun.TRAIN, "plan on others"),
        "other settings or other data");
  }

  @Test
  void anotherNetworkIsRefused() {
    plan = SmallRun.plan(NeuronModel.LIF, "20-16-3", Optimizer.Adam.of(0.01), 9);
    assertRefused("layers.0.weight", "[20, 15]", "[20, 16]");
    plan = SmallRun.plan(NeuronModel.LIF, "20-15-3-3", Optimizer.Adam.of(0.01), 9);
    assertRefused("does not fit");
  }

  @Test
  void progressBeyondTheRunIsRefused() {
    TrainingState state = stopped(plan);
    assertFails(InputException.class, () -> read(20, FINGERPRINT), "does not fit");
    write(
        new TrainingState(
            state.finished(),
            state.passes(),
            state.passNumber(),
            state.samplesDone() + 1,
            state.stepsDone(),
            state.running(),
            0,
            state.network(),
            state.atStart()));
    assertRefused("does not fit");
  }

  /** Whatever a network keeps is written and read by its name, without a word of it here. */
  @Test
  void stateOfAnyNameReadsBackToTheSameBits() {
    Map<String, Tensor> head = new LinkedHashMap<>();
    head.put("layers.0.head.weight", new Tensor(List.of(2, 3), new float[] {1, 2, 3, 4, 5, -0f}));
    head.put("layers.0.head.bias", new Tensor(List.of(3), new float[] {6, 7, Float.MIN_VALUE}));
    NetworkState more = new NetworkState(new NamedTensors(head), Map.of("heads_seconds", 0.1));
    TrainingState state = with(stopped(plan), more);
    write(state);
    NetworkState begun = plan.placement().initialState().and(more);
    TrainingState back =
        Checkpoint.read(path, plan, SmallRun.stream(SmallRun.TRAIN), begun, FINGERPRINT);
    SameState.assertSame(state, back);
    assertEquals(0.1, back.network().scalars().get("heads_seconds"));
    assertRefused("does not fit");
    write(with(stopped(plan), new NetworkState(new NamedTensors(head))));
    assertRefused("\"layers.0.head.weight\"", "not expected");
    write(with(stopped(plan), new NetworkState(more.tensors(), Map.of("heads_seconds", -1.0))));
    assertFails(
        InputException.class,
        () -> Checkpoint.read(path, plan, SmallRun.stream(SmallRun.TRAIN), begun, FINGERPRINT),
        "does not fit");
  }

  private static TrainingState with(TrainingState state, NetworkState more) {
    return new TrainingState(
        state.finished(),
        state.passes(),
        state.passNumber(),
        state.samplesDone(),
        state.stepsDone(),
        state.running(),
        state.seconds(),
        state.network().and(more),
        state.atStart());
  }

  @ParameterizedTest
  @ValueSource(strings = {"raphe-checkpoint", "raphe-continual-checkpoint"})
  void checkpointsOfTheFirstVersionAreRefused(String format) throws IOException {
    SafeTensors whole = SafeTensors.read(path);
    Map<String, String> texts = new HashMap<>(whole.metadata());
    texts.put("format", format);
    texts.put("version", "1");
    new SafeTensors(texts, whole.tensors()).write(path);
    assertRefused("cannot resume from " + path, "another version of Raphe");
  }

  @Test
  void aNumberThatIsNoneIsRefused() {
    TrainingState state = stopped(plan);
    state.network().secondMoments().layers().get(1).biases()[0] = Float.NaN;
    write(state);
    assertRefused("NaN", "second_moment.layers.1.bias");
  }

  /** A header that speaks of 2 TiB, in a file of a few bytes: refused before memory is taken. */
  @Test
  void sizesThatWouldExhaustMemoryAreRefused() throws IOException {
    String header =
        "{\"__metadata__\":{\"format\":\"raphe-checkpoint\",\"version\":\"2\"},"
            + SafeTensorsBytes.entry("layers.0.weight", "[1000000,500000]", 0, 2_000_000_000_000L)
            + "}";
    Files.write(path, SafeTensorsBytes.of(header, 1, 2));
    assertRefused("too large");
    byte[] file = Files.readAllBytes(path);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 1L << 40);
    Files.write(path, file);
    assertRefused("1099511627776 bytes");
  }

  @Test
  void anOlderCheckpointStandsWhereWritingFails() throws IOException {
    byte[] before = Files.readAllBytes(path);
    Files.createDirectories(folder.resolve("checkpoint.safetensors.part").resolve("in the way"));
    assertFails(RunException.class, () -> write(stopped(plan)), "cannot write " + path);
    assertArrayEquals(before, Files.readAllBytes(path));
  }
}
