package org.raphe.kernels.opencl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.raphe.Sha256;

/** The OpenCL C sources: one kernel a file, of the kernel's own name. */
public final class OpenClSources {
  /** Names of all kernels. */
  public static final List<String> KERNELS =
      List.of(
          "activate_columns",
          "answer",
          "compete",
          "hidden_layer_rate",
          "hidden_layer_spiking",
          "learn_association",
          "learn_columns",
          "learn_inverse_correlation",
          "learn_least_squares",
          "learn_rate",
          "learn_spiking",
          "modulate",
          "open_gate",
          "readout_rate",
          "readout_spiking",
          "self_test");

  private static final Pattern INCLUDE = Pattern.compile("#include \"([a-z_]+\\.h)\"");
  private static final String SHARED = "/org/raphe/kernels/shared/";

  private OpenClSources() {}

  /**
   * The source of a kernel with all that it includes, so that a device's compiler needs no folder;
   * lines keep their file and number.
   */
  public static String read(String kernel) {
    StringBuilder text = new StringBuilder();
    append(kernel + ".cl", text, new HashSet<>());
    return text.toString();
  }

  /** SHA-256, in hexadecimal, of all kernels. */
  public static String sha256() {
    StringBuilder all = new StringBuilder();
    KERNELS.forEach(kernel -> all.append(read(kernel)));
    byte[] bytes = all.toString().getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Sha256.newDigest().digest(bytes));
  }

  private static void append(String file, StringBuilder text, Set<String> included) {
    if (!included.add(file)) {
      return;
    }
    int number = 0;
    text.append("#line 1 \"").append(file).append("\"\n");
    for (String line : resource(file).split("\n", -1)) {
      number++;
      Matcher include = INCLUDE.matcher(line);
      if (include.matches()) {
        append(include.group(1), text, included);
        text.append("#line ").append(number + 1).append(" \"").append(file).append("\"\n");
      } else {
        text.append(line).append('\n');
      }
    }
  }

  private static String resource(String file) {
    try (InputStream own = OpenClSources.class.getResourceAsStream(file);
        InputStream stream =
            own != null ? own : OpenClSources.class.getResourceAsStream(SHARED + file)) {
      if (stream == null) {
        throw new IllegalStateException("kernel source " + file + " is not in Raphe's jars");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
