package org.raphe.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.raphe.InputException;
import org.raphe.KnownNames;
import org.raphe.ReplacedFile;
import org.raphe.RunException;
import org.raphe.backend.Backend;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.backend.cpu.KernelChoice;
import org.raphe.backend.cuda.CudaBackend;
import org.raphe.backend.opencl.OpenClBackend;
import org.raphe.cli.verify.Check;
import org.raphe.cli.verify.Finding;
import org.raphe.cli.verify.Outcome;
import org.raphe.cli.verify.Scope;
import org.raphe.cli.verify.Task;
import org.raphe.cli.verify.Verification;
import org.raphe.cli.verify.VerifyReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code raphe verify}: everything that a machine with a GPU can prove, in one command. */
@Command(
    name = "verify",
    description =
        "Checks a backend on this machine: its arithmetic, recorded numbers, the CPU backend's bits, a short training, the time of each kernel, and memory. Prints a line a check and writes a report to send. Exit status 0 only if every check passed.",
    footer = {
      "  raphe verify --backend cuda",
      "  raphe verify --backend opencl --device 1 --quick"
    })
class VerifyCommand implements Callable<Integer> {
  @Mixin CommonOptions common;

  @Option(
      names = "--backend",
      required = true,
      paramLabel = "cuda|opencl|cpu",
      description = "What is verified. The CPU, which is the reference, is compared with itself.")
  String backend;

  @Mixin DeviceOptions device;

  @Option(
      names = "--parity",
      paramLabel = "short|full",
      description =
          "Batches that each network of the parity check is trained on: 10 or 200, of which digests are recorded. Default: short.")
  String parity;

  @Option(
      names = "--memory-batches",
      paramLabel = "N",
      description = "Batches over which device memory must stay the same. Default: 10000.")
  Integer memoryBatches;

  @Option(
      names = "--quick",
      description =
          "A look at everything in little time, for simulators: fewer batches, a smaller network.")
  boolean quick;

  @Option(
      names = "--out",
      defaultValue = "verify.json",
      paramLabel = "FILE",
      description = "The report; a file of that name is replaced. Default: ${DEFAULT-VALUE}.")
  Path out;

  @Spec CommandSpec spec;

  private final Map<String, Object> report = new LinkedHashMap<>();
  private final List<Verification.Done> all = new ArrayList<>();

  @Override
  public Integer call() {
    Scope scope = scope();
    checkOptions();
    Task task = new Task(this::open, scope, DataOptions.mnist());
    report.put("raphe", BuildVersion.version());
    report.put("commit", BuildVersion.commit());
    report.put("started", Instant.now().toString());
    report.put("options", TypedOptions.of(spec));
    report.put("machine", VerifyReport.machine());
    report.put("backend", describe());
    write(false);
    List<Check> checks =
        Verification.checks(
            !backend.equals("cpu"), new RecordedRunsCheck(RecordedRun.all(), onBackend()));
    Verification.run(checks, task, this::checked);
    write(true);
    conclude();
    return allPassed() ? Raphe.DONE : Raphe.FAILED;
  }

  /** Prints a check, and writes it down: a device that hangs at the next one leaves a report. */
  private void checked(Verification.Done done) {
    all.add(done);
    print(done);
    write(false);
  }

  private boolean allPassed() {
    return all.stream().allMatch(VerifyCommand::passed);
  }

  private Scope scope() {
    Scope scope = quick ? Scope.QUICK : Scope.USUAL;
    if (memoryBatches != null) {
      scope = scope.withMemoryBatches(memoryBatches);
    }
    if (parity == null) {
      return scope;
    }
    boolean full = KnownNames.chosen("--parity", parity, List.of("short", "full")).equals("full");
    return scope.withParityBatches(full ? Scope.FULL_PARITY : Scope.SHORT_PARITY);
  }

  private void checkOptions() {
    backend = KnownNames.chosen("backend", backend, List.of("cuda", "opencl", "cpu"));
    if (backend.equals("cpu")) {
      device.refuseOnCpu();
    }
    device.refuseSyncWithout(backend.equals("cuda"), backend);
    Path folder = out.toAbsolutePath().getParent();
    if (folder == null || !Files.isWritable(folder) || Files.isDirectory(out)) {
      throw new InputException("the report cannot be written to " + out + "; choose another --out");
    }
    if (memoryBatches != null && memoryBatches < 1) {
      throw new InputException("--memory-batches must be at least 1, not " + memoryBatches);
    }
  }

  /** The options of this command that other commands are given. */
  private List<String> onBackend() {
    List<String> options =
        List.of("--backend", backend, "--device", Integer.toString(device.number));
    return device.synchronous
        ? Stream.concat(options.stream(), Stream.of("--sync")).toList()
        : options;
  }

  /** Opens what is verified, anew at each call. */
  Backend open() {
    return switch (backend) {
      case "cuda" -> new CudaBackend(device.number, device.synchronous);
      case "opencl" -> new OpenClBackend(device.number);
      default -> new CpuBackend(Runtime.getRuntime().availableProcessors(), KernelChoice.best());
    };
  }

  /** What the backend says of itself; a device that does not open is described by its failure. */
  private Map<String, Object> describe() {
    PrintWriter to = spec.commandLine().getOut();
    try (Backend opened = open()) {
      to.println("verifying " + opened.name() + ", " + opened.device());
      to.flush();
      return VerifyReport.backend(opened, device.number);
    } catch (RunException e) {
      return Map.of("name", backend, "number", device.number, "not_opened", e.getMessage());
    }
  }

  private void print(Verification.Done done) {
    PrintWriter to = spec.commandLine().getOut();
    Finding finding = done.finding();
    to.printf(
        Locale.ROOT,
        "%-13s %-8s %6.1f s  %s%n",
        done.name(),
        finding.outcome(),
        done.seconds(),
        finding.measured());
    finding.details().forEach(line -> to.println("              " + line));
    to.flush();
  }

  private void write(boolean finished) {
    report.put("finished", finished);
    report.put("passed", finished && allPassed());
    report.put("checks", VerifyReport.checks(all));
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    ReplacedFile.write(out, file -> Files.write(file, json.writeValueAsBytes(report)));
  }

  private void conclude() {
    PrintWriter to = spec.commandLine().getOut();
    long good = all.stream().filter(VerifyCommand::passed).count();
    String help = good == all.size() ? "" : "; docs/GPU.md says what each failure means";
    to.println(good + " of " + all.size() + " checks passed" + help + "; the report is in " + out);
    to.flush();
  }

  private static boolean passed(Verification.Done done) {
    return done.finding().outcome() == Outcome.PASSED;
  }
}
