package org.raphe.cli;

import java.lang.module.ModuleFinder;

/**
 * The Vector API, an incubator module, brought in after the start. Named on Java's command line it
 * makes every start print a warning that no option keeps away; the way by which Java itself adds a
 * module to one that runs, as it does for agents, prints none.
 */
final class VectorModule {
  private static final String NAME = "jdk.incubator.vector";

  /** Not of Java's public interface: the launcher exports its package. */
  private static final String LOADER = "jdk.internal.module.Modules";

  private VectorModule() {}

  /** Makes its classes visible where this Java has them, before any of them is looked for. */
  static void bringIn() {
    boolean named = ModuleLayer.boot().findModule(NAME).isPresent();
    if (named || ModuleFinder.ofSystem().find(NAME).isEmpty()) {
      return;
    }
    try {
      Class.forName(LOADER).getMethod("loadModule", String.class).invoke(null, NAME);
    } catch (ReflectiveOperationException e) {
      // Without the launcher, or on a Java that does it another way, the plain loops run, and the
      // line about the backend says so and how to have the fast ones.
      return;
    }
  }
}
