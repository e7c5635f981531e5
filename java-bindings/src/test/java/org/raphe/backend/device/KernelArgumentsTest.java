package org.raphe.backend.device;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.raphe.kernels.cuda.CudaSources;
import org.raphe.kernels.opencl.OpenClSources;
import org.raphe.kernels.shared.KernelSignature;
import org.raphe.kernels.shared.KernelSignature.Kind;
import org.raphe.kernels.shared.KernelSignature.Parameter;
import org.raphe.kernels.shared.KernelText;

/** Parameters are bound by name and kind, all of them before a launch. */
class KernelArgumentsTest {
  private static KernelArguments arguments(boolean room) {
    List<Parameter> parameters =
        List.of(
            new Parameter("batch", Kind.INT, 4),
            new Parameter("rate", Kind.FLOAT, 4),
            new Parameter("weights", Kind.MEMORY, 0),
            new Parameter("source", Kind.STRUCT, 16));
    return new KernelArguments(new KernelSignature("integrate", parameters, room));
  }

  private static void assertRefused(String message, Executable bound) {
    assertEquals(message, assertThrows(IllegalStateException.class, bound).getMessage());
  }

  @Test
  void placesHaveTheKernelsOrder() {
    KernelArguments arguments = arguments(true);
    assertEquals(4, arguments.room());
    assertEquals(3, arguments.struct("source", 16));
    assertEquals(2, arguments.memory("weights"));
    assertEquals(1, arguments.number("rate"));
    assertEquals(0, arguments.wholeNumber("batch"));
    assertDoesNotThrow(arguments::checkComplete);
  }

  @Test
  void aNameThatTheKernelDoesNotHaveIsRefused() {
    assertRefused(
        "parameter wieghts of kernel integrate cannot be bound: the kernel does not have it",
        () -> arguments(false).memory("wieghts"));
  }

  @Test
  void anotherKindIsRefused() {
    KernelArguments arguments = arguments(false);
    String of = " of kernel integrate takes ";
    assertRefused(
        "parameter batch" + of + "an int and cannot be bound to memory",
        () -> arguments.memory("batch"));
    assertRefused(
        "parameter batch" + of + "an int and cannot be bound to a float",
        () -> arguments.number("batch"));
    assertRefused(
        "parameter rate" + of + "a float and cannot be bound to an int",
        () -> arguments.wholeNumber("rate"));
    assertRefused(
        "parameter weights" + of + "memory and cannot be bound to a struct of 4 bytes",
        () -> arguments.struct("weights", 4));
    assertRefused(
        "parameter source"
            + of
            + "a struct of 16 bytes and cannot be bound to a struct of 20 bytes",
        () -> arguments.struct("source", 20));
  }

  @Test
  void aLaunchAsksForEveryParameter() {
    KernelArguments arguments = arguments(false);
    arguments.wholeNumber("batch");
    arguments.wholeNumber("batch");
    arguments.memory("weights");
    arguments.struct("source", 16);
    assertRefused(
        "parameter rate of kernel integrate was not bound before the launch",
        arguments::checkComplete);
    arguments.number("rate");
    assertDoesNotThrow(arguments::checkComplete);
  }

  @Test
  void roomIsGivenToKernelsThatHaveSome() {
    assertRefused(
        "kernel integrate cannot be given room: its groups have none",
        () -> arguments(false).room());
    KernelArguments listing = new KernelArguments(new KernelSignature("list", List.of(), true));
    assertRefused("kernel list was given no room before the launch", listing::checkComplete);
    listing.room();
    assertDoesNotThrow(listing::checkComplete);
  }

  static List<String> kernels() {
    return KernelText.KERNELS;
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void bothLanguagesHaveTheSameParameters(String kernel) {
    assertEquals(
        KernelSignature.parse(kernel, OpenClSources.read(kernel)),
        KernelSignature.parse(kernel, CudaSources.read(kernel)));
  }
}
