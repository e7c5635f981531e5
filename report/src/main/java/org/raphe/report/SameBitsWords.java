package org.raphe.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.raphe.result.Provenance;
import org.raphe.result.RunResult;

/** What the runs themselves say of coming to the same bits again. */
final class SameBitsWords {
  private SameBitsWords() {}

  /** Sentences, one for each kind of run. */
  static List<String> of(List<RunGroup> groups) {
    Map<String, Set<String>> rules = new LinkedHashMap<>();
    Set<String> silent = new TreeSet<>();
    boolean dirty = false;
    for (RunGroup group : groups) {
      for (Run run : group.runs()) {
        String where = Run.text(provenance(run), Provenance::sameBits);
        Set<String> of =
            where == null ? silent : rules.computeIfAbsent(where, k -> new TreeSet<>());
        of.add(run.rule());
        String commit = Run.text(provenance(run), Provenance::gitCommit);
        dirty |= commit != null && commit.endsWith("-dirty");
      }
    }
    List<String> sentences = new ArrayList<>();
    rules.forEach(
        (where, of) ->
            sentences.add(
                "The same command at the same commit gives the same weights, bit for bit, "
                    + where
                    + ": "
                    + String.join(", ", of)
                    + "."));
    if (!silent.isEmpty()) {
      sentences.add(
          "Whether the same command gives the same bits is not recorded in runs of earlier versions: "
              + String.join(", ", silent)
              + ".");
    }
    if (dirty) {
      sentences.add(
          "A commit that ends in -dirty does not name the sources of its run: they had changes that were not committed.");
    }
    return sentences;
  }

  private static Provenance provenance(Run run) {
    RunResult result = run.result();
    return result.provenance();
  }
}
