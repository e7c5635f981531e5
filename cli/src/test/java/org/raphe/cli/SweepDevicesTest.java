package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raphe.backend.opencl.OpenClBackend;

/** Jobs of a sweep on devices of their own: of the OpenCL runtime, which is told to show two. */
class SweepDevicesTest {
  private static final Map<String, String> TWO = Map.of("POCL_DEVICES", "basic basic");

  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void writeImages() throws Exception {
    data = SmallImages.write(folder.resolve("data"));
  }

  private List<String> sweep(Path out, String... more) {
    List<String> arguments = new ArrayList<>(List.of("sweep", "--dataset", "mnist"));
    arguments.addAll(List.of("--data", data.toString(), "--out", out.toString()));
    arguments.addAll(List.of("--set", "network=784-20-10", "--set", "epochs=1"));
    arguments.addAll(List.of("--set", "backend=opencl", "--neurons", "rate"));
    arguments.addAll(List.of(more));
    return arguments;
  }

  @Test
  void eachJobHasADeviceOfItsOwnAndTheBitsAreTheSame() throws Exception {
    OpenClBackend.Listed device = OpenClHere.device(SweepDevicesTest.class);
    assertEquals(0, device.number(), "the processor's device is the only one of tests");
    Path out = folder.resolve("two");
    ChildRun child =
        new ChildRun(out, List.of(), TWO, sweep(out, "--seeds", "1,2", "--devices", "0,1"));
    Invocation done = child.finished().assertDone();
    Set<String> used = new TreeSet<>();
    for (int seed = 1; seed <= 2; seed++) {
      Path run = only(out, "-seed" + seed);
      String settings = Files.readString(run.resolve("settings.yaml"));
      String number = settings.replaceAll("(?s).*\\ndevice: \"?(\\d+).*", "$1");
      used.add(number);
      assertTrue(
          done.err()
              .lines()
              .anyMatch(
                  l -> l.matches(".*" + run.getFileName() + ".* on device " + number + ",.*")),
          done.err());
    }
    assertEquals(Set.of("0", "1"), used, done.err());
    Path alone = folder.resolve("alone");
    Invocation.of(sweep(alone, "--seeds", "2")).assertDone();
    FinishedRun.assertSame(only(alone, "-seed2"), only(out, "-seed2"));
  }

  private static Path only(Path out, String end) throws Exception {
    try (var entries = Files.list(out)) {
      List<Path> found =
          entries.filter(path -> path.toString().endsWith(end)).collect(Collectors.toList());
      assertEquals(1, found.size(), found.toString());
      return found.get(0);
    }
  }

  @Test
  void aDeviceThatIsNotThereIsToldBeforeTheFirstRun() {
    OpenClHere.device(SweepDevicesTest.class);
    Path out = folder.resolve("never");
    Invocation.of(sweep(out, "--seeds", "1", "--devices", "0,77"))
        .assertFails(Raphe.WRONG_INPUT, "cannot be made: ", "77");
    assertTrue(Files.notExists(out));
  }
}
