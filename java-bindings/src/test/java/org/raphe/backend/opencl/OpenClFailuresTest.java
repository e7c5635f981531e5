package org.raphe.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.InputException;
import org.raphe.RunException;
import org.raphe.backend.device.DeviceCase;
import org.raphe.backend.device.DeviceMemory;
import org.raphe.backend.device.FaultPlan;
import org.raphe.learning.LearningSpec;
import org.raphe.network.Mode;
import org.raphe.network.NeuronModel;
import org.raphe.rule.Naca;

/** A failure says in one line what failed, on which device, and what to do. */
@NeedsOpenCl
class OpenClFailuresTest {

  private static DeviceCase given() {
    LearningSpec learning = LearningSpec.published(Mode.CLASS_CONTINUAL, new Naca());
    return new DeviceCase("9-5-3", NeuronModel.LIF, Mode.CLASS_CONTINUAL, learning, 2, 3, false);
  }

  private static String failure(FaultPlan faults, UnaryOperator<String> sources) {
    int number = NeedsOpenCl.Device.number();
    RunException failure =
        assertThrows(
            RunException.class,
            () -> {
              try (OpenClBackend backend = new OpenClBackend(number, null, faults, sources)) {
                given().observe(backend, false);
              }
            });
    String message = failure.getMessage();
    assertTrue(message.contains(OpenClBackend.devices().get(number).words()), message);
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  private static void assertContains(String message, List<String> parts) {
    for (String part : parts) {
      assertTrue(message.contains(part), "\"" + message + "\" does not say \"" + part + "\"");
    }
  }

  @Test
  void aKernelThatDoesNotCompileNamesItAndTheCompilersWords() {
    String message =
        failure(
            FaultPlan.none(),
            source ->
                source.contains("KERNEL learn_spiking(") ? source + "\nint planted_word" : source);
    assertContains(
        message,
        List.of(
            "clBuildProgram",
            "learn_spiking with ",
            "CL_BUILD_PROGRAM_FAILURE (-11)",
            "update the OpenCL driver",
            "; the compiler says: ",
            "error"));
    assertFalse(message.endsWith("the compiler says: nothing"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clCreateContext:1:-6 | one device | CL_OUT_OF_HOST_MEMORY (-6) | smaller network",
        "clCreateCommandQueue:1:-2 | in order | CL_DEVICE_NOT_AVAILABLE (-2) | resume the run",
        "clCreateBuffer:2:-4 | weights of layer 1, 2304 bytes | (-4) | choose a smaller network",
        "clCreateProgramWithSource:1:-6 | self_test | (-6) | choose a smaller network",
        "clBuildProgram:2:-11 | modulate with -cl-std=CL1.2 | (-11) | update the OpenCL driver",
        "clCreateKernel:3:-46 | open_gate | CL_INVALID_KERNEL_NAME (-46) | report this line",
        "clSetKernelArg:9:-48 | modulate, argument 0 of 4 bytes | (-48) | the backend cpu",
        "clEnqueueWriteBuffer:2:-5 | weights of layer 1, 2304 bytes | (-5) | driver's log",
        "clEnqueueNDRangeKernel:4:-5 | hidden_layer_spiking, 3 x 1 x 1 groups | (-5) | resume the run",
        "clEnqueueReadBuffer:2:-36 | counters of layer 1 | CL_INVALID_COMMAND_QUEUE (-36) | resume the run",
        "clReleaseKernel:5:-5 | learn_spiking | CL_OUT_OF_RESOURCES (-5) | driver's log",
        "clFinish:1:-9999 | waiting for all | unknown status (-9999) | report this line"
      })
  void aFailedCallNamesCallSubjectStatusAndRemedy(
      String plan, String about, String status, String remedy) {
    String call = plan.substring(0, plan.indexOf(':'));
    String message = failure(FaultPlan.parse(plan), source -> source);
    assertContains(message, List.of("OpenCL call " + call + " (" + about, status, remedy));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1000})
  void aDeviceNumberOutOfRangeIsRefused(int number) {
    InputException refused =
        assertThrows(InputException.class, () -> new OpenClBackend(number).close());
    int last = OpenClBackend.devices().size() - 1;
    assertEquals(
        "OpenCL has devices 0 to " + last + " here, not " + number + "; raphe devices lists them",
        refused.getMessage());
  }

  @Test
  void moreThanABufferHoldsIsRefused() {
    try (OpenClContext context = context();
        DeviceMemory memory = context.allocate("three numbers", 12)) {
      memory.write(new float[] {1f, 2f, 3f});
      assertTooLarge(() -> memory.write(new float[4]));
      assertTooLarge(() -> memory.write(new int[4]));
      assertTooLarge(() -> memory.write(new byte[13]));
      assertTooLarge(() -> memory.read(new float[4]));
      assertTooLarge(() -> memory.read(new int[4]));
      assertTooLarge(() -> memory.read(new long[2]));
      float[] kept = new float[3];
      memory.read(kept);
      assertEquals(List.of(1f, 2f, 3f), List.of(kept[0], kept[1], kept[2]));
    }
  }

  private static void assertTooLarge(Runnable copy) {
    String message = assertThrows(IllegalArgumentException.class, copy::run).getMessage();
    assertTrue(message.endsWith("bytes do not fit three numbers of 12 bytes"), message);
  }

  /** Clearing goes in pieces: all of a buffer that no piece divides, and nothing but it. */
  @Test
  void newAndClearedMemoryIsZero() {
    int numbers = (1 << 19) + 3;
    int[] values = new int[numbers];
    try (OpenClContext context = context();
        DeviceMemory memory = context.allocate("many numbers", 4L * numbers)) {
      memory.read(values);
      assertEquals(0, Arrays.stream(values).filter(value -> value != 0).count());
      Arrays.fill(values, 7);
      memory.write(values);
      memory.clear();
      memory.read(values);
      assertEquals(0, Arrays.stream(values).filter(value -> value != 0).count());
    }
  }

  @Test
  void aClosedBufferIsNotUsed() {
    try (OpenClContext context = context()) {
      DeviceMemory memory = context.allocate("three numbers", 12);
      memory.close();
      memory.close();
      String used = "three numbers is used after it was closed";
      IllegalStateException write =
          assertThrows(IllegalStateException.class, () -> memory.write(new int[3]));
      assertEquals(used, write.getMessage());
      IllegalStateException read =
          assertThrows(IllegalStateException.class, () -> memory.read(new int[3]));
      assertEquals(used, read.getMessage());
    }
  }

  @Test
  void moreThanOneAllocationHoldsIsRefusedBeforeItIsTried() {
    try (OpenClContext context = context()) {
      RunException refused =
          assertThrows(RunException.class, () -> context.allocate("all of it", Long.MAX_VALUE));
      assertContains(
          refused.getMessage(),
          List.of("all of it needs " + Long.MAX_VALUE + " bytes", "choose a smaller network"));
    }
  }

  private static OpenClContext context() {
    OpenClDevice device = OpenClPlatforms.devices().get(NeedsOpenCl.Device.number());
    return new OpenClContext(device, device.limits, FaultPlan.none(), source -> source);
  }
}
