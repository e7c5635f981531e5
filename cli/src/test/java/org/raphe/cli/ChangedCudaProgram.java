package org.raphe.cli;

import org.raphe.backend.Backend;
import org.raphe.backend.cuda.ChangedCuda;
import picocli.CommandLine;

/**
 * {@code raphe verify} on a CUDA device that sets synapses to the next number above 1. The kernel
 * is a small one, so that little is translated anew.
 */
final class ChangedCudaProgram {
  private ChangedCudaProgram() {}

  public static void main(String[] arguments) {
    VerifyCommand command =
        new VerifyCommand() {
          @Override
          Backend open() {
            return ChangedCuda.open(ChangedCudaProgram::changed);
          }
        };
    System.exit(new CommandLine(command).execute(arguments));
  }

  private static String changed(String ptx) {
    return ptx.contains(".entry learn_association(")
        ? ptx.replace(" 1065353216;", " 1065353217;")
        : ptx;
  }
}
