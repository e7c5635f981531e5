package org.raphe.kernels.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.raphe.kernels.shared.KernelText;

/** The kernels as CUDA C++, and the PTX compiled from it, one module a variant of a kernel. */
public final class CudaSources {
  private CudaSources() {}

  /** The source of a kernel with all that it includes. */
  public static String read(String kernel) {
    return KernelText.read(kernel, CudaSources.class);
  }

  /** The PTX of a variant, such as {@code hidden_layer_spiking_classification_20}. */
  public static String readPtx(String variant) {
    return resource("ptx/" + variant + ".ptx");
  }

  /** SHA-256, in hexadecimal, of the sources that the PTX came from. */
  public static String sha256() {
    return resource("ptx/sources.sha256").strip();
  }

  private static String resource(String file) {
    try (InputStream stream = CudaSources.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException("kernel " + file + " is not in Raphe's jars");
      }
      return new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
