package org.raphe.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.raphe.datasets.Failures.assertFails;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raphe.InputException;
import org.raphe.data.Dataset;
import org.raphe.data.Samples;
import org.raphe.datasets.DatasetEntry.Availability;

class BundledMnistTest {
  private static final String SHA256 =
      "fdd5613472932f0dff109ebb6a9ac9c3a79fc485860588643150124e67fbc21b";

  @TempDir Path cache;

  private DatasetOptions options() {
    return new DatasetOptions(null, false, cache);
  }

  private Dataset load() {
    return DatasetCatalog.load("mnist", options());
  }

  private Path file(String name) {
    return cache.resolve("repository/dataset/cv/ai/djl/basicdataset/mnist/1.0").resolve(name);
  }

  @Test
  void loadsAllOfMnist() throws Throwable {
    assertEquals(Availability.BUNDLED, DatasetCatalog.entries(options()).get(0).availability());
    Dataset[] loaded = new Dataset[1];
    assertEquals("", Failures.errorOutput(() -> loaded[0] = load()), "a first load is silent");
    Dataset mnist = loaded[0];
    assertEquals(60_000, mnist.train().size());
    assertEquals(10_000, mnist.test().size());
    assertEquals(SHA256, mnist.sha256());
    assertArrayEquals(
        new int[] {5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949},
        histogram(mnist.train()));
    assertArrayEquals(
        new int[] {980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009}, histogram(mnist.test()));
    assertEquals(
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        sha256(Files.readAllBytes(file(MnistFiles.TRAIN_IMAGES))));
    assertEquals(Availability.CACHED, DatasetCatalog.entries(options()).get(0).availability());
    assertEquals(List.of(), parts());
  }

  @Test
  void damagedFilesAreRepairedWithAWarning() throws Throwable {
    load();
    flipOneBit(file(MnistFiles.TEST_IMAGES), 1_000_000);
    byte[] short1 = Files.readAllBytes(file(MnistFiles.TEST_LABELS));
    Files.write(file(MnistFiles.TEST_LABELS), Arrays.copyOf(short1, 5_000));
    Files.write(file(MnistFiles.TRAIN_LABELS), new byte[70_000]);
    Files.delete(file(MnistFiles.TRAIN_IMAGES));
    Path metadata = file("metadata.json").getParent().resolveSibling("metadata.json");
    Files.writeString(metadata, "{\"artifacts\": [{\"version\": \"../../..\"}]}");

    Dataset[] repaired = new Dataset[1];
    String log = Failures.errorOutput(() -> repaired[0] = load());
    assertEquals(SHA256, repaired[0].sha256());
    assertTrue(log.contains("t10k-images-idx3-ubyte is damaged (expected SHA-256"), log);
    assertTrue(
        log.contains("t10k-labels-idx1-ubyte is damaged (expected 10008 bytes, found 5000"), log);
    assertTrue(
        log.contains("train-labels-idx1-ubyte is damaged (expected 60008 bytes, found more"), log);
    assertTrue(log.contains("metadata.json is not the expected description"), log);
    assertEquals(4, log.lines().count(), log);
    assertEquals("", Failures.errorOutput(this::load), "and stays repaired");
  }

  @Test
  void everyChecksumFailureIsFound() {
    for (KnownFile known : KnownFile.MNIST) {
      byte[] content = new byte[known.size()];
      assertTrue(known.fault(content).startsWith("expected SHA-256 " + known.sha256()));
    }
  }

  /** MNIST comes with Raphe: a cache that cannot be written is said, and keeps nobody from it. */
  @Test
  void cacheThatIsAFileIsNamedAndDoneWithout() throws Throwable {
    cache = Files.createFile(cache.resolve("file"));
    assertLoadsWithoutCache(cache.toString());
    cache = cache.resolve("below");
    assertLoadsWithoutCache(cache.toString());
  }

  private void assertLoadsWithoutCache(String... parts) throws Throwable {
    Dataset[] loaded = new Dataset[1];
    String log = Failures.errorOutput(() -> loaded[0] = load());
    assertEquals(SHA256, loaded[0].sha256());
    assertEquals(1, log.lines().count(), log);
    assertTrue(log.contains("MNIST is read as it came with Raphe"), log);
    assertTrue(log.contains("set RAPHE_CACHE"), log);
    for (String part : parts) {
      assertTrue(log.contains(part), part + " is not in: " + log);
    }
  }

  @Test
  void folderInPlaceOfAFileIsNamed() throws IOException {
    load();
    Files.delete(file(MnistFiles.TEST_LABELS));
    Files.createDirectory(file(MnistFiles.TEST_LABELS));
    assertFails(InputException.class, this::load, "t10k-labels-idx1-ubyte");
  }

  @Test
  void cacheWithoutRightToWriteIsNamedAndDoneWithout() throws Throwable {
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeFalse(Files.isWritable(cache), "this user may write everywhere");
    assertLoadsWithoutCache("permission denied");
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** No user, not even root, makes a folder there. */
  @Test
  void homeThatIsNowhereIsDoneWithout() throws Throwable {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "no /proc is here");
    cache = CacheFolder.of(Map.of(), "/proc/nonexistent");
    assertLoadsWithoutCache("/proc/nonexistent/.cache/raphe");
  }

  /** A limit of 10 MB on a file stands for a disk that fills up in the middle of the third. */
  @Test
  void fullDiskIsNamedAndLeavesNothingUnfinished() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell to set a limit with");
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", "ulimit -f 20480; exec \"$@\""));
    command.add("sh");
    command.addAll(java());
    String output = finish(new ProcessBuilder(command).redirectErrorStream(true).start());
    assertTrue(output.contains("cannot write 47040016 bytes to the cache"), output);
    assertTrue(output.contains("File too large"), output);
    assertTrue(output.contains("free space"), output);
    assertTrue(output.contains("sha256 " + SHA256), "read without the cache: " + output);
    assertEquals(List.of(), parts());
    assertFalse(Files.exists(file(MnistFiles.TRAIN_IMAGES)));
    assertEquals(SHA256, load().sha256(), "goes on once there is room");
  }

  @Test
  void processesThatUnpackTogetherAllSucceed() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int k = 0; k < 2; k++) {
      processes.add(start(java()));
    }
    for (Process process : processes) {
      assertEquals("sha256 " + SHA256, finish(process).lines().findFirst().orElse(""));
    }
    assertEquals(List.of(), parts());
  }

  /** In a process that sets neither property: both are set, and before any class of DJL loads. */
  @Test
  void nothingGoesOverTheNetwork() throws Exception {
    Path log = cache.resolve("classes.log");
    List<String> command = new ArrayList<>(java());
    command.add(1, "-Xlog:class+load=info:file=" + log);
    String output = finish(start(command));
    assertTrue(output.contains("offline true"), output);
    assertTrue(output.contains("opt-out true"), output);
    List<String> classes = Files.readAllLines(log, StandardCharsets.UTF_8);
    int denied = first(classes, " org.raphe.datasets.DjlNetwork ");
    int djl = first(classes, " ai.djl.");
    assertTrue(denied >= 0 && djl >= 0, denied + " " + djl);
    assertTrue(denied < djl, "DJL loaded first: " + classes.get(djl));
    assertEquals(-1, first(classes, " sun.net.www.protocol.http"), "no connection is made");
  }

  private static int first(List<String> lines, String part) {
    for (int k = 0; k < lines.size(); k++) {
      if (lines.get(k).contains(part)) {
        return k;
      }
    }
    return -1;
  }

  private List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx400m",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        LoadMnist.class.getName(),
        cache.toString());
  }

  private static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static String finish(Process process) throws Exception {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }

  private List<String> parts() throws IOException {
    try (Stream<Path> walk = Files.walk(cache)) {
      return walk.map(Path::toString).filter(path -> path.endsWith(".part")).toList();
    }
  }

  private static void flipOneBit(Path path, int at) throws IOException {
    byte[] content = Files.readAllBytes(path);
    content[at] ^= 1;
    Files.write(path, content);
  }

  private static int[] histogram(Samples samples) {
    int[] counts = new int[samples.classes()];
    for (int k = 0; k < samples.size(); k++) {
      counts[samples.label(k)]++;
    }
    return counts;
  }

  private static String sha256(byte[] content) {
    return HexFormat.of().formatHex(KnownFile.digest("SHA-256").digest(content));
  }
}
