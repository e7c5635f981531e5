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
import org.raphe.tensor.TensorSpec;

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

  @Test
  void hybridHasTheSettingsOfItsLocalRule() {
    Rule hybrid = new Hybrid().with("backward-layers", "1").with("lambda", "0.4");
    assertEquals("0.4", hybrid.settings().get("lambda").toString());
    assertEquals(1, hybrid.settings().get("backward-layers"));
    Rule heads = hybrid.with("local-rule", "local-error").with("local-heads", "learned");
    assertEquals(new Hybrid(new LocalError(LocalError.Heads.LEARNED), 1), heads);
    assertFails(
        InputException.class,
        () -> heads.with("lambda", "0.4"),
        "rule hybrid has no setting lambda",
        "local-heads");
  }

  @Test
  void hybridIsOfALocalRuleAndOfLayersThatAreThere() {
    NetworkSpec network = NetworkText.parse("4-5-6-3", NeuronModel.RATE, Mode.CLASSIFICATION);
    Hybrid two = new Hybrid();
    two.checkFits(network);
    assertEquals(1, two.firstBackward(network));
    assertEquals("bp", new Hybrid(new Naca(), 3).sameAs(network).orElseThrow());
    assertTrue(two.sameAs(network).isEmpty());
    assertFails(
        InputException.class,
        () -> two.with("backward-layers", "4").checkFits(network),
        "backward-layers must be at most the layers of 4-5-6-3, which has 3, not 4");
    assertFails(
        InputException.class,
        () -> two.with("backward-layers", "-1"),
        "backward-layers must be at least 0, not -1");
    for (String other : List.of("bp", "hybrid", "naca-competitive")) {
      assertFails(
          InputException.class,
          () -> two.with("local-rule", other),
          "local-rule " + other + " does not teach single layers");
    }
    List<TensorSpec> heads = new Hybrid(new LocalError(LocalError.Heads.LEARNED), 2).state(network);
    assertEquals(List.of(new TensorSpec("layers.0.head", List.of(3, 6))), heads);
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
