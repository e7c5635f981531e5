package org.raphe.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.raphe.InputException;
import org.raphe.KnownNames;
import org.raphe.agent.GoNoGo;
import org.raphe.agent.ReversalBandit;
import org.raphe.agent.RewardTable;
import org.raphe.agent.SessionPlan;
import org.raphe.agent.Shift;
import org.raphe.agent.Task;
import picocli.CommandLine.Option;

/** A session of trials: which task, how long, what changes, what is paid. */
final class StudyOptions {
  private static final List<String> OUTCOMES =
      List.of("hit", "false-alarm", "miss", "correct-rejection");

  @Option(
      names = "--task",
      defaultValue = "go-nogo",
      paramLabel = "go-nogo|bandit",
      description =
          "What learners do: Go/No-Go with set shifting, or two arms that exchange. Default:"
              + " ${DEFAULT-VALUE}.")
  String task;

  @Option(
      names = "--shift",
      paramLabel = "extra-dimensional|reversal",
      description =
          "What changes in go-nogo: the dimension that decides, or which cue of it means Go."
              + " Default: reversal.")
  String shift;

  @Option(
      names = "--trials",
      defaultValue = "550",
      paramLabel = "N",
      description = "Trials of a session. Default: ${DEFAULT-VALUE}.")
  int trials;

  @Option(
      names = "--shifts",
      defaultValue = "1",
      paramLabel = "N",
      description =
          "How often the rule changes, at even distances, there and back. Default:"
              + " ${DEFAULT-VALUE}.")
  int shifts;

  @Option(
      names = "--rewards",
      paramLabel = "OUTCOME=R,...",
      description =
          "What go-nogo pays for each of hit, false-alarm, miss and correct-rejection. Default:"
              + " hit=1,false-alarm=-1,miss=0,correct-rejection=0.")
  String rewards;

  @Option(
      names = "--reward-probabilities",
      paramLabel = "BETTER,WORSE",
      description = "How often the arms of bandit pay 1. Default: 0.8,0.2.")
  String probabilities;

  @Option(
      names = "--block",
      defaultValue = "25",
      paramLabel = "N",
      description = "Trials of a block, over which measures are taken. Default: ${DEFAULT-VALUE}.")
  int block;

  @Option(
      names = "--learners",
      defaultValue = "1000",
      paramLabel = "N",
      description = "Learners of each kind, all independent. Default: ${DEFAULT-VALUE}.")
  int learners;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Key of every random number. Default: ${DEFAULT-VALUE}.")
  long seed;

  /** The task of a session. */
  Task task() {
    if (block < 1) {
      throw new InputException("--block must be at least 1, not " + block);
    }
    SessionPlan plan = new SessionPlan(trials, shifts);
    if (KnownNames.chosen("task", task, List.of("go-nogo", "bandit")).equals("go-nogo")) {
      refuse("--reward-probabilities", probabilities, "bandit");
      return new GoNoGo(plan, shift(), table(), seed);
    }
    refuse("--shift", shift, "go-nogo");
    refuse("--rewards", rewards, "go-nogo");
    List<Float> often =
        probabilities == null
            ? List.of(0.8f, 0.2f)
            : VolatileStreamOptions.list("--reward-probabilities", probabilities, Float::valueOf);
    if (often.size() != 2) {
      throw new InputException(
          "--reward-probabilities \"" + probabilities + "\" is not of the form BETTER,WORSE");
    }
    return new ReversalBandit(plan, often.get(0), often.get(1), seed);
  }

  private static void refuse(String option, Object given, String task) {
    if (given != null) {
      throw new InputException(option + " is for --task " + task);
    }
  }

  private Shift shift() {
    String typed = shift == null ? Shift.REVERSAL.toString() : shift;
    List<String> names = List.of(Shift.values()).stream().map(Shift::toString).toList();
    return Shift.values()[names.indexOf(KnownNames.chosen("shift", typed, names))];
  }

  private RewardTable table() {
    if (rewards == null) {
      return RewardTable.STANDARD;
    }
    Map<String, Float> given = new LinkedHashMap<>();
    for (String part : rewards.split(",", -1)) {
      String[] sides = part.split("=", -1);
      if (sides.length != 2) {
        throw new InputException("--rewards \"" + rewards + "\" is not of the form OUTCOME=R,...");
      }
      String outcome = KnownNames.chosen("outcome", sides[0].strip(), OUTCOMES);
      float reward =
          VolatileStreamOptions.list("--rewards", sides[1].strip(), Float::valueOf).get(0);
      if (given.put(outcome, reward) != null) {
        throw new InputException("--rewards names " + outcome + " twice");
      }
    }
    List<String> lacking = OUTCOMES.stream().filter(each -> !given.containsKey(each)).toList();
    if (!lacking.isEmpty()) {
      throw new InputException(
          "--rewards lacks "
              + String.join(" and ", lacking)
              + "; it needs "
              + String.join(", ", OUTCOMES));
    }
    return new RewardTable(
        given.get(OUTCOMES.get(0)),
        given.get(OUTCOMES.get(1)),
        given.get(OUTCOMES.get(2)),
        given.get(OUTCOMES.get(3)));
  }

  /** What result.json says of it. */
  Map<String, String> said() {
    Task made = task();
    Map<String, String> said = new LinkedHashMap<>();
    said.put("task", made.name());
    if (made instanceof GoNoGo goNoGo) {
      RewardTable table = goNoGo.table();
      said.put("shift", goNoGo.shift().toString());
      said.put(
          "rewards",
          "hit="
              + table.hit()
              + ",false-alarm="
              + table.falseAlarm()
              + ",miss="
              + table.miss()
              + ",correct-rejection="
              + table.correctRejection());
    }
    if (made instanceof ReversalBandit bandit) {
      said.put("reward_probabilities", bandit.better() + "," + bandit.worse());
    }
    said.put("trials", Integer.toString(trials));
    said.put("shifts", Integer.toString(shifts));
    said.put("learners", Integer.toString(learners));
    return said;
  }
}
