package org.raphe.cli.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.raphe.RunException;
import org.raphe.backend.Backend;
import org.raphe.data.Samples;
import org.raphe.parity.ParityCase;
import org.raphe.parity.RecordedDigests;

/** Small networks of every kind end with the reference's bits, and with those recorded. */
final class ParityCheck implements Check {
  /** Images that batches are taken from, of which the digests are recorded. */
  private static final int SAMPLES = 6400;

  private static final int SHOWN = 3;

  @Override
  public String name() {
    return "parity";
  }

  @Override
  public Finding run(Task task) {
    int batches = task.scope().parityBatches();
    Samples images = task.mnist().train().first(SAMPLES);
    Map<String, String> recorded = RecordedDigests.bundled().after(batches);
    List<String> different = new ArrayList<>();
    try (Backend verified = task.open();
        Backend reference = Task.referenceFor(verified)) {
      List<ParityCase> cases = ParityCase.all();
      for (ParityCase each : cases) {
        String expected = each.digest(reference, images, batches);
        String found = found(each, verified, images, batches);
        String kept = recorded.get(each.toString());
        if (!found.equals(expected) || !expected.equals(kept)) {
          different.add(each + ": " + found + "; the reference " + expected + "; recorded " + kept);
        }
      }
      return finding(cases.size(), batches, different, Task.referenceWords(verified));
    }
  }

  private static String found(ParityCase each, Backend verified, Samples images, int batches) {
    try {
      return each.digest(verified, images, batches);
    } catch (RunException e) {
      throw new RunException(each + ": " + e.getMessage(), e);
    }
  }

  private static Finding finding(
      int networks, int batches, List<String> different, String reference) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("networks", networks);
    figures.put("batches", batches);
    figures.put("different", different);
    if (different.isEmpty()) {
      String measured = " batches each: the bits of " + reference + ", and those recorded";
      return Finding.of(true, networks + " networks, " + batches + measured, figures);
    }
    List<String> details = new ArrayList<>(different.subList(0, Math.min(SHOWN, different.size())));
    if (different.size() > SHOWN) {
      details.add("and " + (different.size() - SHOWN) + " more; the report names all");
    }
    String measured =
        different.size()
            + (" of " + networks + " networks have other bits than " + reference)
            + " or than those recorded";
    return new Finding(Outcome.FAILED, measured, details, figures);
  }
}
