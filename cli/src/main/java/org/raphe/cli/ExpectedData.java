package org.raphe.cli;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.raphe.InputException;
import org.raphe.data.Dataset;

/** The data set that a run on a worker is to have, wherever the worker has it from. */
final class ExpectedData {
  private final String sha256;
  private final Path shipped;
  private String fault;

  /**
   * @param sha256 its digest
   * @param shipped its file or folder as it was sent; null where the worker has it itself
   */
  ExpectedData(String sha256, Path shipped) {
    this.sha256 = sha256;
    this.shipped = shipped;
  }

  /** Where its files are: those that were sent, or what was typed. */
  Path at(Path typed) {
    return shipped == null ? typed : shipped;
  }

  /**
   * The data set, if it is the one that is expected.
   *
   * @throws InputException if it is another, or is not there
   */
  Dataset checked(Supplier<Dataset> load) {
    try {
      Dataset loaded = load.get();
      String found = loaded.sha256();
      if (!found.equals(sha256)) {
        throw new InputException(
            "the data set "
                + loaded.name()
                + " has the digest "
                + found.substring(0, 16)
                + " and not "
                + sha256.substring(0, Math.min(16, sha256.length()))
                + ", as where the sweep was started");
      }
      return loaded;
    } catch (InputException e) {
      fault = e.getMessage();
      throw e;
    }
  }

  /** Why there is no such data set; null unless it was asked for in vain. */
  String fault() {
    return fault;
  }
}
