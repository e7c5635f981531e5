package org.raphe.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What each backend came to in each parity case, beside what was recorded. */
final class DigestTable {
  private final boolean recording;
  private final Map<String, String> unmet;
  private final List<List<String>> rows = new ArrayList<>();
  private boolean allSame = true;

  /**
   * @param recorded the recorded digest of each case; null to compare the backends alone
   */
  DigestTable(Map<String, String> recorded) {
    recording = recorded != null;
    unmet = recording ? new LinkedHashMap<>(recorded) : Map.of();
  }

  /**
   * Adds the row of a case.
   *
   * @param backends names of those that ran it
   * @param digests what each of them came to; none, and the row says that it was not run
   */
  void add(String parityCase, List<String> backends, List<String> digests) {
    String recorded = recording ? unmet.remove(parityCase) : null;
    if (digests.isEmpty()) {
      rows.add(List.of(parityCase, "not run", "no backend named has its kernels"));
      return;
    }
    boolean same = digests.stream().distinct().count() == 1;
    boolean asRecorded = recorded == null || digests.get(0).equals(recorded);
    if (!same || !asRecorded) {
      addFault(parityCase, "DIFFERENT", named(backends, digests, recorded));
    } else if (recording && recorded == null) {
      addFault(parityCase, "NOT RECORDED", digests.get(0));
    } else {
      rows.add(List.of(parityCase, "same bits", digests.get(0)));
    }
  }

  private void addFault(String parityCase, String outcome, String digests) {
    allSame = false;
    rows.add(List.of(parityCase, outcome, digests));
  }

  /**
   * Prints the table, and recorded cases that were not added as faults.
   *
   * @return whether every case that was run had the same bits everywhere
   */
  boolean print(PrintWriter out, String heading) {
    unmet.forEach((parityCase, digest) -> addFault(parityCase, "NO SUCH CASE", digest));
    TextTable.print(out, List.of(heading, "outcome", "SHA-256"), rows);
    return allSame;
  }

  private static String named(List<String> backends, List<String> digests, String recorded) {
    List<String> each = new ArrayList<>();
    for (int k = 0; k < digests.size(); k++) {
      each.add(backends.get(k) + " " + digests.get(k));
    }
    if (recorded != null) {
      each.add("recorded " + recorded);
    }
    return String.join(", ", each);
  }
}
