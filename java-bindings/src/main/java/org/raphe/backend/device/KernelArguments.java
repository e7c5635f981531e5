package org.raphe.backend.device;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.raphe.kernels.shared.KernelSignature;
import org.raphe.kernels.shared.KernelSignature.Kind;
import org.raphe.kernels.shared.KernelSignature.Parameter;

/** Which of a kernel's parameters are bound, and where each stands in the kernel's order. */
public final class KernelArguments {
  private final KernelSignature signature;
  private final Map<String, Integer> places = new HashMap<>();
  private final boolean[] bound;
  private int unbound;
  private boolean roomGiven;

  /** Nothing is bound yet. */
  public KernelArguments(KernelSignature signature) {
    this.signature = signature;
    List<Parameter> parameters = signature.parameters();
    for (int place = 0; place < parameters.size(); place++) {
      places.put(parameters.get(place).name(), place);
    }
    bound = new boolean[parameters.size()];
    unbound = bound.length;
  }

  /** The place of a parameter that is bound to memory. */
  public int memory(String parameter) {
    return bind(parameter, Kind.MEMORY, 0);
  }

  /** The place of a parameter that is bound to an int. */
  public int wholeNumber(String parameter) {
    return bind(parameter, Kind.INT, Integer.BYTES);
  }

  /** The place of a parameter that is bound to a float. */
  public int number(String parameter) {
    return bind(parameter, Kind.FLOAT, Float.BYTES);
  }

  /** The place of a parameter that is bound to a struct of this many bytes. */
  public int struct(String parameter, int bytes) {
    return bind(parameter, Kind.STRUCT, bytes);
  }

  private int bind(String name, Kind kind, int bytes) {
    Integer place = places.get(name);
    if (place == null) {
      throw new IllegalStateException(
          about(name) + " cannot be bound: the kernel does not have it");
    }
    Parameter parameter = signature.parameters().get(place);
    if (parameter.kind() != kind || parameter.bytes() != bytes) {
      throw new IllegalStateException(
          about(name)
              + " takes "
              + words(parameter.kind(), parameter.bytes())
              + " and cannot be bound to "
              + words(kind, bytes));
    }
    if (!bound[place]) {
      bound[place] = true;
      unbound--;
    }
    return place;
  }

  private static String words(Kind kind, int bytes) {
    return kind == Kind.STRUCT ? "a struct of " + bytes + " bytes" : kind.words;
  }

  private String about(String parameter) {
    return "parameter " + parameter + " of kernel " + signature.kernel();
  }

  /** The place of the room for a group, behind all parameters. */
  public int room() {
    if (!signature.room()) {
      throw new IllegalStateException(
          "kernel " + signature.kernel() + " cannot be given room: its groups have none");
    }
    roomGiven = true;
    return bound.length;
  }

  /**
   * Asks that all is bound.
   *
   * @throws IllegalStateException with the first parameter that is not
   */
  public void checkComplete() {
    for (int place = 0; unbound > 0 && place < bound.length; place++) {
      if (!bound[place]) {
        throw new IllegalStateException(
            about(signature.parameters().get(place).name()) + " was not bound before the launch");
      }
    }
    if (signature.room() && !roomGiven) {
      throw new IllegalStateException(
          "kernel " + signature.kernel() + " was given no room before the launch");
    }
  }
}
