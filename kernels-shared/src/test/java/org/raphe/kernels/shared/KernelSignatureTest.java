package org.raphe.kernels.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.kernels.shared.KernelSignature.Kind;
import org.raphe.kernels.shared.KernelSignature.Parameter;

/** A kernel's parameters are read from its text, and what no host can give is refused. */
class KernelSignatureTest {
  private static final String TEXT =
      """
      /* KERNEL other(SETTINGS const uint a) { of a comment, */
      typedef struct {
        /* three fields, */
        uint key_low, key_high; // of four bytes
        float scale;
      } spike_source;
      typedef struct {
        GLOBAL float *x;
      } not_plain;
      DEVICE uint half(uint x) { return x / 2; } // KERNEL half(SETTINGS const uint x) {
      KERNEL scale(SETTINGS
          /* shapes (of all), // of a batch */
          const uint batch, const float factor,
          GLOBAL const float *from, GLOBAL ulong *to,
          const spike_source source, GLOBAL const spike_source *sources,
          GLOBAL const void *features ROOM_PARAMETER) {
        ROOM copy();
      }
      """;

  @Test
  void parametersAreReadInOrder() {
    KernelSignature signature = KernelSignature.parse("scale", TEXT);
    assertEquals(
        List.of(
            new Parameter("batch", Kind.INT, 4),
            new Parameter("factor", Kind.FLOAT, 4),
            new Parameter("from", Kind.MEMORY, 0),
            new Parameter("to", Kind.MEMORY, 0),
            new Parameter("source", Kind.STRUCT, 12),
            new Parameter("sources", Kind.MEMORY, 0),
            new Parameter("features", Kind.MEMORY, 0)),
        signature.parameters());
    assertTrue(signature.room());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "const uint batch      | const uint factor      | has two parameters factor",
        "const float factor    | float factor           | \"float factor\"",
        "const float factor    | const double factor    | \"const double factor\"",
        "const spike_source s  | const not_plain s      | \"const not_plain source\"",
        "GLOBAL const float *f | LOCAL const float *f   | \"LOCAL const float *from\"",
        "GLOBAL const spike_source *s | GLOBAL const not_plain *s | \"GLOBAL const not_plain *sources\"",
        "GLOBAL const float *f | GLOBAL const float f   | \"GLOBAL const float from\"",
        "const uint batch,     | const uint batch,,     | \"\"",
        "KERNEL scale          | KERNEL other           | does not begin it",
        "copy();               | } KERNEL b(SETTINGS const uint c) { | another kernel too"
      })
  void whatNoHostCanGiveIsRefused(String text, String replacement, String said) {
    assertTrue(TEXT.contains(text), text);
    String changed = TEXT.replace(text, replacement);
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> KernelSignature.parse("scale", changed));
    assertTrue(refused.getMessage().contains("kernel scale"), refused.getMessage());
    assertTrue(refused.getMessage().contains(said), refused.getMessage());
  }
}
