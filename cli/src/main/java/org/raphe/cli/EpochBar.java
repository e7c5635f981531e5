package org.raphe.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;

/**
 * The bar of an epoch, which keeps its meaning where the terminal is narrow: name, share done and
 * bar always, then as many figures as there is room for, the weightiest first, and the bar takes
 * what is left.
 *
 * <pre>
 *   epoch 1  20% [====            ]  accuracy 0.8102, 0:26 left
 * </pre>
 */
final class EpochBar implements ProgressBarRenderer {
  /** Parts of a progress line are joined by it. */
  static final String BETWEEN = ", ";

  private static final int SHORTEST_BAR = 10;
  private static final int LONGEST_BAR = 60;

  private volatile int drawn;

  /** Whether it was drawn once only. */
  boolean drawnOnce() {
    return drawn == 1;
  }

  @Override
  public String render(ProgressState state, int width) {
    drawn++;
    String said = state.getExtraMessage().strip();
    List<String> figures = said.isEmpty() ? List.of() : List.of(said.split(BETWEEN));
    return line(state.getTaskName(), state.getCurrent(), state.getMax(), figures, width);
  }

  /**
   * The line.
   *
   * @param figures the weightiest first
   * @param width columns that it may take
   */
  static String line(String name, long done, long of, List<String> figures, int width) {
    long percent = of == 0 ? 100 : 100 * Math.min(done, of) / of;
    String head = String.format(Locale.ROOT, "%s %3d%%", name, percent);
    List<String> all = new ArrayList<>(figures);
    all.add(String.format(Locale.ROOT, "%d of %d samples", done, of));
    int room = width - head.length() - SHORTEST_BAR - " []".length();
    StringBuilder tail = new StringBuilder();
    for (String figure : all) {
      String added = (tail.length() == 0 ? "  " : BETWEEN) + figure;
      if (tail.length() + added.length() > room) {
        break;
      }
      tail.append(added);
    }
    int bar = Math.min(LONGEST_BAR, room - tail.length() + SHORTEST_BAR);
    if (bar < SHORTEST_BAR) {
      return head.substring(0, Math.min(head.length(), Math.max(0, width)));
    }
    int full = (int) (bar * percent / 100);
    return head + " [" + "=".repeat(full) + " ".repeat(bar - full) + "]" + tail;
  }
}
