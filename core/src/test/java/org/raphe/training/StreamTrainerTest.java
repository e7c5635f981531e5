package org.raphe.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.raphe.OneLine.assertFails;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.raphe.InputException;
import org.raphe.RunException;
import org.raphe.backend.Backend;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.continual.ExperienceMetrics;
import org.raphe.continual.ExperienceStream;
import org.raphe.continual.Protocol;
import org.raphe.data.Dataset;
import org.raphe.learning.Optimizer;
import org.raphe.network.NeuronModel;

class StreamTrainerTest {
  private static final int NEVER = Integer.MAX_VALUE - 1;
  private static final Optimizer SGD = new Optimizer.Sgd(0.05);

  @TempDir Path folder;

  /** Through a file each time; with Adam, whose moments live on from one experience to the next. */
  @ParameterizedTest
  @EnumSource(NeuronModel.class)
  void stoppedAnywhereItEndsWithTheSameBits(NeuronModel neuron) {
    TrainingPlan plan = SmallStream.plan(neuron, Protocol.STRICT, Optimizer.Adam.of(0.01));
    SameStream.assertResumes(plan, folder.resolve("checkpoint"));
  }

  /** In tests too, through a file each time. */
  @Test
  void askedToStopItStopsAtOnceAndEndsWithTheSameBits() {
    TrainingPlan plan = SmallStream.plan(NeuronModel.RATE, Protocol.PUBLISHED, SGD);
    Path file = folder.resolve("checkpoint");
    Dataset dataset = SmallStream.dataset();
    ExperienceStream stream = SmallStream.stream(dataset);
    StopAt never = new StopAt(0);
    try (Backend backend = new CpuBackend(1)) {
      TrainingState whole = new Trainer(plan, dataset, stream, never).run(backend);
      for (int time = 1; time <= never.asked(); time++) {
        TrainingState stopped = new Trainer(plan, dataset, stream, new StopAt(time)).run(backend);
        assertFalse(stopped.isDone(stream), "stopped at " + time);
        Checkpoint.write(file, plan.network(), "here", stopped);
        TrainingState read = SmallStream.read(file, plan, "here");
        SameStream.assertSame(
            whole, new Trainer(plan, dataset, stream, new StopAt(0)).run(backend, read));
      }
    }
  }

  @Test
  void experiencesAreLearnedOneAfterAnother() {
    TrainingPlan plan = SmallStream.plan(NeuronModel.RATE, Protocol.STRICT, SGD);
    TrainingState end = SmallStream.run(plan, TrainingState.initial(plan), NEVER);
    assertEquals(List.of(0, 1, 2), end.finished().stream().map(e -> e.experience()).toList());
    assertEquals(0, end.finished().get(0).passes().size());
    for (int k = 1; k <= 2; k++) {
      ExperienceMetrics metrics = end.finished().get(k);
      assertEquals(3, metrics.passes().size());
      assertEquals(30, metrics.passes().get(0).train().samples(), "half of the samples");
      assertEquals(30, metrics.test().samples(), "all experiences are tested");
      assertEquals(2, metrics.changes().size());
    }
    assertEquals(2 * 3 * 4, end.stepsDone());
    assertEquals(0, Arrays.stream(end.finished().get(2).test().synapseUpdates()).sum());
  }

  @Test
  void anExperienceEndsWhenItIsTold() {
    TrainingPlan plan = SmallStream.plan(NeuronModel.RATE, Protocol.STRICT, SGD, 200, 0.9);
    TrainingState end = SmallStream.run(plan, TrainingState.initial(plan), NEVER);
    List<ExperienceMetrics.Pass> passes = end.finished().get(1).passes();
    assertTrue(passes.size() > 1 && passes.size() < 200, passes.size() + " passes");
    for (ExperienceMetrics.Pass pass : passes) {
      assertEquals(pass == passes.get(passes.size() - 1), pass.train().accuracy() >= 0.9);
    }
  }

  /** Batches that were tested, as the network was shown them: their labels. */
  private static List<List<Integer>> testedBatches(Protocol protocol) {
    Dataset dataset = SmallStream.dataset();
    TrainingPlan plan = SmallStream.plan(NeuronModel.RATE, protocol, SGD);
    List<List<Integer>> batches = new ArrayList<>();
    try (Backend cpu = new CpuBackend(1)) {
      Backend watched = (Backend) proxy(Backend.class, cpu, batches);
      new Trainer(plan, dataset, SmallStream.stream(dataset), new TrainingListener() {})
          .run(watched, TrainingState.initial(plan));
    }
    return batches;
  }

  /** Hands every call on and notes which classes share a batch: sample k is of class k mod 4. */
  private static Object proxy(Class<?> type, Object target, List<List<Integer>> batches) {
    InvocationHandler handler =
        (self, method, arguments) -> {
          Object result;
          try {
            result = method.invoke(target, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
          if (method.getName().equals("beginBatch")) {
            List<Integer> labels = new ArrayList<>();
            for (int k = 0; k < (int) arguments[3]; k++) {
              labels.add(((int[]) arguments[1])[(int) arguments[2] + k] % SmallStream.CLASSES);
            }
            batches.add(labels);
          }
          return method.getReturnType() == PlacedNetwork.class
              ? proxy(PlacedNetwork.class, (PlacedNetwork) result, batches)
              : result;
        };
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
  }

  @Test
  void strictShowsOneTestSampleAtATime() {
    List<List<Integer>> first = testedBatches(Protocol.STRICT).subList(0, 30);
    assertTrue(first.stream().allMatch(labels -> labels.size() == 1), first.toString());
  }

  /** 30 test samples are 8, 8, 7 and 7 of the four classes; batches hold up to 8. */
  @Test
  void publishedShowsBatchesOfOneClass() {
    List<List<Integer>> first = testedBatches(Protocol.PUBLISHED).subList(0, 4);
    assertEquals(30, first.stream().mapToInt(List::size).sum());
    for (List<Integer> labels : first) {
      assertEquals(1, labels.stream().distinct().count(), labels.toString());
    }
    assertEquals(4, first.stream().map(labels -> labels.get(0)).distinct().count());
  }

  @Test
  void theProtocolDecidesNoWeight() {
    TrainingPlan strict = SmallStream.plan(NeuronModel.LIF, Protocol.STRICT, SGD);
    TrainingPlan published = SmallStream.plan(NeuronModel.LIF, Protocol.PUBLISHED, SGD);
    TrainingState one = SmallStream.run(strict, TrainingState.initial(strict), NEVER);
    TrainingState other = SmallStream.run(published, TrainingState.initial(published), NEVER);
    assertEquals(one.parameters().sha256(), other.parameters().sha256());
    assertEquals(30, one.finished().get(0).testBatches());
    assertEquals(4, other.finished().get(0).testBatches());
    assertNotEquals(
        one.finished().get(2).test().squaredError(), other.finished().get(2).test().squaredError());
  }

  @Test
  void jointLearnsEveryClassInOneExperience() {
    Dataset dataset = SmallStream.dataset();
    TrainingPlan plan = SmallStream.plan(NeuronModel.RATE, Protocol.STRICT, SGD);
    ExperienceStream joint = SmallStream.stream(dataset).joint(dataset);
    try (Backend backend = new CpuBackend(1)) {
      TrainingState end =
          new Trainer(plan, dataset, joint, new TrainingListener() {})
              .run(backend, TrainingState.initial(plan));
      assertEquals(2, end.finished().size());
      assertEquals(60, end.finished().get(1).passes().get(0).train().samples());
      assertEquals(2, end.matrix(joint).experiences());
    }
  }

  @Test
  void divergenceIsAFailedRun() {
    TrainingPlan plan =
        SmallStream.plan(NeuronModel.RATE, Protocol.STRICT, new Optimizer.Sgd(1e39));
    assertFails(
        RunException.class,
        () -> SmallStream.run(plan, TrainingState.initial(plan), NEVER),
        "diverged",
        "experience 1",
        "learning rate");
  }

  @Test
  void aCheckpointThatDoesNotFitIsRefused() throws Exception {
    TrainingPlan plan = SmallStream.plan(NeuronModel.RATE, Protocol.STRICT, SGD);
    Path file = folder.resolve("checkpoint");
    TrainingState stopped = SmallStream.run(plan, TrainingState.initial(plan), 5);
    Checkpoint.write(file, plan.network(), "here", stopped);
    assertFails(
        OtherRunException.class,
        () -> SmallStream.read(file, plan, "elsewhere"),
        "other settings or other data");
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Files.write(file, altered(text, "\"version\":\"2\"", "\"version\":\"1\""));
    assertFails(
        InputException.class, () -> SmallStream.read(file, plan, "here"), "another version");
    Files.write(file, altered(text, "passNumber\\\":2", "passNumber\\\":3"));
    assertFails(InputException.class, () -> SmallStream.read(file, plan, "here"), "does not fit");
    bytes[bytes.length - 2] ^= 1;
    Files.write(file, bytes);
    assertFails(InputException.class, () -> SmallStream.read(file, plan, "here"), "damaged");
  }

  private static byte[] altered(String text, String from, String to) {
    assertTrue(text.contains(from), from);
    return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void plansThatCannotRunAreRefused() {
    assertFails(
        InputException.class,
        () -> SmallStream.plan(NeuronModel.RATE, Protocol.STRICT, SGD, 0, null),
        "epochs",
        "not 0");
    for (double accuracy : new double[] {0, 1.5, Double.NaN}) {
      assertFails(
          InputException.class,
          () -> SmallStream.plan(NeuronModel.RATE, Protocol.STRICT, SGD, 1, accuracy),
          "not " + accuracy);
    }
  }
}
