package org.raphe.spark;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A standalone cluster of Spark: a master and workers, each a process on the loopback address, of
 * the jars that Maven has put into {@code target/lib}. All are gone when it is closed.
 */
final class StandaloneCluster implements AutoCloseable {
  private static final long MOST_SECONDS = 240;
  private static final String HERE = "127.0.0.1";
  static final Path LIBRARIES = Path.of("target", "lib").toAbsolutePath();

  /** Serial and quickly compiled: many small processes share few processors. */
  static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final Path folder;
  private final int port;
  private final Process master;
  private final List<Process> workers = new ArrayList<>();
  private final List<Path> links = new ArrayList<>();

  /**
   * Starts a master.
   *
   * @param folder where the processes work
   */
  StandaloneCluster(Path folder) throws Exception {
    this.folder = folder;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(HERE))) {
      port = free.getLocalPort();
    }
    master =
        start(
            "master",
            home("home", List.of()),
            List.of("-Dspark.master.rest.enabled=false"),
            List.of("master.Master", "--host", HERE, "--port", "" + port, "--webui-port", "0"));
    await("master", () -> answers(port));
  }

  String url() {
    return "spark://" + HERE + ":" + port;
  }

  /** A folder as an installation of Spark is laid out, with more jars before Spark's. */
  private Path home(String name, List<Path> more) throws IOException {
    Path jars = Files.createDirectories(folder.resolve(name).resolve("jars"));
    for (Path jar : more) {
      Files.copy(jar, jars.resolve(jar.getFileName()));
    }
    try (var libraries = Files.list(LIBRARIES)) {
      for (Path library : libraries.toList()) {
        Path link = jars.resolve(library.getFileName());
        if (Files.notExists(link)) {
          links.add(Files.createSymbolicLink(link, library));
        }
      }
    }
    return jars.getParent();
  }

  /**
   * Starts a worker and waits until the master knows it.
   *
   * @param cores processors that it offers
   * @param installed jars that its installation has beside Spark's
   * @param options of its Java, such as settings of Spark
   */
  Process worker(int cores, List<Path> installed, String... options) throws Exception {
    String name = "worker-" + workers.size();
    Path home = home("home-" + name, installed);
    List<String> command = new ArrayList<>(List.of("worker.Worker", "--host", HERE));
    command.addAll(List.of("--webui-port", "0", "--cores", "" + cores, "--memory", "600m"));
    command.addAll(List.of("--work-dir", folder.resolve(name).toString(), url()));
    Process worker = start(name, home, Arrays.asList(options), command);
    workers.add(worker);
    await(name, () -> log(name).contains("Successfully registered with master"));
    return worker;
  }

  private Process start(String name, Path home, List<String> options, List<String> command)
      throws IOException {
    List<String> line = new ArrayList<>(java("-Xmx192m", SMALL));
    line.addAll(options);
    line.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=info");
    line.addAll(List.of("-cp", LIBRARIES + "/*:" + jarOf("org.slf4j.simple.SimpleLogger")));
    line.add("org.apache.spark.deploy." + command.get(0));
    line.addAll(command.subList(1, command.size()));
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile());
    builder.environment().putAll(environment());
    builder.environment().put("SPARK_HOME", home.toString());
    return builder.start();
  }

  /** What every process of Spark here is started with. */
  static Map<String, String> environment() {
    return Map.of(
        "SPARK_LOCAL_IP",
        HERE,
        "SPARK_SCALA_VERSION",
        "2.13",
        "JAVA_HOME",
        System.getProperty("java.home"));
  }

  /** The Java of the tests with what Spark needs. */
  static List<String> java(String memory, List<String> options) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add(memory);
    line.addAll(options);
    Arrays.stream(JavaModuleOptions.defaultModuleOptionArray())
        .filter(option -> option.startsWith("--add-opens="))
        .forEach(line::add);
    return line;
  }

  /** Where the class path of the tests has a class from. */
  static Path jarOf(String name) {
    try {
      return Path.of(
          Class.forName(name).getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (ReflectiveOperationException | java.net.URISyntaxException e) {
      throw new IllegalStateException(name + " is not on the class path", e);
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(HERE, port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  String log(String name) {
    try {
      return Files.readString(folder.resolve(name + ".log"));
    } catch (IOException e) {
      return "";
    }
  }

  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < until, "no " + what + " within " + MOST_SECONDS + " s");
      Thread.sleep(20);
    }
  }

  /** SIGKILL for a worker and its executors, as when its machine is switched off. */
  static void kill(Process worker) throws InterruptedException {
    List<ProcessHandle> all = new ArrayList<>(worker.descendants().toList());
    worker.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    worker.waitFor();
  }

  @Override
  public void close() throws Exception {
    for (Process worker : workers) {
      kill(worker);
    }
    kill(master);
    for (Path link : links) {
      Files.delete(link);
    }
  }
}
