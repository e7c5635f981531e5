package org.raphe.result;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;

/** A part whose keys stand among those of its holder: a file without them all has no such part. */
final class UnwrappedPart {
  private UnwrappedPart() {}

  /** The part; null if all it holds is null, as it reads where its keys are missing. */
  static <T extends Record> T orNull(T part) {
    if (part == null) {
      return null;
    }
    try {
      for (RecordComponent component : part.getClass().getRecordComponents()) {
        if (component.getAccessor().invoke(part) != null) {
          return part;
        }
      }
      return null;
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("a record's components cannot be read", e);
    }
  }
}
