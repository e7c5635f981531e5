package org.raphe.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Loops are found by what they have, and counted. */
class MachineCodeTest {
  private static final List<String> NESTED =
      List.of(
          "MOV R1, c[0x0][0x28]",
          ".L_x_1:",
          "ISETP.NE.AND P1, PT, R14, RZ, PT",
          "VOTE.ANY P1, P1",
          "@!P1 BRA `(.L_x_3)",
          ".L_x_2:",
          "LDG.E.128 R20, desc[UR8][R20.64]",
          "FFMA R12, R13.reuse, R20, R11",
          "@P0 FFMA R12, R13, R21, R12",
          "@P2 BRA `(.L_x_2)",
          ".L_x_3:",
          "NOP",
          "@!P0 BRA `(.L_x_1)",
          "EXIT");

  private static MachineCode code(List<String> lines) {
    StringBuilder text = new StringBuilder("\t.target\tsm_90\n");
    for (String line : lines) {
      text.append(line.startsWith(".") ? line : "        /*09b0*/            " + line + " ;\n")
          .append('\n');
    }
    return new MachineCode(text.toString());
  }

  @Test
  void theInnermostLoopIsCounted() {
    assertEquals(4, code(NESTED).slots("FFMA=2 LDG=1"));
  }

  @Test
  void whatAVoteJumpsOverIsLeftOut() {
    assertEquals(9 - 4, code(NESTED).slots("past VOTE"));
  }

  @Test
  void aLoopMustHaveJustSoMany() {
    assertThrows(IllegalStateException.class, () -> code(NESTED).slots("FFMA=1"));
    assertThrows(IllegalStateException.class, () -> code(NESTED).slots("FFMA=2 LDG=2"));
  }

  @Test
  void oneOfTwoIsNotChosen() {
    List<String> twice =
        List.of(".L_x_1:", "FADD R1, R1, R2", "BRA `(.L_x_1)", ".L_x_2:", "FADD", "BRA `(.L_x_2)");
    assertThrows(IllegalStateException.class, () -> code(twice).slots("FADD=1"));
  }

  @Test
  void aVoteThatDoesNotJumpAheadIsNotCounted() {
    List<String> back = List.of(".L_x_1:", "VOTE.ANY P1, P1", "@P1 BRA `(.L_x_1)", "NOP");
    assertThrows(IllegalStateException.class, () -> code(back).slots("past VOTE"));
  }
}
