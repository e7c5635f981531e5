package org.raphe.kernels.shared;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kernels' text, in the dialect that OpenCL C 1.2 and CUDA C++17 both are: one kernel a file,
 * of the kernel's own name. A backend adds what the dialect's words mean in its language, and the
 * few pieces that differ.
 */
public final class KernelText {
  /** Names of all kernels. */
  public static final List<String> KERNELS =
      List.of(
          "activate_columns",
          "answer",
          "compete",
          "convolve_rate",
          "convolve_spiking",
          "draw_spikes",
          "hidden_layer_rate",
          "hidden_layer_spiking",
          "learn_association",
          "learn_columns",
          "learn_convolution_rate",
          "learn_convolution_spiking",
          "learn_head",
          "learn_inverse_correlation",
          "learn_least_squares",
          "learn_rate",
          "learn_spiking",
          "modulate",
          "open_gate",
          "read_features",
          "readout_rate",
          "readout_spiking",
          "run_learners",
          "self_test");

  private static final String ONCE = "#pragma once";
  private static final String BEGINS_INCLUDE = "#include ";
  private static final Pattern INCLUDE = Pattern.compile("#include \"([a-z_]+\\.h)\"");

  /**
   * The files by their backend and name: kernels share most of them, and jars are slow to search.
   */
  private static final Map<String, String> FILES = new ConcurrentHashMap<>();

  private final Class<?> backend;
  private final StringBuilder text = new StringBuilder();
  private final Set<String> included = new HashSet<>();

  private KernelText(Class<?> backend) {
    this.backend = backend;
  }

  /**
   * The text of a kernel with all that it includes, so that no compiler needs a folder; lines keep
   * their file and number.
   *
   * @param kernel the kernel's name
   * @param backend a class beside the backend's own pieces, which go before the shared ones
   */
  public static String read(String kernel, Class<?> backend) {
    KernelText text = new KernelText(backend);
    text.append(kernel + ".kernel");
    return text.text.toString();
  }

  private void append(String file) {
    if (!included.add(file)) {
      return;
    }
    int number = 0;
    text.append("#line 1 \"").append(file).append("\"\n");
    for (String line : file(file).split("\n", -1)) {
      number++;
      Matcher include = line.startsWith(BEGINS_INCLUDE) ? INCLUDE.matcher(line) : null;
      if (include != null && include.matches()) {
        append(include.group(1));
        text.append("#line ").append(number + 1).append(" \"").append(file).append("\"\n");
      } else {
        // No file is included twice here, whatever the compiler thinks of the pragma.
        text.append(line.equals(ONCE) ? "" : line).append('\n');
      }
    }
  }

  private String file(String name) {
    return FILES.computeIfAbsent(backend.getName() + " " + name, absent -> resource(name));
  }

  private String resource(String file) {
    try (InputStream own = backend.getResourceAsStream(file);
        InputStream stream = own != null ? own : KernelText.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException("kernel source " + file + " is not in Raphe's jars");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
