package org.raphe.kernels.cuda;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The assembler of the CUDA toolkit. A module is assembled once for a device. */
final class Ptxas {
  /** The devices that are served, one of each kind. */
  static final List<String> DEVICES =
      List.of("sm_75", "sm_80", "sm_86", "sm_89", "sm_90", "sm_100", "sm_120");

  private static final Pattern STACK = Pattern.compile("(\\d+) bytes stack frame");
  private static final Pattern REGISTERS = Pattern.compile("Used (\\d+) registers");
  private static final Pattern SHARED = Pattern.compile("(\\d+) bytes smem");

  private static final Map<String, Assembled> KNOWN = new ConcurrentHashMap<>();

  /**
   * What became of a module; numbers are 0 if it was not assembled.
   *
   * @param stackBytes of the deepest function
   * @param sharedBytes what the kernel declares
   * @param said all that ptxas printed
   */
  record Assembled(
      String module,
      String device,
      boolean succeeded,
      int registers,
      int stackBytes,
      int sharedBytes,
      String said) {}

  private Ptxas() {}

  /** Its name; null if it is not installed. */
  static String program() {
    String ptxas = ShippedPtx.program("PTXAS", "ptxas");
    return ShippedPtx.run(ptxas, "--version") == null ? null : ptxas;
  }

  /** Whether it came with the compiler of the PTX that ships. */
  static boolean isTheCompilers(String ptxas) {
    String build = ShippedPtx.read(ShippedPtx.FOLDER.resolve("compiler.txt")).strip();
    return ShippedPtx.run(ptxas, "--version").output().contains("Build " + build);
  }

  /** Those of {@link #DEVICES} that it knows; says which it does not. */
  static List<String> known(String ptxas) {
    String help = ShippedPtx.run(ptxas, "--help").output();
    return DEVICES.stream().filter(device -> isIn(help, device)).toList();
  }

  private static boolean isIn(String help, String device) {
    boolean known = help.matches("(?s).*\\b" + device + "\\b.*");
    if (!known) {
      System.out.println("this ptxas does not know " + device + ": nothing is assembled for it");
    }
    return known;
  }

  static Assembled assemble(String ptxas, String device, Path module) {
    return KNOWN.computeIfAbsent(device + " " + module, key -> run(ptxas, device, module));
  }

  private static Assembled run(String ptxas, String device, Path module) {
    ShippedPtx.Ended ended =
        ShippedPtx.run(ptxas, "-v", "-arch=" + device, module.toString(), "-o", "/dev/null");
    String said = ended.output();
    return new Assembled(
        module.getFileName().toString().replace(".ptx", ""),
        device,
        ended.status() == 0,
        most(REGISTERS, said),
        most(STACK, said),
        most(SHARED, said),
        said);
  }

  private static int most(Pattern number, String said) {
    int most = 0;
    for (Matcher each = number.matcher(said); each.find(); ) {
      most = Math.max(most, Integer.parseInt(each.group(1)));
    }
    return most;
  }
}
