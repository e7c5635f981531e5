package org.raphe.kernels.cuda;

import java.nio.file.Path;
import java.util.List;

/**
 * A loop of a kernel whose cost is known and bounded: a line of {@code loops.txt}.
 *
 * @param counted what a turn of it serves, in words
 * @param wanted how it is recognised
 * @param served how many of them a turn serves
 * @param mostSlots issue slots of a warp for one of them, at most
 */
record CountedLoop(String module, String counted, String wanted, int served, double mostSlots) {
  static List<CountedLoop> all() {
    return ShippedPtx.read(Path.of("loops.txt"))
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(CountedLoop::of)
        .toList();
  }

  private static CountedLoop of(String line) {
    String[] fields = line.strip().split("\\s*\\|\\s*");
    return new CountedLoop(
        fields[0],
        fields[1],
        fields[2],
        Integer.parseInt(fields[3]),
        Double.parseDouble(fields[4]));
  }
}
