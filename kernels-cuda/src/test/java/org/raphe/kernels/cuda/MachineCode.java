package org.raphe.kernels.cuda;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A module's instructions as nvdisasm prints them, and what its loops cost. Loops are recognised as
 * {@code loops.awk} does it.
 */
final class MachineCode {
  private static final Pattern LABEL = Pattern.compile("^\\s*(\\.L_x_\\d+):");

  /** The kind of an instruction, without predicate and modifiers, and what else it says. */
  private static final Pattern INSTRUCTION =
      Pattern.compile("^\\s*/\\*[0-9a-f]+\\*/\\s+(?:@\\S+\\s+)?([^\\s.;]+)(.*)");

  private static final Pattern TARGET = Pattern.compile("\\.L_x_\\d+");

  /** How {@code loops.txt} calls a loop around a vote, passed over. */
  private static final String PAST_VOTE = "past VOTE";

  private static final String BRANCH = "BRA";

  private record Instruction(String kind, String target) {}

  /** From a label to the branch back to it. */
  private record Loop(int begin, int end) {
    boolean holds(Loop other) {
      return begin <= other.begin && other.end <= end && !equals(other);
    }

    int slots() {
      return end - begin + 1;
    }
  }

  private final List<Instruction> instructions = new ArrayList<>();
  private final Map<String, Integer> labels = new HashMap<>();
  private final List<Loop> loops = new ArrayList<>();

  MachineCode(String disassembled) {
    disassembled.lines().forEach(this::read);
    for (int k = 0; k < instructions.size(); k++) {
      Integer begin = labels.get(instructions.get(k).target);
      if (instructions.get(k).kind.equals(BRANCH) && begin != null && begin <= k) {
        loops.add(new Loop(begin, k));
      }
    }
  }

  private void read(String line) {
    Matcher label = LABEL.matcher(line);
    Matcher instruction = INSTRUCTION.matcher(line);
    if (label.find()) {
      labels.put(label.group(1), instructions.size());
    } else if (instruction.find()) {
      Matcher target = TARGET.matcher(instruction.group(2));
      instructions.add(
          new Instruction(instruction.group(1), target.find() ? target.group() : null));
    }
  }

  /**
   * Instructions that a turn of a loop issues.
   *
   * @param wanted how the loop is recognised, as in {@code loops.txt}
   * @throws IllegalStateException if not just one innermost loop is so
   */
  int slots(String wanted) {
    List<Loop> fitting = loops.stream().filter(loop -> fits(loop, wanted)).toList();
    List<Loop> inner =
        fitting.stream().filter(loop -> fitting.stream().noneMatch(loop::holds)).toList();
    if (inner.size() != 1) {
      throw new IllegalStateException(inner.size() + " loops are " + wanted);
    }
    Loop loop = inner.get(0);
    return wanted.equals(PAST_VOTE) ? loop.slots() - jumpedAfterVote(loop) : loop.slots();
  }

  private boolean fits(Loop loop, String wanted) {
    if (wanted.equals(PAST_VOTE)) {
      return count("VOTE", loop) == 1;
    }
    for (String part : wanted.split(" ")) {
      String[] pair = part.split("=");
      if (count(pair[0], loop) != Integer.parseInt(pair[1])) {
        return false;
      }
    }
    return true;
  }

  private long count(String kind, Loop loop) {
    return instructions.subList(loop.begin, loop.end + 1).stream()
        .filter(instruction -> instruction.kind.equals(kind))
        .count();
  }

  private int jumpedAfterVote(Loop loop) {
    boolean voted = false;
    for (int k = loop.begin; k <= loop.end; k++) {
      voted |= instructions.get(k).kind.equals("VOTE");
      if (voted && instructions.get(k).kind.equals(BRANCH)) {
        int join = labels.getOrDefault(instructions.get(k).target, 0);
        if (join <= k || join > loop.end) {
          break;
        }
        return join - k - 1;
      }
    }
    throw new IllegalStateException("no branch ahead follows the vote of a loop " + PAST_VOTE);
  }
}
