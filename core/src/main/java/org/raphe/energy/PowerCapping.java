package org.raphe.energy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.raphe.IoFailure;

/**
 * Energy from the kernel's power-capping counters: each {@code intel-rapl} zone (Intel and AMD)
 * holds microjoules that run up to {@code max_energy_range_uj} and begin again at 0. Packages and
 * their memory are summed; cores and platform zones are parts of them or contain them, and would
 * count twice. What the counters hold is what the whole machine used, other programs included.
 */
public final class PowerCapping implements EnergyMeter {
  /** Where Linux shows the counters. */
  public static final Path FOLDER = Path.of("/sys/class/powercap");

  /** A package at 300 W comes round in 14 minutes; this sees each round. */
  private static final long SAMPLE_SECONDS = 20;

  private final List<Zone> zones = new ArrayList<>();
  private final ScheduledExecutorService sampling;
  private final Path folder;
  private String source;
  private String reason;

  private PowerCapping(Path folder) {
    this.folder = folder;
    open();
    sampling =
        zones.isEmpty() ? null : Executors.newSingleThreadScheduledExecutor(PowerCapping::daemon);
    if (sampling != null) {
      sampling.scheduleAtFixedRate(this::sample, SAMPLE_SECONDS, SAMPLE_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static Thread daemon(Runnable body) {
    Thread thread = new Thread(body, "raphe-energy");
    thread.setDaemon(true);
    return thread;
  }

  /** Begins to measure; where nothing can be read, {@link #reading} says why. */
  public static PowerCapping start(Path folder) {
    return new PowerCapping(folder);
  }

  private void open() {
    TreeSet<String> names = new TreeSet<>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.sorted().toList()) {
        String file = entry.getFileName().toString();
        if (file.startsWith("intel-rapl:") && Files.exists(entry.resolve("energy_uj"))) {
          String name = text(entry.resolve("name"));
          if (name.startsWith("package-") || name.equals("dram")) {
            zones.add(new Zone(entry));
            names.add(name);
          }
        }
      }
      reason = zones.isEmpty() ? "no intel-rapl package zone in " + folder : null;
    } catch (IOException e) {
      fail(e);
    }
    source = "power-capping counters (" + String.join(", ", names) + ")";
  }

  private void fail(IOException e) {
    zones.clear();
    reason = "the counters in " + folder + " cannot be read (" + IoFailure.reason(e) + ")";
  }

  private synchronized void sample() {
    try {
      for (Zone zone : zones) {
        zone.sample();
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  @Override
  public synchronized EnergyReading reading() {
    sample();
    if (reason != null) {
      return EnergyReading.none(reason);
    }
    long microjoules = zones.stream().mapToLong(zone -> zone.used).sum();
    return new EnergyReading(
        microjoules / 1e6,
        source + "; the whole machine during the whole run, tests included, GPUs not");
  }

  @Override
  public void close() {
    if (sampling != null) {
      sampling.shutdownNow();
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file).strip();
  }

  private static long number(Path file) throws IOException {
    String text = text(file);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IOException(file.getFileName() + " holds no number", e);
    }
  }

  /** One counter. */
  private static final class Zone {
    private final Path folder;
    private final long range;
    private long last;
    private long used;

    private Zone(Path folder) throws IOException {
      this.folder = folder;
      range = number(folder.resolve("max_energy_range_uj"));
      last = number(folder.resolve("energy_uj"));
    }

    private void sample() throws IOException {
      long now = number(folder.resolve("energy_uj"));
      // The counter is 0 again after its largest value.
      used += now >= last ? now - last : now + range + 1 - last;
      last = now;
    }
  }
}
