package org.raphe.backend.opencl;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.raphe.backend.device.PrivateNatives;

/**
 * The system's OpenCL library, looked for before JOCL does: for each name that it cannot load JOCL
 * prints a line of its own, past Java.
 */
final class OpenClLibrary {
  /** Where Linux has it, in JOCL's order. */
  private static final List<String> FILES = List.of("libOpenCL.so.1", "libOpenCL.so");

  /** Where the system's loader looks unasked; %s is the processor in Debian's words. */
  private static final List<String> FOLDERS =
      List.of(
          "/usr/lib/%s-linux-gnu", "/lib/%s-linux-gnu", "/usr/lib64", "/lib64", "/usr/local/lib");

  /** What a library for processors of 64 bits begins with. */
  private static final byte[] ELF_64 = {0x7f, 'E', 'L', 'F', 2};

  private static final int RESOLVE_NOW = 2;

  private OpenClLibrary() {}

  /**
   * The system's loader, asked as JOCL asks it; the binding's own look-up searches more folders.
   */
  interface Loader extends Library {
    /** A handle of a library, which stays loaded; null where it cannot be loaded. */
    Pointer dlopen(String file, int mode);

    /** What the last call failed with; null where it did not. */
    Pointer dlerror();
  }

  /**
   * Why it cannot be loaded, in the system's words; null where it can, and where only JOCL can
   * tell.
   *
   * @throws org.raphe.RunException if the binding that looks for it cannot be unpacked
   */
  static String absence() {
    if (!System.getProperty("os.name").equals("Linux") || isInSystemFolder()) {
      return null;
    }
    try {
      // The first use unpacks and loads the binding's own library.
      PrivateNatives.whileLoading(() -> Native.getNativeSize(long.class));
    } catch (LinkageError e) {
      // Of a processor that this binding does not know, JOCL says more.
      return null;
    }
    Loader loader = Native.load((String) null, Loader.class);
    readyToRead(loader);
    String cause = null;
    for (String file : FILES) {
      if (loader.dlopen(file, RESOLVE_NOW) != null) {
        return null;
      }
      String said = loader.dlerror().getString(0);
      cause = cause == null ? said : cause;
    }
    return cause;
  }

  /**
   * Whether a library plainly lies where the loader looks: then the binding that would ask the
   * loader, which takes longer to start than all else of OpenCL, is not needed.
   */
  private static boolean isInSystemFolder() {
    String processor = System.getProperty("os.arch").equals("amd64") ? "x86_64" : "aarch64";
    return System.getenv("LD_LIBRARY_PATH") == null
        && FOLDERS.stream()
            .map(folder -> Path.of(String.format(folder, processor), FILES.get(0)))
            .anyMatch(OpenClLibrary::isLibrary);
  }

  private static boolean isLibrary(Path file) {
    if (!Files.isReadable(file)) {
      return false;
    }
    try (InputStream content = Files.newInputStream(file)) {
      return Arrays.equals(content.readNBytes(ELF_64.length), ELF_64);
    } catch (IOException e) {
      return false; // The loader then says what is wrong with it.
    }
  }

  /** What the loader says lasts until its next look-up, so the binding's own are made before. */
  private static void readyToRead(Loader loader) {
    loader.dlerror();
    try (Memory empty = new Memory(1)) {
      empty.clear();
      empty.getString(0);
    }
  }
}
