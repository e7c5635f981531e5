package org.raphe.agent;

import org.raphe.InputException;
import org.raphe.backend.cpu.Workers;

/**
 * The processor as a device of learners.
 *
 * @param loopsKind which loops run; bits do not depend on it
 * @param workers stay the caller's
 */
public record CpuLearnerDevice(Kind loopsKind, Workers workers) implements LearnerDevice {
  private static final String VECTOR = "org.raphe.agent.VectorTrialLoops";

  /** Which loops run. */
  public enum Kind {
    /** Those of the Vector API where its module is there. */
    AUTO,
    PLAIN,
    VECTOR
  }

  @Override
  public PlacedLearners placeLearners(LearnerConstants constants, int learners, long seed) {
    check(constants, learners);
    return new CpuLearners(constants, learners, seed, chosen(), workers);
  }

  @Override
  public void check(LearnerConstants constants, int learners) {
    LearnerArrays.check(constants, learners, Runtime.getRuntime().maxMemory());
  }

  @Override
  public String loops() {
    return chosen().description();
  }

  private TrialLoops chosen() {
    if (loopsKind == Kind.PLAIN) {
      return new PlainTrialLoops();
    }
    try {
      return (TrialLoops) Class.forName(VECTOR).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      if (loopsKind == Kind.VECTOR) {
        throw new InputException(
            "vector loops cannot run: start Java with --add-modules jdk.incubator.vector", e);
      }
      return new PlainTrialLoops();
    }
  }
}
