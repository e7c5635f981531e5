package org.raphe.kernels.opencl;

import java.nio.charset.StandardCharsets;
import org.raphe.Sha256;
import org.raphe.kernels.shared.KernelText;

/** The kernels as OpenCL C. */
public final class OpenClSources {
  private OpenClSources() {}

  /** The source of a kernel with all that it includes. */
  public static String read(String kernel) {
    return KernelText.read(kernel, OpenClSources.class);
  }

  /** SHA-256, in hexadecimal, of all kernels. */
  public static String sha256() {
    StringBuilder all = new StringBuilder();
    KernelText.KERNELS.forEach(kernel -> all.append(read(kernel)));
    byte[] bytes = all.toString().getBytes(StandardCharsets.UTF_8);
    return Sha256.of(bytes);
  }
}
