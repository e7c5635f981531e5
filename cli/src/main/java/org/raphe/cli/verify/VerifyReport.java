package org.raphe.cli.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.raphe.backend.Backend;

/** The content of {@code verify.json}: what was verified, where, by what, and what came of it. */
public final class VerifyReport {
  /** Where NVIDIA's driver for Linux says which one it is. */
  private static final Path NVIDIA = Path.of("/proc/driver/nvidia/version");

  private VerifyReport() {}

  /** The backend that is verified, as it says itself. */
  public static Map<String, Object> backend(Backend backend, int device) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("name", backend.name());
    content.put("number", device);
    content.put("device", backend.device());
    content.put("memory_bytes", backend.memoryBytes());
    content.put("versions", new TreeMap<>(backend.versions()));
    return content;
  }

  /** The machine and its Java. */
  public static Map<String, Object> machine() {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("os", property("os.name") + " " + property("os.version"));
    content.put("architecture", property("os.arch"));
    content.put("processors", Runtime.getRuntime().availableProcessors());
    content.put("java", property("java.runtime.version"));
    content.put("java_vendor", property("java.vendor"));
    content.put("java_machine", property("java.vm.name"));
    content.put("nvidia_driver", nvidiaDriver());
    return content;
  }

  private static String property(String name) {
    return System.getProperty(name);
  }

  /** Its first line; null where there is no such driver. */
  private static String nvidiaDriver() {
    try {
      return Files.readString(NVIDIA).lines().findFirst().orElse(null);
    } catch (IOException e) {
      return null;
    }
  }

  /** Every check with its figures. */
  public static List<Map<String, Object>> checks(List<Verification.Done> all) {
    return all.stream().map(VerifyReport::check).toList();
  }

  private static Map<String, Object> check(Verification.Done done) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("check", done.name());
    content.put("outcome", done.finding().outcome().toString());
    content.put("measured", done.finding().measured());
    content.put("seconds", done.seconds());
    content.put("figures", done.finding().figures());
    return content;
  }
}
