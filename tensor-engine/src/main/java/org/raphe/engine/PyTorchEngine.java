package org.raphe.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import org.raphe.InputException;

/**
 * DJL's PyTorch engine, loaded once from the class path and never from the network.
 *
 * <p>Threads inside an operation may change from one {@link #open} to the next; one operation runs
 * at a time. The engine, its number of threads and its random generator are shared by the whole
 * process.
 */
public final class PyTorchEngine {
  private static final String NAME = "PyTorch";

  private PyTorchEngine() {}

  /** Loading is tried once a process: the JVM cannot load a failed native library a second time. */
  private static final class Loaded {
    static final Engine ENGINE;
    static final Throwable CAUSE;

    static {
      Engine engine = null;
      Throwable cause = null;
      try {
        engine = load();
      } catch (RuntimeException | LinkageError e) {
        cause = e;
      }
      ENGINE = engine;
      CAUSE = cause;
    }
  }

  private static Engine load() {
    // DJL reads these only while it loads; a value given on the command line stands.
    System.setProperty("ai.djl.offline", System.getProperty("ai.djl.offline", "true"));
    System.setProperty("OPT_OUT_TRACKING", System.getProperty("OPT_OUT_TRACKING", "true"));
    String interop = "ai.djl.pytorch.num_interop_threads";
    System.setProperty(interop, System.getProperty(interop, "1"));
    return Engine.getEngine(NAME);
  }

  /** Whether the native library is present and loads on this machine. */
  public static boolean isAvailable() {
    return Loaded.ENGINE != null;
  }

  /** Why {@link #isAvailable()} is false, in one line; empty if it is true. */
  public static String unavailabilityReason() {
    return isAvailable() ? "" : unavailability().getMessage();
  }

  private static InputException unavailability() {
    Throwable root = Loaded.CAUSE;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    return new InputException(
        "the PyTorch engine does not load on "
            + platform
            + " ("
            + root.toString().lines().findFirst().orElse("no message")
            + "); put pytorch-native-cpu for this platform and pytorch-jni on the class path",
        Loaded.CAUSE);
  }

  /** The engine and the library that loads it, with their versions. */
  public static String version() {
    if (!isAvailable()) {
      throw unavailability();
    }
    return NAME + " " + libraryVersion() + " through DJL " + djlVersion();
  }

  /** Version of the engine's library, which {@link #isAvailable()}. */
  static String libraryVersion() {
    return Loaded.ENGINE.getVersion();
  }

  /** Version of Deep Java Library. */
  static String djlVersion() {
    return Engine.getDjlVersion();
  }

  /**
   * A manager of native arrays on the CPU, which the caller closes.
   *
   * @param threads threads inside an operation, at least 1
   * @param seed seed of the engine's random generator
   * @throws InputException if the native library is absent or does not load
   */
  public static NDManager open(int threads, int seed) {
    if (!isAvailable()) {
      throw unavailability();
    }
    JniUtils.setNumThreads(threads);
    Loaded.ENGINE.setRandomSeed(seed);
    return Loaded.ENGINE.newBaseManager(Device.cpu());
  }
}
