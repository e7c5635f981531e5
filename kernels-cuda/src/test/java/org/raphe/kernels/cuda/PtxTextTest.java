package org.raphe.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.kernels.shared.KernelSignature;
import org.raphe.kernels.shared.KernelText;

/** What the numeric contract and old drivers ask of the text of each module. */
class PtxTextTest {
  /** The kernel that only writes constants. */
  private static final String COPIES = "learn_association";

  /** Of a module's name, what tells variants of a kernel apart. */
  private static final Pattern VARIANT =
      Pattern.compile("(_(classification|continual|counted))?_(20|32)$|_staged$|_counted$");

  private static final Pattern ENTRY = Pattern.compile("\\.entry\\s+(\\w+)");

  /** A parameter of an entry: its type, and its bytes where it is a struct. */
  private static final Pattern PARAMETER =
      Pattern.compile("\\.param(?: \\.align 4)? \\.(u64|u32|f32|b8) \\w+(?:\\[(\\d+)\\])?,?\n");

  private static final int LAUNCH_SETTINGS_BYTES = 20;

  /** An instruction with its modifiers, after a label or a predicate. */
  private static final Pattern INSTRUCTION =
      Pattern.compile("^\\s*(?:@!?%p\\d+\\s+)?([a-z]\\w*(?:\\.[\\w:]+)*)[\\s;]");

  private static final Pattern FLOAT = Pattern.compile("\\.(b?f16|f16x2|bf16x2|tf32|f32|f64)\\b");

  /** Arithmetic that rounds: it must say how, or an assembler may contract it. */
  private static final Set<String> ROUNDED =
      Set.of("add", "sub", "mul", "fma", "div", "sqrt", "rcp");

  /** What else may be done with floats: it is exact, or rounds as it says. */
  private static final Set<String> EXACT =
      Set.of("abs", "copysign", "cvt", "ld", "max", "min", "mov", "neg", "selp", "setp", "st");

  static List<Path> modules() {
    return ShippedPtx.modules();
  }

  /** What is wrong with a line, in words; null if nothing is. */
  private static String fault(String line) {
    Matcher found = INSTRUCTION.matcher(line);
    if (!found.find() || !FLOAT.matcher(found.group(1)).find()) {
      return null;
    }
    List<String> words = List.of(found.group(1).split("\\."));
    for (String forbidden : List.of("ftz", "approx", "full")) {
      if (words.contains(forbidden)) {
        return "." + forbidden;
      }
    }
    if (ROUNDED.contains(words.get(0))) {
      return words.contains("rn") ? null : "no .rn";
    }
    return EXACT.contains(words.get(0)) ? null : "not known to be exact";
  }

  @ParameterizedTest
  @MethodSource("modules")
  void floatsAreRoundedAsTheContractAsks(Path module) {
    List<String> faults = new ArrayList<>();
    int rounded = 0;
    for (String line : ShippedPtx.read(module).lines().toList()) {
      String fault = fault(line);
      if (fault != null) {
        faults.add(fault + ": " + line.strip());
      }
      rounded += line.contains(".rn.f") ? 1 : 0;
    }
    assertEquals(List.of(), faults);
    boolean computes = !module.endsWith(COPIES + ".ptx");
    assertEquals(computes, rounded > 0, "arithmetic was seen, or was not");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\tadd.f32 \t%f1, %f2, %f3;",
        "\tadd.ftz.rn.f32 \t%f1, %f2, %f3;",
        "\t@%p1 mad.rn.f32 \t%f1, %f2, %f3, %f4;",
        "\tmad.f32 \t%f1, %f2, %f3, %f4;",
        "\tdiv.full.f32 \t%f1, %f2, %f3;",
        "\tsqrt.approx.f32 \t%f1, %f2;",
        "\tcvt.ftz.f64.f32 \t%fd1, %f2;",
        "\tmul.rz.f32 \t%f1, %f2, %f3;",
        "\tex2.approx.f32 \t%f1, %f2;"
      })
  void whatTheContractForbidsIsSeen(String line) {
    assertFalse(fault(line) == null, line);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void oldDriversAndDevicesTakeIt(Path module) {
    List<String> lines = ShippedPtx.read(module).lines().toList();
    assertEquals(1, lines.stream().filter(".version 6.3"::equals).count());
    assertEquals(1, lines.stream().filter(line -> line.startsWith(".version")).count());
    assertEquals(
        List.of(".target sm_75"),
        lines.stream().filter(line -> line.startsWith(".target")).toList());
  }

  @ParameterizedTest
  @MethodSource("modules")
  void itsOnlyEntryIsTheKernelOfItsName(Path module) {
    String name = module.getFileName().toString().replaceFirst("\\.ptx$", "");
    List<String> entries =
        ENTRY.matcher(ShippedPtx.read(module)).results().map(found -> found.group(1)).toList();
    assertEquals(List.of(VARIANT.matcher(name).replaceFirst("")), entries);
  }

  /** By the parameters of its text a kernel is launched. */
  @ParameterizedTest
  @MethodSource("modules")
  void itsParametersAreThoseOfTheKernelsText(Path module) {
    String text = ShippedPtx.read(module);
    Matcher entry = ENTRY.matcher(text);
    assertTrue(entry.find());
    String kernel = entry.group(1);
    List<String> expected = new ArrayList<>(List.of("b8 " + LAUNCH_SETTINGS_BYTES));
    KernelSignature.parse(kernel, CudaSources.read(kernel)).parameters().stream()
        .map(
            parameter ->
                switch (parameter.kind()) {
                  case MEMORY -> "u64";
                  case INT -> "u32";
                  case FLOAT -> "f32";
                  case STRUCT -> "b8 " + parameter.bytes();
                })
        .forEach(expected::add);
    String head = text.substring(entry.end(), text.indexOf(')', entry.end()));
    List<String> compiled =
        PARAMETER
            .matcher(head)
            .results()
            .map(found -> found.group(1) + (found.group(2) == null ? "" : " " + found.group(2)))
            .toList();
    assertEquals(expected, compiled);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void itSaysThatItIsGenerated(Path module) {
    String first = ShippedPtx.read(module).lines().findFirst().orElseThrow();
    assertTrue(first.startsWith("// Generated by kernels-cuda/compile from "), first);
  }

  @Test
  void everyKernelIsThereWithAllItsVariants() {
    Set<String> entries =
        modules().stream()
            .flatMap(module -> ENTRY.matcher(ShippedPtx.read(module)).results())
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(new TreeSet<>(KernelText.KERNELS), entries);
    assertEquals(20 + 2 * 6 + 2 + 3, modules().size());
  }
}
