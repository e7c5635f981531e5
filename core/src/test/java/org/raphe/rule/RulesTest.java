package org.raphe.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.raphe.OneLine.assertFails;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.raphe.InputException;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;

class RulesTest {

  static List<Rule> all() {
    return Rules.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyRuleIsFoundByItsName(Rule rule) {
    assertEquals(rule, Rules.named(rule.name()));
    assertEquals(rule, Rules.named(rule.name().toUpperCase(java.util.Locale.ROOT)));
    assertFalse(rule.source().isBlank());
  }

  @Test
  void namesAreOfOneRuleEach() {
    List<String> names = Rules.all().stream().map(Rule::name).toList();
    assertEquals(names.size(), new HashSet<>(names).size());
  }

  @Test
  void aFormerNameStillServes() {
    assertEquals("local-error", Rules.today("naca-closed"));
    assertEquals("naca", Rules.today("naca"));
    assertEquals(new LocalError(), Rules.named("naca-closed"));
  }

  @Test
  void anUnknownRuleIsRefusedWithTheNamesOfAll() {
    assertFails(
        InputException.class,
        () -> Rules.named("hebb"),
        "rule \"hebb\" is unknown",
        "frozen",
        "ewc");
  }

  /** What a rule says of its settings is what it takes: the same rule comes of it. */
  @ParameterizedTest
  @MethodSource("all")
  void settingsReadBack(Rule rule) {
    Rule again = Rules.named(rule.name());
    for (Map.Entry<String, Object> setting : rule.settings().entrySet()) {
      if (setting.getValue() != null) {
        again = again.with(setting.getKey(), setting.getValue().toString());
      }
    }
    assertEquals(rule, again);
  }

  @ParameterizedTest
  @MethodSource("all")
  void otherSettingsAreRefused(Rule rule) {
    assertFails(
        InputException.class,
        () -> rule.with("temperature", "1"),
        "rule " + rule.name() + " has no setting temperature");
  }

  @Test
  void settingsAreChecked() {
    assertFails(
        InputException.class, () -> new Naca().with("lambda", "half"), "lambda must be a number");
    assertFails(
        InputException.class,
        () -> new Naca().with("innervation", "cauchy"),
        "choose one of uniform, normal, beta, zero");
    assertFails(
        InputException.class,
        () -> new ElasticWeightConsolidation().with("ewc-lambda", "-1"),
        "must be finite and not negative, not -1.0");
  }

  @Test
  void backPropagationIsForOneKindOfUnits() {
    NetworkSpec rate = NetworkText.parse("4-5-3", NeuronModel.RATE, Mode.CLASSIFICATION);
    NetworkSpec spiking = NetworkText.parse("4-5-3", NeuronModel.LIF, Mode.CLASSIFICATION);
    new BackPropagation().checkFits(rate);
    new BackPropagationThroughTime().checkFits(spiking);
    assertFails(
        InputException.class, () -> new BackPropagation().checkFits(spiking), "is for rate units");
    assertFails(
        InputException.class,
        () -> new BackPropagationThroughTime().checkFits(rate),
        "is for spiking units");
    assertTrue(new BackPropagation().needsEngine());
  }

  /** Samples of a convolution share weights, which squares of single gradients do not know. */
  @Test
  void backPropagationTakesConvolutionsAndConsolidationDoesNot() {
    String text = "6x6x1-c4k3-pool-3";
    NetworkSpec rate = NetworkText.parse(text, NeuronModel.RATE, Mode.CLASSIFICATION);
    new BackPropagation().checkFits(rate);
    new BackPropagationThroughTime()
        .checkFits(NetworkText.parse(text, NeuronModel.LIF, Mode.CLASSIFICATION));
    assertFails(
        InputException.class,
        () -> new ElasticWeightConsolidation().checkFits(rate),
        "knows no convolutions");
  }

  /** m-n-k = 4-5-3, the counts of Zhang et al. 2023. */
  @Test
  void publishedOperations() {
    NetworkSpec network = NetworkText.parse("4-5-3", NeuronModel.RATE, Mode.CLASSIFICATION);
    assertEquals(20 + 15, new Naca().publishedOperations(network).orElseThrow());
    assertEquals(
        20 + 15 + 15 + 12, new RewardPropagation().publishedOperations(network).orElseThrow());
    assertEquals(
        20 + 15 + 15 + 12,
        new DirectFeedbackAlignment().publishedOperations(network).orElseThrow());
    assertEquals(20 + 50 + 30 + 12, new Eprop().publishedOperations(network).orElseThrow());
    assertEquals(
        20 + 25 + 15 + 20, new BackPropagation().publishedOperations(network).orElseThrow());
    assertTrue(new LocalError().publishedOperations(network).isEmpty());
  }
}
