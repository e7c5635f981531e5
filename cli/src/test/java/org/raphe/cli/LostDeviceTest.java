package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.raphe.backend.device.FaultPlan;
import org.raphe.backend.opencl.OpenClBackend;
import org.raphe.network.NeuronModel;

/** Native calls that fail in mid-run: one line, an intact checkpoint, and the CPU can go on. */
class LostDeviceTest {
  private static final String LOST = "clEnqueueNDRangeKernel:75:-5";
  private static final String LAUNCH =
      "clEnqueueNDRangeKernel \\([a-z_]+, \\d+ x \\d+ x \\d+ groups of \\d+ x \\d+\\)";

  @TempDir static Path temporary;
  private static OpenClBackend.Listed device;
  private static Path data;

  @TempDir Path folder;

  @BeforeAll
  static void writeImages() throws IOException {
    device = OpenClHere.device(LostDeviceTest.class);
    data = SmallImages.write(temporary.resolve("data"));
  }

  private static List<String> train(Path run, NeuronModel neuron) {
    List<String> arguments = SmallImages.train(data, run, "--network", "784-40-10");
    arguments.addAll(List.of("--neuron", neuron.toString(), "--epochs", "2"));
    if (neuron == NeuronModel.LIF) {
      arguments.addAll(List.of("--steps", "8"));
    }
    return arguments;
  }

  private static List<String> resume(Path run) {
    return List.of("train", "--resume", "--quiet", "--out", run.toString());
  }

  /** Ends a run, or goes on with it, on a device of which one call fails. */
  private static Invocation failing(String fault, Path run, List<String> arguments, String... more)
      throws Exception {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("--backend", "opencl", "--device", Integer.toString(device.number())));
    all.addAll(Arrays.asList(more));
    List<String> property = List.of("-D" + FaultPlan.PROPERTY + "=" + fault);
    return new ChildRun(run, property, Map.of(), all).finished();
  }

  private static void assertOneLine(Invocation failed, String call, String status) {
    failed.assertFails(Raphe.FAILED, device.words(), status);
    String line = failed.err().lines().filter(each -> each.startsWith("raphe: ")).findFirst().get();
    String words = Pattern.quote(" failed on " + device.words() + ": " + status + "; ");
    assertTrue(line.matches("raphe: OpenCL call " + call + words + ".+"), line);
  }

  private static void assertGoesOnOnTheCpu(Path run, NeuronModel neuron) throws IOException {
    List<String> onCpu = new ArrayList<>(resume(run));
    onCpu.addAll(List.of("--backend", "cpu"));
    Invocation.of(onCpu).assertDone();
    FinishedRun.assertSame(undisturbed(neuron), run);
    assertEquals("cpu", FinishedRun.result(run).at("/backend/name").textValue());
  }

  private static Path undisturbed(NeuronModel neuron) {
    Path run = temporary.resolve("undisturbed-" + neuron);
    if (Files.notExists(run)) {
      List<String> arguments = train(run, neuron);
      arguments.addAll(List.of("--backend", "cpu"));
      Invocation.of(arguments).assertDone();
    }
    return run;
  }

  /** A checkpoint stands, and metrics of the first epoch alone. */
  private static void assertStoppedInTheSecondEpoch(Path run) throws IOException {
    assertEquals(
        List.of("checkpoint.safetensors", "metrics.csv", "run.lock", "settings.yaml"),
        FolderContent.of(run).names());
    List<String> rows = Files.readAllLines(run.resolve("metrics.csv"));
    assertEquals(2, rows.size(), rows.toString());
    assertTrue(rows.get(1).startsWith("1,"), rows.toString());
  }

  @ParameterizedTest
  @EnumSource
  void aDeviceLostInTheSecondEpochCostsNothingButTime(NeuronModel neuron) throws Exception {
    Path run = folder.resolve("lost");
    List<String> loud = train(run, neuron);
    loud.remove("--quiet");
    Invocation lost = failing(LOST, run, loud, "--checkpoint-seconds", "1000");
    assertOneLine(lost, LAUNCH, "CL_OUT_OF_RESOURCES (-5)");
    assertTrue(lost.err().contains("epoch 1: train accuracy"), lost.err());
    assertTrue(lost.err().contains("then resume the run"), lost.err());
    assertEquals("", lost.out());
    assertStoppedInTheSecondEpoch(run);
    assertGoesOnOnTheCpu(run, neuron);
  }

  /** The run has a checkpoint of its first epoch, and goes on to a call that fails. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clEnqueueNDRangeKernel:20:-5|[a-z_]+, \\d+ x \\d+ x \\d+ groups of \\d+ x \\d+|CL_OUT_OF_RESOURCES (-5)",
        "clCreateBuffer:3:-4|first moments of layer 1, \\d+ bytes|CL_MEM_OBJECT_ALLOCATION_FAILURE (-4)",
        "clCreateBuffer:25:-61|[a-z ]+( \\d)?, \\d+ bytes|CL_INVALID_BUFFER_SIZE (-61)",
        "clBuildProgram:4:-11|[a-z_]+ with -cl-std=.+|CL_BUILD_PROGRAM_FAILURE (-11)",
        "clCreateKernel:4:-46|[a-z_]+|CL_INVALID_KERNEL_NAME (-46)",
        "clSetKernelArg:90:-51|[a-z_]+, argument \\d+ of \\d+ bytes|CL_INVALID_ARG_SIZE (-51)",
        "clEnqueueWriteBuffer:30:-5|[a-z /0-9]+, \\d+ bytes|CL_OUT_OF_RESOURCES (-5)",
        "clEnqueueReadBuffer:4:-36|[a-z]+ of layer 1, \\d+ bytes|CL_INVALID_COMMAND_QUEUE (-36)",
        "clFinish:1:-36|[a-z ]+|CL_INVALID_COMMAND_QUEUE (-36)",
        "clCreateContext:1:-2|one device|CL_DEVICE_NOT_AVAILABLE (-2)"
      })
  void aResumedRunThatFailsLeavesTheCheckpointAsItIs(String fault, String about, String status)
      throws Exception {
    Path run = copyOfHalfARun();
    FolderContent before = FolderContent.of(run);
    Invocation failed = failing(fault, run, resume(run), "--checkpoint-seconds", "1000");
    assertOneLine(failed, fault.split(":")[0] + " \\(" + about + "\\)", status);
    assertEquals("", failed.out());
    before.assertUnchanged(run);
    assertGoesOnOnTheCpu(run, NeuronModel.LIF);
  }

  private Path copyOfHalfARun() throws Exception {
    Path half = temporary.resolve("half");
    if (Files.notExists(half)) {
      failing(LOST, half, train(half, NeuronModel.LIF), "--checkpoint-seconds", "1000");
      assertStoppedInTheSecondEpoch(half);
    }
    Path run = Files.createDirectory(folder.resolve("run"));
    for (String name : FolderContent.of(half).names()) {
      Files.copy(half.resolve(name), run.resolve(name));
    }
    return run;
  }

  /** A checkpoint follows every batch, and one in the second epoch cannot be read back. */
  @ParameterizedTest
  @EnumSource
  void aCheckpointThatCannotBeReadBackLeavesTheOneBefore(NeuronModel neuron) throws Exception {
    Path run = folder.resolve("unread");
    Invocation failed =
        failing(
            "clEnqueueReadBuffer:190:-36", run, train(run, neuron), "--checkpoint-seconds", "0");
    assertOneLine(
        failed,
        "clEnqueueReadBuffer \\([a-z ]+ of layer \\d, \\d+ bytes\\)",
        "CL_INVALID_COMMAND_QUEUE (-36)");
    assertStoppedInTheSecondEpoch(run);
    assertGoesOnOnTheCpu(run, neuron);
  }

  /** All is trained and in the checkpoint when memory is given back and that fails. */
  @ParameterizedTest
  @CsvSource({"clReleaseKernel:3:-5", "clReleaseMemObject:9:-5"})
  void whatCannotBeGivenBackIsAFailureOfTheDevice(String fault) throws Exception {
    Path run = copyOfHalfARun();
    Invocation failed = failing(fault, run, resume(run));
    assertOneLine(failed, fault.split(":")[0] + " \\([a-z0-9_, ]+\\)", "CL_OUT_OF_RESOURCES (-5)");
    assertTrue(Files.notExists(run.resolve("result.json")));
    assertGoesOnOnTheCpu(run, NeuronModel.LIF);
  }

  @Test
  void anotherBackendIsNotTriedInstead() throws Exception {
    Path run = folder.resolve("first");
    Invocation failed = failing("clCreateCommandQueue:1:-6", run, train(run, NeuronModel.RATE));
    assertOneLine(failed, "clCreateCommandQueue \\(in order\\)", "CL_OUT_OF_HOST_MEMORY (-6)");
    assertFalse(Files.exists(run), "no run folder is left behind");
    failing("clCreateBuffer:x:-4", run, train(run, NeuronModel.RATE))
        .assertFails(Raphe.WRONG_INPUT, FaultPlan.PROPERTY, "clCreateBuffer:x:-4");
  }
}
