package org.raphe.cli.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.raphe.RunException;
import org.raphe.backend.Backend;
import org.raphe.parity.ParityCase;
import org.raphe.training.Samples;

/**
 * Small networks of every kind end with the CPU backend's bits; the CPU is compared with itself.
 */
final class ParityCheck implements Check {
  /** Images that batches are taken from. */
  private static final int SAMPLES = 6400;

  private static final int SHOWN = 3;

  private final List<String> different = new ArrayList<>();

  @Override
  public String name() {
    return "parity";
  }

  @Override
  public Finding run(Task task) {
    different.clear();
    Samples images = task.mnist().train().first(SAMPLES);
    int batches = task.scope().parityBatches();
    String with;
    try (Backend verified = task.open();
        Backend reference = Task.referenceFor(verified)) {
      with = Task.referenceWords(verified);
      for (ParityCase each : ParityCase.all()) {
        compare(each, verified, reference, images, batches);
      }
    }
    return finding(ParityCase.all().size(), batches, with);
  }

  private void compare(
      ParityCase each, Backend verified, Backend reference, Samples images, int batches) {
    String expected = each.digest(reference, images, batches);
    String found;
    try {
      found = each.digest(verified, images, batches);
    } catch (RunException e) {
      throw new RunException(each + ": " + e.getMessage(), e);
    }
    if (!found.equals(expected)) {
      different.add(each + ": " + found + " in place of " + expected);
    }
  }

  private Finding finding(int cases, int batches, String with) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("networks", cases);
    figures.put("batches", batches);
    figures.put("different", List.copyOf(different));
    if (different.isEmpty()) {
      String measured = cases + " networks, " + batches + " batches each: the same bits as " + with;
      return Finding.of(true, measured, figures);
    }
    String measured =
        different.size() + " of " + cases + " networks have other bits than " + with + " gives";
    List<String> details = new ArrayList<>(different.subList(0, Math.min(SHOWN, different.size())));
    if (different.size() > SHOWN) {
      details.add("and " + (different.size() - SHOWN) + " more; the report names all");
    }
    return new Finding(Outcome.FAILED, measured, details, figures);
  }
}
