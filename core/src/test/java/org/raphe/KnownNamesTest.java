package org.raphe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownNamesTest {
  private static final List<String> NAMES =
      List.of(
          "mnist", "fashion-mnist", "cifar-10", "dfa", "drtp", "naca", "naca-competitive", "bp");

  @ParameterizedTest
  @CsvSource({
    "mnst, mnist",
    "mnsit, mnist",
    "MMIST, mnist",
    "minist, mnist",
    "cifar10, cifar-10",
    "dffa, dfa",
    "fashionmnist, fashion-mnist",
    "fashion, fashion-mnist",
    "competitive, naca-competitive",
    "bpp, bp",
  })
  void theNearestIsOffered(String typed, String expected) {
    assertEquals(expected, KnownNames.nearest(typed, NAMES).orElse("none"));
  }

  /** Two of three letters that differ are another word, and no letter is a part of every name. */
  @ParameterizedTest
  @CsvSource({"dog", "dfs", "imagenet", "''", "a", "xp2", "hebb"})
  void whatIsFarIsNot(String typed) {
    assertTrue(KnownNames.nearest(typed, NAMES).isEmpty(), typed);
  }

  @Test
  void caseDoesNotMatter() {
    assertEquals("naca", KnownNames.chosen("rule", "NaCa", NAMES));
  }

  @Test
  void theMessageNamesWhatIsKnown() {
    InputException near =
        assertThrows(
            InputException.class, () -> KnownNames.chosen("unit", "lfi", List.of("lif", "rate")));
    assertEquals(
        "unit \"lfi\" is unknown; did you mean lif? Known are lif, rate", near.getMessage());
    InputException far =
        assertThrows(
            InputException.class, () -> KnownNames.chosen("unit", "tanh", List.of("a", "b", "c")));
    assertEquals("unit \"tanh\" is unknown; choose one of a, b, c", far.getMessage());
  }
}
