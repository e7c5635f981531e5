package org.raphe.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.raphe.InputException;
import org.raphe.KnownNames;
import org.raphe.RunException;
import org.raphe.agent.CpuLearnerDevice;
import org.raphe.agent.LearnerDevice;
import org.raphe.backend.Backend;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.backend.cpu.KernelChoice;
import org.raphe.backend.cpu.Workers;
import org.raphe.backend.cuda.CudaBackend;
import org.raphe.backend.device.DeviceBackend;
import org.raphe.backend.opencl.OpenClBackend;
import org.raphe.rule.Rule;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which backend runs, and how. */
@OptionGroup.Of(OptionGroup.BACKEND)
final class BackendOptions {
  @Option(
      names = "--backend",
      defaultValue = "auto",
      paramLabel = "auto|cpu|opencl|cuda",
      description =
          "What runs the kernels; a backend named here never falls back to another. auto is CUDA,"
              + " else an OpenCL GPU, else the CPU, and says why. Default: ${DEFAULT-VALUE}.")
  private String backend;

  @Mixin DeviceOptions device;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads of the CPU backend; results do not depend on it. Default: all processors.")
  Integer threads;

  @Option(
      names = "--kernels",
      defaultValue = "auto",
      paramLabel = "auto|plain|vector",
      description =
          "Inner loops of the CPU backend; results do not depend on it. auto is vector, but plain"
              + " for little work. Default: ${DEFAULT-VALUE}.")
  private String kernels;

  /**
   * What {@code --kernels auto} chooses by; a command that knows its work says it before it opens.
   */
  double work = Double.POSITIVE_INFINITY;

  private static final String AUTO = "auto";
  private static final String PLAIN = "plain";

  /** Reasons are long, and the same at every start. */
  private static final String WHY = "raphe devices says why";

  /** The backend as a device of learners; one on the processor runs on these workers. */
  LearnerDevice learners(Backend opened, Workers workers) {
    return opened instanceof DeviceBackend device
        ? device.learners()
        : new CpuLearnerDevice(learnerLoops(), workers);
  }

  /** Loops of the CPU that learners of a study run by. */
  private CpuLearnerDevice.Kind learnerLoops() {
    return KnownNames.chosen("kernels", kernels, List.of(AUTO, PLAIN, "vector")).equals(PLAIN)
        ? CpuLearnerDevice.Kind.PLAIN
        : kernels.equalsIgnoreCase(AUTO)
            ? CpuLearnerDevice.Kind.AUTO
            : CpuLearnerDevice.Kind.VECTOR;
  }

  /** What is asked for, as it is known. */
  String name() {
    return KnownNames.chosen("backend", backend, List.of(AUTO, "cpu", "opencl", "cuda"));
  }

  /**
   * Opens what learns by a rule, and says which backend it is and why: the one asked for, or the
   * tensor engine. The caller closes it.
   */
  Backend open(Rule rule, PrintWriter log) {
    return rule.needsEngine() ? openEngine(rule, log) : open(log);
  }

  /** Opens the backend asked for and says which one it is and why. The caller closes it. */
  Backend open(PrintWriter log) {
    return switch (name()) {
      case AUTO -> openBest(log);
      case "cpu" -> openCpu(log, "asked for");
      case "opencl" -> {
        refuseCpuOptions();
        yield said(log, new OpenClBackend(device.number), "asked for");
      }
      case "cuda" -> {
        refuseCpuOptions();
        yield said(log, new CudaBackend(device.number, device.synchronous), "asked for");
      }
      default -> throw new IllegalStateException("no way to open " + backend);
    };
  }

  /**
   * Refuses what {@link #open(Rule, PrintWriter)} would: opens the backend, and closes it. The
   * engine is not opened, since it cannot be closed; it must be there.
   */
  void check(Rule rule) {
    if (rule.needsEngine()) {
      refuseOptionsOfOthers(rule);
      engine(rule);
    } else {
      open(RunOptions.nowhere()).close();
    }
  }

  private void refuseOptionsOfOthers(Rule rule) {
    if (!name().equals(AUTO)
        || device.number != 0
        || device.synchronous
        || !kernels.equalsIgnoreCase(AUTO)) {
      throw new InputException(
          "--rule "
              + rule.name()
              + " runs on the tensor engine; of the backend's options only --threads is for it");
    }
  }

  private Backend openEngine(Rule rule, PrintWriter log) {
    refuseOptionsOfOthers(rule);
    int count = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    Backend engine = engine(rule).open(count);
    EngineThreads.tellDefault(log);
    return said(log, engine, "rule " + rule.name());
  }

  /**
   * The engine on the class path, for a rule that needs it.
   *
   * @throws InputException if there is none, with what to do
   */
  static TrainingEngine engine(Rule rule) {
    return ServiceLoader.load(TrainingEngine.class)
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "--rule "
                        + rule.name()
                        + " runs on the tensor engine, which "
                        + OptionalModule.TENSOR_ENGINE.absence()));
  }

  /** CUDA, else an OpenCL GPU, else the CPU; and why not what comes before. */
  private Backend openBest(PrintWriter log) {
    if (device.number != 0) {
      throw new InputException(
          "--device " + device.number + " needs --backend; auto chooses the device itself");
    }
    if (threads != null || !kernels.equalsIgnoreCase(AUTO)) {
      return openCpu(log, "auto: --threads and --kernels are the CPU's");
    }
    for (CudaBackend.Listed listed : CudaBackend.devices()) {
      if (listed.availability().available()) {
        Backend opened =
            tried(log, "CUDA", () -> new CudaBackend(listed.number(), device.synchronous));
        if (opened != null) {
          return said(log, opened, "auto: a CUDA device");
        }
      }
    }
    for (OpenClBackend.Listed listed : OpenClBackend.devices()) {
      if (listed.gpu() && listed.availability().available()) {
        Backend opened = tried(log, "OpenCL", () -> new OpenClBackend(listed.number()));
        if (opened != null) {
          return said(log, opened, "auto: an OpenCL GPU; " + WHY);
        }
      }
    }
    return openCpu(log, "auto: no usable GPU; " + WHY);
  }

  /** The backend, or null, with a line that says why, if it does not open. */
  private static Backend tried(PrintWriter log, String what, Supplier<Backend> open) {
    try {
      return open.get();
    } catch (RunException e) {
      log.println("auto passes over a device of " + what + ": " + e.getMessage());
      return null;
    }
  }

  private void refuseCpuOptions() {
    if (threads != null || !kernels.equalsIgnoreCase(AUTO)) {
      throw new InputException("--threads and --kernels are for the CPU backend, not " + backend);
    }
  }

  private Backend openCpu(PrintWriter log, String why) {
    device.refuseOnCpu();
    int count = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    KernelChoice choice = KernelChoice.named(kernels, work);
    String loops = choice.description();
    boolean declined = kernels.equalsIgnoreCase(PLAIN);
    if (!declined && loops.equals(KernelChoice.named(PLAIN).description())) {
      loops += " (" + choice.reason() + ")";
    }
    log.println("backend: cpu (" + why + "), " + CpuBackend.device(count) + "; " + loops);
    return new CpuBackend(count, choice);
  }

  private static Backend said(PrintWriter log, Backend opened, String why) {
    log.println("backend: " + opened.name() + " (" + why + "), " + opened.device());
    return opened;
  }
}
