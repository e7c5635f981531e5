package org.raphe.backend.device;

import java.util.List;
import java.util.Locale;

/**
 * Why a native library could not be loaded. The bindings say so in some thirty lines, most of them
 * stack traces; one of them is what the system said.
 *
 * @param kind what failed
 * @param said the system's own words, on one line
 */
public record LoadFailure(Kind kind, String said) {
  private static final String LAST_ATTEMPT = "attempt to load the library as a resource:";

  /** What the system says where a file is there but cannot be read, written or run. */
  private static final List<String> FILE_FAULTS =
      List.of(
          "failed to map segment",
          "no space left",
          "permission denied",
          "operation not permitted",
          "read-only file system",
          "disk quota exceeded",
          "file too short");

  /** What can fail. */
  public enum Kind {
    /** The binding has no library for this system and processor. */
    PROCESSOR,
    /** The binding's library cannot be unpacked, or not be run where it was unpacked. */
    UNPACKING,
    /** The system's library lacks a function that the binding calls. */
    FUNCTION,
    /** The system's library is not here, or is none. */
    SYSTEM_LIBRARY,
    /** Anything else. */
    OTHER
  }

  /**
   * A binding and what it binds, as users know them.
   *
   * @param binding the binding, such as {@code JCuda, the binding of CUDA}
   * @param processors which processors it has libraries for
   * @param system what it binds, such as {@code the CUDA driver (libcuda.so.1)}
   * @param file what names that library's file in the system's words
   * @param install what to do where it is not here
   */
  public record Library(
      String binding, String processors, String system, String file, String install) {

    /** Why it could not be loaded and what to do, in one line. */
    public String cause(LinkageError error) {
      LoadFailure failure = LoadFailure.of(error, file);
      String said = " (" + failure.said + ")";
      return switch (failure.kind) {
        case SYSTEM_LIBRARY -> absent(failure.said);
        case FUNCTION -> tooOld(failure.said);
        case PROCESSOR ->
            binding
                + ", has no library for "
                + System.getProperty("os.name")
                + " "
                + System.getProperty("os.arch")
                + ", but for "
                + processors
                + said
                + "; use the backend cpu, which gives the same bits";
        case UNPACKING ->
            "the library of "
                + binding
                + ", could not be unpacked in "
                + System.getProperty("java.io.tmpdir")
                + " and loaded from there"
                + said
                + "; make room there, or choose a folder that programs may run from with RAPHE_JAVA_OPTIONS=-Djava.io.tmpdir=DIR";
        case OTHER ->
            "the library of "
                + binding
                + ", could not be loaded"
                + said
                + "; use the backend cpu, which gives the same bits, and report this line";
      };
    }

    /** What is said of a system's library that is not here, or is none. */
    public String absent(String said) {
      return system + " could not be loaded (" + said + "); " + install;
    }

    /** What is said of a system's library that lacks a function. */
    public String tooOld(String lacks) {
      return system
          + " is too old ("
          + lacks
          + "): update it, or use the backend cpu, which gives the same bits";
    }
  }

  /**
   * Reads what a binding threw.
   *
   * @param file what names the system's library in the system's words
   */
  public static LoadFailure of(LinkageError error, String file) {
    String text = String.valueOf(error.getMessage());
    String said = said(text);
    return new LoadFailure(kind(said.toLowerCase(Locale.ROOT), file), said);
  }

  /** What came of the last attempt, without the exception's class and the paths that were tried. */
  private static String said(String text) {
    List<String> lines = text.lines().map(String::strip).toList();
    int last = -1;
    for (int k = 0; k + 1 < lines.size(); k++) {
      last = lines.get(k).endsWith(LAST_ATTEMPT) ? k + 1 : last;
    }
    String line = last < 0 ? lines.stream().findFirst().orElse("null") : lines.get(last);
    return withoutFile(line.replaceFirst("^[\\w.]+(Error|Exception): ", ""));
  }

  /**
   * Leaves out the binding's own file, a passing one, with which Java and the system both begin.
   */
  private static String withoutFile(String line) {
    int end = line.startsWith("/") ? line.indexOf(": ") : -1;
    if (end < 0) {
      return line;
    }
    String file = line.substring(0, end + 2);
    String rest = line;
    while (rest.startsWith(file)) {
      rest = rest.substring(file.length());
    }
    return rest;
  }

  private static Kind kind(String said, String file) {
    if (said.contains("no resource found") || said.contains("can't load")) {
      return Kind.PROCESSOR;
    }
    if (said.contains("undefined symbol")) {
      return Kind.FUNCTION;
    }
    if (said.contains(file.toLowerCase(Locale.ROOT))) {
      return Kind.SYSTEM_LIBRARY;
    }
    return FILE_FAULTS.stream().anyMatch(said::contains) ? Kind.UNPACKING : Kind.OTHER;
  }
}
