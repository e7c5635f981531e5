package org.raphe.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sweeps on a real cluster: a master and workers as processes of their own. One cluster is for all
 * tests, in an order in which each finds the workers it needs.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterSweepProcessTest {
  private static final String MEMORY = "spark.executor.memory=480m";
  private static final String SMALL =
      "spark.executor.extraJavaOptions=" + String.join(" ", StandaloneCluster.SMALL);

  @TempDir static Path folder;
  private static StandaloneCluster cluster;
  private static Process second;

  /** A small table of four classes, and a cluster. */
  @BeforeAll
  static void start() throws Exception {
    Random random = new Random(7);
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < 600; row++) {
      int label = random.nextInt(4);
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < 16; column++) {
        line.append(column / 4 == label ? random.nextInt(10) / 10.0 : 0.1).append(',');
      }
      rows.add(line.append(label).toString());
    }
    Files.write(folder.resolve("table.csv"), rows);
    cluster = new StandaloneCluster(Files.createDirectory(folder.resolve("cluster")));
    cluster.worker(1, List.of());
    second = cluster.worker(1, List.of());
  }

  /** The runs of a local sweep, made when they are first asked for. */
  private static Map<String, Path> local() throws Exception {
    Path local = folder.resolve("local");
    if (Files.notExists(local)) {
      new SweepProcess(folder, "local", sweep(local, "--jobs", "2")).end(0);
    }
    return runs(local);
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  /** 24 runs: two rules, two kinds of units, six seeds. */
  private static List<String> sweep(Path out, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--dataset", "./table.csv"));
    arguments.addAll(List.of("--rules", "naca,drtp", "--neurons", "lif,rate"));
    arguments.addAll(List.of("--seeds", "1,2,3,4,5,6", "--set", "network=16-24-4"));
    arguments.addAll(List.of("--set", "epochs=3", "--set", "kernels=plain"));
    arguments.addAll(List.of("--out", out.toString()));
    arguments.addAll(Arrays.asList(more));
    return arguments;
  }

  private static List<String> onCluster(Path out, String... more) {
    List<String> arguments = sweep(out, "--cluster", cluster.url());
    arguments.addAll(List.of("--cluster-set", MEMORY, "--cluster-set", SMALL));
    arguments.addAll(Arrays.asList(more));
    return arguments;
  }

  /** The folders of runs, by name. */
  private static Map<String, Path> runs(Path out) throws IOException {
    Map<String, Path> runs = new TreeMap<>();
    try (var entries = Files.list(out)) {
      entries
          .filter(entry -> entry.getFileName().toString().startsWith("train-"))
          .forEach(entry -> runs.put(entry.getFileName().toString(), entry));
    }
    return runs;
  }

  private static void assertAsLocal(Path out) throws Exception {
    Map<String, Path> expected = local();
    Map<String, Path> actual = runs(out);
    assertEquals(24, expected.size());
    assertEquals(expected.keySet(), actual.keySet());
    for (String name : expected.keySet()) {
      Path one = expected.get(name);
      Path other = actual.get(name);
      assertArrayEquals(
          Files.readAllBytes(one.resolve("model.safetensors")),
          Files.readAllBytes(other.resolve("model.safetensors")),
          name);
      assertEquals(measured(one), measured(other), name);
      assertEquals(settings(one), settings(other), name);
      assertEquals(metrics(one), metrics(other), name);
      assertEquals(names(one), names(other), name);
    }
  }

  /** All of a result that is not time or place. */
  private static JsonNode measured(Path run) throws IOException {
    ObjectNode result =
        (ObjectNode) new ObjectMapper().readTree(run.resolve("result.json").toFile());
    assertTrue(result.get("weights_sha256").asText().length() == 64);
    result.remove(List.of("backend", "provenance"));
    List<String> ofTime =
        List.of("seconds", "peak_memory_bytes", "energy_joules", "energy_source", "energy_parts");
    ((ObjectNode) result.get("cost")).remove(ofTime);
    result.get("epochs").forEach(epoch -> ((ObjectNode) epoch).remove("seconds"));
    return result;
  }

  /** What was typed, of which the data set's path is that of the worker's own folder. */
  private static String settings(Path run) throws IOException {
    return Files.readString(run.resolve("settings.yaml")).replaceAll("dataset: .*/", "dataset: ");
  }

  private static List<String> metrics(Path run) throws IOException {
    return Files.readAllLines(run.resolve("metrics.csv")).stream()
        .map(row -> row.substring(0, row.lastIndexOf(',')))
        .toList();
  }

  private static List<String> names(Path run) throws IOException {
    try (var entries = Files.list(run)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  private static long count(String printed, String part) {
    return printed.lines().filter(line -> line.contains(part)).count();
  }

  @Test
  @Order(1)
  void theRunsOfTwoWorkersAreThoseOfALocalSweep() throws Exception {
    Path out = folder.resolve("cluster-runs");
    String printed = new SweepProcess(folder, "two", onCluster(out)).end(0);
    assertEquals(24, count(printed, " on 127.0.0.1, accuracy "), printed);
    assertTrue(printed.contains("24 runs, 0 failed"), printed);
    assertTrue(printed.contains("1 left, about "), printed);
    assertAsLocal(out);

    // What is finished is not made again; what is gone is.
    Path gone = runs(out).values().iterator().next();
    try (var entries = Files.walk(gone)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
    String again = new SweepProcess(folder, "again", onCluster(out)).end(0);
    assertEquals(23, count(again, " is finished already"), again);
    assertEquals(1, count(again, " done in "), again);
    assertAsLocal(out);
  }

  @Test
  @Order(2)
  void aDataSetThatWorkersLackIsALineAndIsSentWhereThatIsAsked() throws Exception {
    Path out = folder.resolve("lacking");
    // Each process finds its own folder there, and a worker's holds no such file.
    List<String> lacking = new ArrayList<>(List.of("--dataset", "/proc/self/cwd/table.csv"));
    lacking.addAll(onCluster(out).subList(2, onCluster(out).size()));
    new SweepProcess(folder, "lacking", lacking)
        .assertRefused("the worker on 127.0.0.1 cannot make runs", "table.csv", "no such file");
    assertTrue(runs(out).isEmpty(), "no run was made");
    List<String> sent = new ArrayList<>(lacking);
    sent.addAll(List.of("--cluster-ship-data", "--rules", "drtp", "--neurons", "rate"));
    sent.addAll(List.of("--seeds", "1"));
    sent.removeAll(List.of("naca,drtp", "lif,rate", "1,2,3,4,5,6"));
    for (String option : List.of("--rules", "--neurons", "--seeds")) {
      sent.remove(option);
    }
    assertTrue(new SweepProcess(folder, "sent", sent).end(0).contains("1 runs, 0 failed"));
    Path made = runs(out).values().iterator().next();
    Path same =
        local().entrySet().stream()
            .filter(run -> run.getKey().contains("drtp-rate") && run.getKey().endsWith("seed1"))
            .findFirst()
            .orElseThrow()
            .getValue();
    assertArrayEquals(
        Files.readAllBytes(same.resolve("model.safetensors")),
        Files.readAllBytes(made.resolve("model.safetensors")));
  }

  @Test
  @Order(3)
  void aWorkerThatIsKilledLosesNothing() throws Exception {
    Path out = folder.resolve("killed");
    SweepProcess sweeping = new SweepProcess(folder, "killed", onCluster(out));
    StandaloneCluster.await(
        "run", () -> count(sweeping.printed(), " done in ") >= 4 || !sweeping.isAlive());
    assertTrue(second.descendants().findAny().isPresent(), "it has an executor");
    StandaloneCluster.kill(second);
    String printed = sweeping.end(0);
    assertEquals(1, count(printed, "lost: executor "), printed);
    assertEquals(24, count(printed, " done in "), printed);
    assertTrue(printed.contains("24 runs, 0 failed"), printed);
    assertAsLocal(out);
  }

  @Test
  @Order(4)
  void aWorkerWithAnotherVersionIsALine() throws Exception {
    List<Path> installed = new ArrayList<>();
    for (Path entry : SweepProcess.ownClassPath()) {
      // A module is a folder of classes, or a jar where it was packaged before.
      boolean isModule =
          Files.isDirectory(entry) || entry.getFileName().toString().startsWith("raphe-");
      Path jar = folder.resolve("other-" + installed.size() + ".jar");
      installed.add(isModule ? packed(entry, jar) : entry);
    }
    // The only worker that offers two processors.
    cluster.worker(2, installed);
    Path out = folder.resolve("other");
    new SweepProcess(folder, "other", onCluster(out, "--cluster-processors", "2"))
        .assertRefused("the worker on 127.0.0.1 has raphe 0.0.9 (commit abc)", "was started by");
    assertTrue(runs(out).isEmpty(), "no run was made");
  }

  /** Classes as a jar, which says of itself that it is of another version. */
  private static Path packed(Path module, Path target) throws IOException {
    if (Files.isDirectory(module)) {
      pack(module, target);
    } else {
      try (FileSystem jar = FileSystems.newFileSystem(module)) {
        pack(jar.getPath("/"), target);
      }
    }
    return target;
  }

  private static void pack(Path classes, Path target) throws IOException {
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(target));
        var files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = classes.relativize(file).toString();
        jar.putNextEntry(new JarEntry(name));
        if (name.endsWith("cli/build.properties")) {
          jar.write("git.build.version=0.0.9\ngit.commit.id=abc\n".getBytes("US-ASCII"));
        } else {
          Files.copy(file, jar);
        }
        jar.closeEntry();
      }
    }
  }

  @Test
  @Order(5)
  void aWrongAddressIsALine() throws Exception {
    int closed;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      closed = free.getLocalPort();
    }
    Path out = folder.resolve("nowhere");
    List<String> arguments = sweep(out, "--cluster", "spark://127.0.0.1:" + closed);
    new SweepProcess(folder, "nowhere", arguments)
        .assertRefused("cannot reach the Spark master spark://127.0.0.1:" + closed, "refused");
    assertFalse(Files.exists(out.resolve("result.json")));
    new SweepProcess(folder, "no-address", sweep(out, "--cluster", "127.0.0.1:7077"))
        .assertRefused("\"127.0.0.1:7077\" is no cluster; give spark://HOST:PORT");
  }
}
