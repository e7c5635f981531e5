package org.raphe.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.raphe.OneLine.assertFails;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.raphe.InputException;

class NamedTensorsTest {
  private static NamedTensors one(String name, int rows, float... values) {
    return new NamedTensors(Map.of(name, new Tensor(List.of(rows, values.length / rows), values)));
  }

  private static final NamedTensors TWO = one("b", 1, 1f, 2f).and(one("a", 2, 3f, 4f));

  @Test
  void theOrderIsThatOfAdding() {
    assertEquals(
        List.of(new TensorSpec("b", List.of(1, 2)), new TensorSpec("a", List.of(2, 1))),
        TWO.specs());
    assertEquals(List.copyOf(TWO.tensors().keySet()), List.of("b", "a"));
    assertThrows(IllegalArgumentException.class, () -> TWO.and(one("a", 1, 5f)));
    assertThrows(IllegalArgumentException.class, () -> TWO.values("c"));
  }

  @Test
  void prefixesGoAndCome() {
    NamedTensors led = TWO.prefixed("x.").and(TWO);
    assertEquals(List.of("x.b", "x.a", "b", "a"), List.copyOf(led.tensors().keySet()));
    assertEquals(TWO.specs(), led.under("x.").specs());
    assertEquals(TWO.specs(), led.without("x.").specs());
    assertSame(TWO.values("a"), led.values("x.a"), "values are not copied");
    assertTrue(led.has("x.a"));
    assertFalse(TWO.has("x.a"));
  }

  @Test
  void theDigestIsOfNamesShapesOrderAndBits() {
    String digest = TWO.sha256();
    assertEquals(digest, one("b", 1, 1f, 2f).and(one("a", 2, 3f, 4f)).sha256());
    assertNotEquals(digest, one("a", 2, 3f, 4f).and(one("b", 1, 1f, 2f)).sha256());
    assertNotEquals(digest, one("b", 2, 1f, 2f).and(one("a", 2, 3f, 4f)).sha256());
    assertNotEquals(digest, one("c", 1, 1f, 2f).and(one("a", 2, 3f, 4f)).sha256());
    assertNotEquals(one("a", 1, 0f).sha256(), one("a", 1, -0f).sha256());
  }

  @Test
  void valuesAreReplacedByNameAndShape() {
    NamedTensors changed = TWO.with(one("a", 2, 7f, 8f));
    assertEquals(TWO.specs(), changed.specs());
    assertEquals(8f, changed.values("a")[1]);
    assertThrows(IllegalArgumentException.class, () -> TWO.with(one("a", 1, 7f, 8f)));
    assertThrows(IllegalArgumentException.class, () -> TWO.with(one("c", 1, 7f)));
  }

  @Test
  void aFileMustHoldThemAllAndNothingElse() {
    Map<String, Tensor> held = new LinkedHashMap<>(TWO.tensors());
    List<TensorSpec> specs = List.of(TWO.specs().get(1), TWO.specs().get(0));
    NamedTensors taken = NamedTensors.take("file", new SafeTensors(Map.of(), held), specs);
    assertEquals(specs, taken.specs(), "in the order that is asked for");
    held.put("more", new Tensor(List.of(1), new float[1]));
    assertRefused(held, specs, "file", "\"more\"");
    held.remove("more");
    held.put("a", new Tensor(List.of(2), new float[2]));
    assertRefused(held, specs, "\"a\" of shape [2]", "[2, 1]");
    held.put("a", new Tensor(List.of(2, 1), new float[] {0, Float.POSITIVE_INFINITY}));
    assertRefused(held, specs, "Infinity in \"a\"");
    held.remove("a");
    assertRefused(held, specs, "no tensor \"a\"");
  }

  private static void assertRefused(
      Map<String, Tensor> held, List<TensorSpec> specs, String... parts) {
    SafeTensors file = new SafeTensors(Map.of(), held);
    assertFails(InputException.class, () -> NamedTensors.take("file", file, specs), parts);
  }
}
