package org.raphe.backend.cpu;

import java.util.List;
import org.raphe.InputException;
import org.raphe.KnownNames;

/** Which inner loops the CPU backend runs, and why. The choice never changes a result's bits. */
public final class KernelChoice {
  private static final String MODULE = "jdk.incubator.vector";
  private static final List<String> NAMES = List.of("auto", "plain", "vector");
  private static final String VECTOR = "org.raphe.backend.cpu.VectorKernels";

  private final TileKernels kernels;
  private final String reason;

  private KernelChoice(TileKernels kernels, String reason) {
    this.kernels = kernels;
    this.reason = reason;
  }

  private static KernelChoice plain(String reason) {
    return new KernelChoice(new PlainKernels(), reason);
  }

  /** The Vector API's loops where they run, else the plain ones with the reason. */
  public static KernelChoice best() {
    if (!vectorsAreVisible()) {
      return plain(
          "the Vector API is off; start Java with --add-modules " + MODULE + " for faster loops");
    }
    try {
      TileKernels kernels =
          (TileKernels) Class.forName(VECTOR).getDeclaredConstructor().newInstance();
      return new KernelChoice(kernels, "the Vector API is on");
    } catch (ReflectiveOperationException | LinkageError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return plain("the Vector API is on but its loops do not run here: " + cause.getMessage());
    }
  }

  /** Asks for a class, not for the module: it may have been brought in after the start. */
  private static boolean vectorsAreVisible() {
    try {
      Class.forName(MODULE + ".FloatVector", false, KernelChoice.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /**
   * By name: {@code auto}, {@code plain} or {@code vector}.
   *
   * @throws InputException if there are none of that name, or {@code vector} is asked for and does
   *     not run here
   */
  public static KernelChoice named(String name) {
    switch (KnownNames.chosen("kernels", name, NAMES)) {
      case "auto":
        return best();
      case "plain":
        return plain("asked for");
      case "vector":
        KernelChoice best = best();
        if (best.kernels.getClass() == PlainKernels.class) {
          throw new InputException("vector kernels cannot run: " + best.reason);
        }
        return best;
      default:
        throw new IllegalStateException("no way to run kernels " + name);
    }
  }

  TileKernels kernels() {
    return kernels;
  }

  /** What the loops are called in provenance. */
  public String description() {
    return kernels.description();
  }

  /** One line: why these. */
  public String reason() {
    return reason;
  }
}
