package org.raphe.backend.cpu;

import java.util.List;
import org.raphe.InputException;
import org.raphe.KnownNames;
import org.raphe.network.Layer;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;

/** Which inner loops the CPU backend runs, and why. The choice never changes a result's bits. */
public final class KernelChoice {
  private static final String MODULE = "jdk.incubator.vector";
  private static final List<String> NAMES = List.of("auto", "plain", "vector");

  /** Where both kinds of loops take as much processor time: docs/PERFORMANCE.md. */
  private static final double LITTLE_WORK = 1e9;

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

  /**
   * How much work it is to show samples to a network: products of inputs and units, each in a step
   * of the window. Spikes are few, which makes those of spiking units a quarter of that.
   *
   * @param steps T
   * @param samples how often a sample is shown, over the whole run
   */
  public static double work(NetworkSpec network, int steps, double samples) {
    double products = 0;
    for (Layer layer : network.layers()) {
      products += layer.synapses();
    }
    return samples * products * (network.neuron() == NeuronModel.LIF ? steps / 4.0 : 1);
  }

  /**
   * The loops that come to an end first. The Vector API's are several times as fast, once Java has
   * compiled them: until then they take seconds, and half a gigabyte, longer than the plain ones
   * take for little work.
   *
   * @param work of the whole run, see {@link #work}
   */
  public static KernelChoice forWork(double work) {
    return work < LITTLE_WORK
        ? plain("so little work is done before the faster loops get ready")
        : best();
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
   * @throws InputException as {@link #named(String, double)}
   */
  public static KernelChoice named(String name) {
    return named(name, Double.POSITIVE_INFINITY);
  }

  /**
   * By name: {@code auto}, {@code plain} or {@code vector}.
   *
   * @param work what {@code auto} chooses by, see {@link #work}
   * @throws InputException if there are none of that name, or {@code vector} is asked for and does
   *     not run here
   */
  public static KernelChoice named(String name, double work) {
    switch (KnownNames.chosen("kernels", name, NAMES)) {
      case "auto":
        return forWork(work);
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
