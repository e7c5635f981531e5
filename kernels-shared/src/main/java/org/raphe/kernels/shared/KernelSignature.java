package org.raphe.kernels.shared;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a kernel is launched with, as its own text says.
 *
 * @param kernel the kernel's name
 * @param parameters in the kernel's order, without the settings of a launch and the group's room
 * @param room whether its groups have room whose size is told at the launch
 */
public record KernelSignature(String kernel, List<Parameter> parameters, boolean room) {
  /** What a parameter takes. */
  public enum Kind {
    MEMORY("memory"),
    INT("an int"),
    FLOAT("a float"),
    STRUCT("a struct");

    /** The kind in words. */
    public final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /**
   * A parameter of a kernel.
   *
   * @param name its name
   * @param kind what it takes
   * @param bytes its size; 0 of memory, whose pointers are the device's affair
   */
  public record Parameter(String name, Kind kind, int bytes) {}

  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);
  private static final Pattern HEAD =
      Pattern.compile(
          "\\bKERNEL\\s+(\\w+)\\(SETTINGS\\b([^)]*?)(\\sROOM_PARAMETER)?\\s*\\)\\s*\\{");
  private static final Pattern POINTER = Pattern.compile("GLOBAL (?:const )?(\\w+) \\*(\\w+)");
  private static final Set<String> NUMBERS = Set.of("float", "uint", "ulong", "void");
  private static final Pattern VALUE = Pattern.compile("const (\\w+) (\\w+)");
  private static final Pattern STRUCT =
      Pattern.compile("typedef\\s+struct\\s*\\{([^}]*)\\}\\s*(\\w+)\\s*;");
  private static final Pattern FIELD =
      Pattern.compile("(?:uint|int|float)\\s+\\w+(?:\\s*,\\s*\\w+)*");
  private static final int FIELD_BYTES = 4;

  public KernelSignature {
    parameters = List.copyOf(parameters);
  }

  /**
   * Reads a kernel's parameters.
   *
   * @param kernel the kernel's name
   * @param text its text with all that it includes
   * @throws IllegalStateException if the text has no such kernel, another one too, or a parameter
   *     that no host can give
   */
  public static KernelSignature parse(String kernel, String text) {
    String code = COMMENT.matcher(text).replaceAll(" ");
    Matcher head = HEAD.matcher(code);
    if (!head.find() || !head.group(1).equals(kernel)) {
      throw new IllegalStateException("the text of kernel " + kernel + " does not begin it");
    }
    List<Parameter> parameters = new ArrayList<>();
    Map<String, Integer> structs = structs(code);
    Set<String> names = new HashSet<>();
    for (String words : head.group(2).strip().split("\\s*,\\s*", -1)) {
      Parameter parameter = parameter(kernel, words.replaceAll("\\s+", " "), structs);
      if (!names.add(parameter.name())) {
        throw new IllegalStateException(
            "kernel " + kernel + " has two parameters " + parameter.name());
      }
      parameters.add(parameter);
    }
    boolean room = head.group(3) != null;
    if (head.find()) {
      throw new IllegalStateException("the text of kernel " + kernel + " has another kernel too");
    }
    return new KernelSignature(kernel, parameters, room);
  }

  private static Parameter parameter(String kernel, String words, Map<String, Integer> structs) {
    Matcher pointer = POINTER.matcher(words);
    if (pointer.matches()
        && (NUMBERS.contains(pointer.group(1)) || structs.containsKey(pointer.group(1)))) {
      return new Parameter(pointer.group(2), Kind.MEMORY, 0);
    }
    Matcher value = VALUE.matcher(words);
    if (value.matches()) {
      String type = value.group(1);
      String name = value.group(2);
      if (type.equals("uint")) {
        return new Parameter(name, Kind.INT, Integer.BYTES);
      }
      if (type.equals("float")) {
        return new Parameter(name, Kind.FLOAT, Float.BYTES);
      }
      if (structs.containsKey(type)) {
        return new Parameter(name, Kind.STRUCT, structs.get(type));
      }
    }
    throw new IllegalStateException(
        "kernel " + kernel + " has a parameter that no host can give: \"" + words + "\"");
  }

  /** Sizes in bytes of the structs that hold numbers of 4 bytes alone, by name. */
  private static Map<String, Integer> structs(String code) {
    Map<String, Integer> structs = new HashMap<>();
    Matcher struct = STRUCT.matcher(code);
    while (struct.find()) {
      int bytes = 0;
      boolean plain = true;
      for (String declared : struct.group(1).strip().split("\\s*;\\s*")) {
        plain &= FIELD.matcher(declared).matches();
        bytes += FIELD_BYTES * declared.split(",").length;
      }
      if (plain) {
        structs.put(struct.group(2), bytes);
      }
    }
    return structs;
  }
}
