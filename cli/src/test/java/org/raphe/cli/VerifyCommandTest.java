package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raphe.backend.Backend;
import org.raphe.backend.device.FaultPlan;
import org.raphe.backend.opencl.ChangedOpenCl;
import org.raphe.backend.opencl.OpenClBackend;
import org.raphe.parity.ParityCase;
import picocli.CommandLine;

/** What {@code raphe verify} says of a backend that is right, and of those that are not. */
class VerifyCommandTest {
  private static final List<String> DEVICE_CHECKS =
      List.of(
          "self-test", "vectors", "parity", "training", "recorded runs", "kernel times", "memory");

  @TempDir Path folder;
  private Path out;

  @BeforeEach
  void nameReport() {
    out = folder.resolve("verify.json");
  }

  private List<String> quick(String backend, int device) {
    return List.of(
        "--backend",
        backend,
        "--device",
        Integer.toString(device),
        "--quick",
        "--out",
        out.toString());
  }

  private JsonNode report() throws Exception {
    return new ObjectMapper().readTree(out.toFile());
  }

  private static List<String> outcomes(JsonNode report) {
    return StreamSupport.stream(report.get("checks").spliterator(), false)
        .map(check -> check.get("check").textValue() + " " + check.get("outcome").textValue())
        .toList();
  }

  /** Every device check with one outcome, but for those named. */
  private static List<String> all(String outcome, String otherwise, String... named) {
    return DEVICE_CHECKS.stream()
        .map(check -> check + " " + (List.of(named).contains(check) ? otherwise : outcome))
        .toList();
  }

  @Test
  void theCpuPasses() throws Exception {
    List<String> arguments = new ArrayList<>(List.of("verify"));
    arguments.addAll(quick("cpu", 0));
    Invocation run = Invocation.of(arguments).assertDone();
    assertTrue(run.out().contains("4 of 4 checks passed; the report is in " + out), run.out());
    JsonNode report = report();
    assertEquals(
        List.of("vectors passed", "parity passed", "training passed", "recorded runs passed"),
        outcomes(report));
    assertTrue(report.get("passed").booleanValue());
    assertEquals("cpu", report.at("/backend/name").textValue());
    int networks = report.at("/checks/1/figures/networks").intValue();
    assertEquals(ParityCase.all().size(), networks);
    assertEquals(System.getProperty("os.arch"), report.at("/machine/architecture").textValue());
  }

  /** Membranes decay by the next smaller number: within the tolerance of the recorded vectors. */
  @Test
  void aDeviceOfOtherBitsFails() throws Exception {
    OpenClBackend.Listed listed = OpenClHere.device(VerifyCommandTest.class);
    VerifyCommand command =
        new VerifyCommand() {
          @Override
          Backend open() {
            return ChangedOpenCl.open(
                listed.number(), source -> source.replace("0x1.99999ap-3f", "0x1.999998p-3f"));
          }
        };
    StringWriter said = new StringWriter();
    int status =
        new CommandLine(command)
            .setOut(new PrintWriter(said, true))
            .execute(quick("opencl", listed.number()).toArray(String[]::new));
    assertEquals(Raphe.FAILED, status, said.toString());
    assertEquals(all("passed", "FAILED", "parity", "training"), outcomes(report()));
    assertTrue(!report().get("passed").booleanValue());
    String parity = report().at("/checks/2/figures/different/0").textValue();
    assertTrue(parity.matches("37-61-5 lif .+; the reference .+; recorded .+"), parity);
    assertTrue(said.toString().matches("(?s).*\nparity +FAILED .*"), said.toString());
    assertTrue(said.toString().contains("5 of 7 checks passed; docs/GPU.md"), said.toString());
  }

  /** The times that a device that is right comes to, each beside a prediction. */
  @Test
  void everyKernelIsTimedBesideItsPrediction() throws Exception {
    OpenClBackend.Listed device = OpenClHere.device(VerifyCommandTest.class);
    List<String> arguments = new ArrayList<>(List.of("verify"));
    arguments.addAll(quick("opencl", device.number()));
    Invocation.of(arguments).assertDone();
    assertEquals(all("passed", ""), outcomes(report()));
    JsonNode times = report().at("/checks/5/figures/784-1000-10 lif, batch 32");
    assertTrue(times.get("batch_predicted_h100").doubleValue() > 0, times.toString());
    assertEquals(4, times.get("kernels").size(), times.toString());
    for (JsonNode kernel : times.get("kernels")) {
      assertTrue(kernel.get("microseconds").doubleValue() > 0, kernel.toString());
      assertTrue(
          kernel.get("predicted_h100").doubleValue() > 0,
          "predictions-h100.csv has no line for " + kernel);
    }
  }

  @Test
  void aDeviceThatIsLostFailsEveryCheckWithItsReason() throws Exception {
    OpenClBackend.Listed device = OpenClHere.device(VerifyCommandTest.class);
    List<String> arguments = new ArrayList<>(List.of("verify"));
    arguments.addAll(quick("opencl", device.number()));
    List<String> fault = List.of("-D" + FaultPlan.PROPERTY + "=clCreateCommandQueue:1:-6");
    Invocation run = new ChildRun(folder.resolve("lost"), fault, Map.of(), arguments).finished();
    assertEquals(Raphe.FAILED, run.status(), run.err());
    JsonNode report = report();
    assertEquals(all("FAILED", ""), outcomes(report));
    String reason = report.at("/backend/not_opened").textValue();
    assertTrue(reason.contains("clCreateCommandQueue"), reason);
    assertTrue(report.at("/checks/2/measured").textValue().contains(reason), report.toString());
    assertTrue(run.out().contains("0 of 7 checks passed"), run.out());
  }

  /** The stand-in driver runs changed PTX, and nothing is left behind on it. */
  @Test
  void aCudaDeviceOfOtherBitsFails() throws Exception {
    CudaEnergyRunTest.requireCompilers();
    List<String> command = new ArrayList<>(List.of(CudaEnergyRunTest.HARNESS.toString()));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
    command.add(ChangedCudaProgram.class.getName());
    command.addAll(quick("cuda", 0));
    Path said = folder.resolve("said");
    Path reported = Files.createFile(folder.resolve("reported"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("RAPHE_HARNESS_REPORT", reported.toString());
    Process process = builder.redirectOutput(said.toFile()).start();
    assertTrue(process.waitFor(300, TimeUnit.SECONDS), "verify ends");
    assertEquals(Raphe.FAILED, process.exitValue(), Files.readString(said));
    assertEquals(all("passed", "FAILED", "parity"), outcomes(report()));
    assertEquals("", Files.readString(reported));
  }

  @Test
  void whatCannotBeVerifiedIsWrongInput() {
    Invocation.of("verify", "--backend", "abacus").assertFails(Raphe.WRONG_INPUT, "abacus");
    Invocation.of("verify", "--backend", "cpu", "--parity", "half")
        .assertFails(Raphe.WRONG_INPUT, "short, full");
    Invocation.of("verify", "--backend", "cpu", "--sync").assertFails(Raphe.WRONG_INPUT, "--sync");
    Invocation.of("verify", "--backend", "cpu", "--device", "1")
        .assertFails(Raphe.WRONG_INPUT, "device 0 only");
    Invocation.of("verify", "--backend", "cpu", "--out", folder.resolve("no/where").toString())
        .assertFails(Raphe.WRONG_INPUT, "choose another --out");
    Invocation.of("verify", "--backend", "opencl", "--memory-batches", "0")
        .assertFails(Raphe.WRONG_INPUT, "--memory-batches");
  }
}
