package org.raphe.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import org.raphe.cli.cluster.AnswerArchive;
import org.raphe.cli.cluster.ClusterAnswer.End;
import org.raphe.cli.cluster.ClusterAnswer.Header;
import org.raphe.cli.cluster.ClusterSession;
import org.raphe.cli.cluster.ClusterSettings;
import org.raphe.cli.cluster.ClusterTask;
import org.raphe.spark.NoRuns;

/**
 * What a sweep costs beside its runs: many runs that workers answer at once, followed, brought back
 * and written by the code of every sweep on a cluster.
 *
 * <p>Arguments: the master, how many runs, bytes of the model that each brings back, for how many
 * executors runs are handed over (0: as many as there are), a folder, and settings of Spark.
 */
public final class NoRunsMeasurement {
  private NoRunsMeasurement() {}

  /**
   * A cluster that is taken for a larger one, so that as many runs wait in it as in that.
   *
   * @param places how many executors it is said to have; 0 for what it has
   */
  private record Claimed(ClusterSession cluster, int claimed) implements ClusterSession {
    @Override
    public int places() {
      return claimed == 0 ? cluster.places() : claimed;
    }

    @Override
    public String ship(Path file) {
      return cluster.ship(file);
    }

    @Override
    public Future<byte[]> submit(String run, byte[] task) {
      return cluster.submit(run, task);
    }

    @Override
    public String lost() {
      return cluster.lost();
    }

    @Override
    public void close() {
      cluster.close();
    }
  }

  public static void main(String[] arguments) throws IOException {
    int count = Integer.parseInt(arguments[1]);
    Path folder = Files.createDirectories(Path.of(arguments[4]));
    Map<String, String> own = new LinkedHashMap<>();
    for (String setting : List.of(arguments).subList(5, arguments.length)) {
      own.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
    }
    Path answer = answer(folder, Integer.parseInt(arguments[2]));
    List<ClusterSweep.Asked> asked = new ArrayList<>();
    for (int seed = 1; seed <= count; seed++) {
      Map<String, String> settings = new LinkedHashMap<>(Map.of("seed", "" + seed));
      SweepRun run = new SweepRun("train", settings);
      asked.add(
          new ClusterSweep.Asked(
              run, new ClusterTask("v", run.name(), "train", settings, "ab", null)));
    }
    Path out = folder.resolve("out");
    Files.createDirectories(out.resolve("logs"));
    SweepProgress progress =
        new SweepProgress(
            out,
            asked.stream().map(ClusterSweep.Asked::run).toList(),
            new PrintWriter(PrintWriter.nullWriter()));
    ClusterSettings settings = new ClusterSettings(arguments[0], 1, false, own, List.of());
    int places = Integer.parseInt(arguments[3]);
    try (ClusterSession session =
        new Claimed(
            NoRuns.open(settings, answer.getFileName().toString(), System.err::println), places)) {
      session.ship(answer);
      // The first runs bring workers up.
      int first = Math.min(100, count / 10);
      new ClusterSweep(progress, session, "").make(asked.subList(0, first));
      measure(progress, session, asked.subList(first, count), Files.size(answer));
    }
    System.exit(progress.failures());
  }

  private static void measure(
      SweepProgress progress, ClusterSession session, List<ClusterSweep.Asked> asked, long bytes) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    System.gc();
    long heapBefore = used();
    resetPeaks();
    long collected = collections();
    long cpu = system.getProcessCpuTime();
    long from = System.nanoTime();
    new ClusterSweep(progress, session, "").make(asked);
    double seconds = (System.nanoTime() - from) / 1e9;
    double cpuSeconds = (system.getProcessCpuTime() - cpu) / 1e9;
    long peak = peaks();
    System.gc();
    System.out.printf(
        Locale.ROOT,
        "%d runs of %d bytes on %d executors: %.1f s, %.1f runs/s, %.2f ms of the driver's processors a"
            + " run; heap %.1f MB before, at most %.1f MB (limit %.0f), %.1f MB after; %d collections;"
            + " failed %d%n",
        asked.size(),
        bytes,
        session.places(),
        seconds,
        asked.size() / seconds,
        1e3 * cpuSeconds / asked.size(),
        heapBefore / 1e6,
        peak / 1e6,
        Runtime.getRuntime().maxMemory() / 1e6,
        used() / 1e6,
        collections() - collected,
        progress.failures());
  }

  private static long used() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static List<MemoryPoolMXBean> pools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  private static void resetPeaks() {
    pools().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  private static long peaks() {
    return pools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  /** The answer of a real run, its model filled up to a size. */
  private static Path answer(Path folder, int modelBytes) throws IOException {
    Path table = folder.resolve("table.csv");
    Random random = new Random(7);
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < 200; row++) {
      int label = row % 4;
      rows.add(label / 4.0 + "," + random.nextInt(10) / 10.0 + "," + label);
    }
    Files.write(table, rows);
    Path run = folder.resolve("run");
    int status =
        Raphe.execute(
            "train",
            "--quiet",
            "--dataset=" + table,
            "--network=2-4-4",
            "--neuron=rate",
            "--epochs=1",
            "--out=" + run);
    if (status != Raphe.DONE) {
      throw new IllegalStateException("no run was made");
    }
    if (modelBytes > 0) {
      byte[] model = new byte[modelBytes];
      random.nextBytes(model);
      Files.write(run.resolve("model.safetensors"), model);
    }
    Header header = new Header(End.DONE, null, "worker", 0.01, 1);
    return Files.write(
        folder.resolve("answer.zip"), AnswerArchive.of(header, "", run, BroughtRun.NAMES));
  }
}
