package org.raphe.cli;

import org.raphe.InputException;
import picocli.CommandLine.Option;

/** Elastic weight consolidation (Kirkpatrick et al. 2017). */
final class EwcOptions {
  private static final double PUBLISHED_LAMBDA = 5e4;

  @Option(
      names = "--ewc-lambda",
      paramLabel = "LAMBDA",
      description =
          "For --rule ewc: weight of the penalty lambda/2 sum F (w - w*)^2 that holds weights to where past experiences left them. Descent on it is unstable where rate x lambda x F exceeds 2. Default: 5e4.")
  Double lambda;

  /**
   * Lambda where it is needed.
   *
   * @param rule the rule that teaches hidden layers; null if it is none of an engine
   * @return null unless the rule is {@link EngineRule#EWC}
   * @throws InputException if it is given to another rule, or is negative or no finite number
   */
  Double lambda(EngineRule rule) {
    if (rule != EngineRule.EWC) {
      if (lambda != null) {
        throw new InputException(
            "--ewc-lambda is for --rule ewc, whose hidden layers are not frozen");
      }
      return null;
    }
    if (lambda != null && !(lambda >= 0 && lambda <= Float.MAX_VALUE)) {
      throw new InputException("--ewc-lambda must be finite and not negative, not " + lambda);
    }
    return lambda == null ? (Double) PUBLISHED_LAMBDA : lambda;
  }
}
