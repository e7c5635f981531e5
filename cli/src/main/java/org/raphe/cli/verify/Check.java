package org.raphe.cli.verify;

/** One thing to be sure of on a backend. */
public interface Check {

  /** Its name, in few words. */
  String name();

  /**
   * Runs it.
   *
   * @throws RuntimeException if the backend fails meanwhile, which is a failure of the check
   */
  Finding run(Task task);
}
