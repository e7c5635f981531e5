package org.raphe.training;

import org.raphe.InputException;

/** What was begun with other settings or other data cannot be continued with these. */
public final class OtherRunException extends InputException {
  private static final long serialVersionUID = 1L;

  public OtherRunException(String message) {
    super(message);
  }
}
