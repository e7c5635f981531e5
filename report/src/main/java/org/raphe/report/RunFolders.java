package org.raphe.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.result.RecordFile;
import org.raphe.result.SweepPlan;

/** Finds and reads the runs below folders; what cannot be read is kept with its reason. */
final class RunFolders {
  /** What a sweep means to run, in its folder. */
  static final String SWEEP = "sweep.json";

  private static final int MOST_FOLDERS = 10_000;

  private final List<Run> runs = new ArrayList<>();
  private final Set<Path> known = new HashSet<>();
  private final Map<String, String> missing = new LinkedHashMap<>();

  /** Reads a folder that is a run, or that contains runs. */
  void add(Path folder) {
    try {
      Set<Path> found = isRun(folder) ? Set.of(folder) : runsBelow(folder);
      found.forEach(this::read);
    } catch (InputException e) {
      missing.put(folder.toString(), e.getMessage());
    }
  }

  private void read(Path folder) {
    try {
      Run read = RunReader.read(folder);
      if (known.add(folder.toAbsolutePath().normalize())) {
        runs.add(read);
      }
    } catch (InputException e) {
      missing.put(folder.toString(), e.getMessage());
    }
  }

  private static boolean isRun(Path folder) {
    return Stream.of(RunReader.RESULT, RunReader.SETTINGS, RunReader.CHECKPOINT)
        .anyMatch(file -> Files.exists(folder.resolve(file)));
  }

  private static Set<Path> runsBelow(Path folder) {
    Set<Path> found = new LinkedHashSet<>();
    try (Stream<Path> entries = Files.list(folder)) {
      entries.filter(RunFolders::isRun).sorted().limit(MOST_FOLDERS + 1L).forEach(found::add);
    } catch (IOException e) {
      throw new InputException(
          "cannot list the run folder " + folder + ": " + IoFailure.reason(e), e);
    }
    found.addAll(planned(folder));
    if (found.isEmpty()) {
      throw new InputException(folder + " is no run folder and contains none");
    }
    if (found.size() > MOST_FOLDERS) {
      throw new InputException(folder + " contains more than " + MOST_FOLDERS + " runs");
    }
    return found;
  }

  /** The runs that a sweep was to make, though it may not have come to them. */
  private static Set<Path> planned(Path folder) {
    Set<Path> planned = new LinkedHashSet<>();
    if (Files.exists(folder.resolve(SWEEP))) {
      SweepPlan plan = RecordFile.read(folder.resolve(SWEEP), SweepPlan.class);
      for (String name : plan.runs() == null ? List.<String>of() : plan.runs()) {
        if (!name.matches("[A-Za-z0-9._-]{1,200}") || name.startsWith(".")) {
          throw new InputException(folder.resolve(SWEEP) + " is broken: it names no plain folders");
        }
        planned.add(folder.resolve(name));
      }
    }
    return planned;
  }

  List<Run> runs() {
    return runs;
  }

  /** By folder, one line that says why nothing of it is in the report. */
  Map<String, String> missing() {
    return missing;
  }
}
