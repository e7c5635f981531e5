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
 * @param room whether its groups have room whose size is given at the launch
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

  /** The words with which {@link #HEAD} and {@link #STRUCT} begin. */
  private static final String BEGINS_HEAD = "KERNEL";

  private static final String BEGINS_STRUCT = "typedef";
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
    String code = withoutComments(text);
    Matcher head = HEAD.matcher(code);
    if (!find(head, code, BEGINS_HEAD, 0) || !head.group(1).equals(kernel)) {
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
    if (find(head, code, BEGINS_HEAD, head.end())) {
      throw new IllegalStateException("the text of kernel " + kernel + " has another kernel too");
    }
    return new KernelSignature(kernel, parameters, room);
  }

  /**
   * Finds the next match of a pattern that begins with a word. The word alone is looked for first:
   * a text is long, and trying the pattern at each of its places is slow.
   */
  private static boolean find(Matcher pattern, String code, String word, int from) {
    pattern.useTransparentBounds(true);
    for (int at = code.indexOf(word, from); at >= 0; at = code.indexOf(word, at + 1)) {
      if (pattern.region(at, code.length()).lookingAt()) {
        return true;
      }
    }
    return false;
  }

  /** The text with a space in place of each comment. */
  private static String withoutComments(String text) {
    StringBuilder code = new StringBuilder(text.length());
    int kept = 0;
    for (int at = text.indexOf('/'); at >= 0; at = text.indexOf('/', Math.max(at + 1, kept))) {
      int end;
      if (text.startsWith("/*", at)) {
        int last = text.indexOf("*/", at + 2);
        end = last < 0 ? at : last + 2;
      } else if (text.startsWith("//", at)) {
        int last = text.indexOf('\n', at);
        end = last < 0 ? text.length() : last;
      } else {
        end = at;
      }
      if (end > at) {
        code.append(text, kept, at).append(' ');
        kept = end;
      }
    }
    return code.append(text, kept, text.length()).toString();
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
    for (int from = 0; find(struct, code, BEGINS_STRUCT, from); from = struct.end()) {
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
