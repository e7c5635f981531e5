package org.raphe.rule;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.raphe.InputException;
import org.raphe.KnownNames;

/** The rules that Raphe has, by name. A new one is a line here. */
public final class Rules {
  private static final List<Rule> ALL =
      List.of(
          new Naca(),
          new DirectRandomTargetProjection(),
          new RewardPropagation(),
          new DirectFeedbackAlignment(),
          new Eprop(),
          new LocalError(),
          new NacaCompetitive(),
          new Frozen(),
          new BackPropagation(),
          new BackPropagationThroughTime(),
          new ElasticWeightConsolidation(),
          new Hybrid(),
          new ContinualBackPropagation());

  /** Names that were wrong, and what they stand for. */
  private static final Map<String, String> FORMER = Map.of("naca-closed", "local-error");

  private Rules() {}

  /** All rules, with their default settings, in the order in which they are shown. */
  public static List<Rule> all() {
    return ALL;
  }

  /** The name of today that a rule once had another of; the name itself otherwise. */
  public static String today(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return FORMER.getOrDefault(lower, lower);
  }

  /**
   * A rule with its default settings.
   *
   * @param name its name, or a former one
   * @throws InputException if there is no such rule
   */
  public static Rule named(String name) {
    String today = KnownNames.chosen("rule", today(name), ALL.stream().map(Rule::name).toList());
    return ALL.stream().filter(rule -> rule.name().equals(today)).findFirst().get();
  }
}
