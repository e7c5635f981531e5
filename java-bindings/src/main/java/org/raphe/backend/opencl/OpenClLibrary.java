package org.raphe.backend.opencl;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.util.List;
import org.raphe.backend.device.PrivateNatives;

/**
 * The system's OpenCL library, looked for before JOCL does: for each name that it cannot load JOCL
 * prints a line of its own, past Java.
 */
final class OpenClLibrary {
  /** Where Linux has it, in JOCL's order. */
  private static final List<String> FILES = List.of("libOpenCL.so.1", "libOpenCL.so");

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
    if (!Platform.isLinux()) {
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

  /** What the loader says lasts until its next look-up, so the binding's own are made before. */
  private static void readyToRead(Loader loader) {
    loader.dlerror();
    try (Memory empty = new Memory(1)) {
      empty.clear();
      empty.getString(0);
    }
  }
}
