package org.raphe.spark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.raphe.Sha256;

/**
 * How the time of a sweep falls as workers grow: 24 runs of one thread each, on a cluster of one
 * worker, of two and so on, each beside a local sweep of as many jobs. Digests of all are compared.
 *
 * <p>Arguments: a folder, how many workers at most, then options of {@code raphe sweep} that every
 * one of the sweeps is given.
 */
public final class WorkersMeasurement {
  private static final int RUNS = 24;

  private WorkersMeasurement() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of(arguments[0]).toAbsolutePath());
    int most = Integer.parseInt(arguments[1]);
    List<String> asked = new ArrayList<>(List.of("--rules", "naca,drtp,frozen"));
    asked.addAll(List.of("--seeds", "1,2,3,4,5,6,7,8", "--set", "threads=1"));
    asked.addAll(List.of(arguments).subList(2, arguments.length));
    Map<String, String> expected = null;
    try (StandaloneCluster cluster = new StandaloneCluster(folder)) {
      for (int workers = 1; workers <= most; workers++) {
        cluster.worker(1, List.of());
        List<String> local = List.of("--jobs", "" + workers);
        List<String> spread =
            List.of("--cluster", cluster.url(), "--cluster-set", "spark.executor.memory=480m");
        for (List<String> where : List.of(local, spread)) {
          String name = where.get(0).substring(2) + "-" + workers;
          Map<String, String> digests = sweep(folder, name, asked, where);
          expected = expected == null ? digests : expected;
          if (digests.size() != RUNS || !digests.equals(expected)) {
            throw new IllegalStateException(name + " has other digests than the first sweep");
          }
        }
      }
    }
  }

  private static Map<String, String> sweep(
      Path folder, String name, List<String> asked, List<String> where) throws Exception {
    List<String> line = new ArrayList<>(asked);
    line.addAll(where);
    Path out = folder.resolve("runs-" + name);
    line.addAll(List.of("--out", out.toString()));
    long from = System.nanoTime();
    new SweepProcess(folder, name, line, List.of("--add-modules=jdk.incubator.vector")).end(0);
    double seconds = (System.nanoTime() - from) / 1e9;
    System.out.printf(
        Locale.ROOT, "%s: %d runs in %.1f s, %.3f runs/s%n", name, RUNS, seconds, RUNS / seconds);
    Map<String, String> digests = new TreeMap<>();
    try (var entries = Files.newDirectoryStream(out, "train-*")) {
      for (Path run : entries) {
        byte[] model = Files.readAllBytes(run.resolve("model.safetensors"));
        digests.put(run.getFileName().toString(), Sha256.of(model));
      }
    }
    return digests;
  }
}
