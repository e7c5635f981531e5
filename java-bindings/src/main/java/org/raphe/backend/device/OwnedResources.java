package org.raphe.backend.device;

import java.util.ArrayList;
import java.util.List;

/**
 * What is released together, the newest first. All of it is released, whatever fails; on a lost
 * device every release fails, and what is thrown is the first failure as it is.
 */
public final class OwnedResources implements AutoCloseable {
  private final List<AutoCloseable> owned = new ArrayList<>();

  /** Adds a resource. */
  public void add(AutoCloseable resource) {
    owned.add(resource);
  }

  /** Closes a resource because of {@code cause}, which stays what the user reads. */
  public static void closeAfter(RuntimeException cause, AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    RuntimeException first = null;
    for (int k = owned.size() - 1; k >= 0; k--) {
      try {
        owned.get(k).close();
      } catch (RuntimeException e) {
        first = first == null ? e : first;
      } catch (Exception e) {
        first = first == null ? new IllegalStateException(e) : first;
      }
    }
    owned.clear();
    if (first != null) {
      throw first;
    }
  }
}
