package org.raphe.cli;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.raphe.InputException;
import org.raphe.continual.ExperienceStream;
import org.raphe.continual.Measuring;
import org.raphe.training.Checkpoint;
import org.raphe.training.LearningRateSchedule;
import org.raphe.training.TrainingPlan;
import org.raphe.training.TrainingState;

/**
 * A run that goes on for more epochs than it was begun for. Where learning rates do not change, it
 * ends with the bits of a run that had the larger number from the start.
 */
final class GrownEpochs {
  private static final Pattern EPOCHS = Pattern.compile("\\bepochs=([0-9]+), stopAccuracy=");

  private GrownEpochs() {}

  /**
   * The fingerprint that a checkpoint is read by: that of the run as it was begun, where nothing
   * but the number of epochs has grown since.
   *
   * @param plan with the number of epochs that is asked for now
   * @param fingerprint of the run as it is asked for now
   * @throws InputException if the number of epochs is another one and may not be, with the reason
   */
  static String begunWith(
      Path checkpoint, TrainingPlan plan, ExperienceStream stream, String fingerprint) {
    String begun = Checkpoint.fingerprint(checkpoint);
    if (begun == null || begun.equals(fingerprint) || !any(begun).equals(any(fingerprint))) {
      return fingerprint;
    }
    Matcher number = EPOCHS.matcher(begun);
    if (!number.find()) {
      return fingerprint;
    }
    String reason = null;
    if (number.group(1).length() > 9 || Integer.parseInt(number.group(1)) > plan.epochs()) {
      reason = "epochs may become more, not fewer";
    } else if (plan.schedule() != LearningRateSchedule.CONSTANT) {
      reason =
          "its learning rates fall over all its epochs, so that with more of them they would have been others from the start";
    } else if (stream.measuring() != Measuring.EACH_PASS) {
      reason = "experiences that are learned already were given no more passes";
    }
    if (reason != null) {
      throw new InputException(
          "cannot resume from "
              + checkpoint
              + " with --epochs "
              + plan.epochs()
              + ": the run was begun with --epochs "
              + number.group(1)
              + ", and "
              + reason
              + "; leave --epochs out, or begin another run from its weights with --init");
    }
    return begun;
  }

  /** A fingerprint of any number of epochs. */
  private static String any(String fingerprint) {
    return EPOCHS.matcher(fingerprint).replaceFirst("epochs=any, stopAccuracy=");
  }

  /**
   * Refuses a run that has come to the end of the epochs that it was begun for.
   *
   * @throws InputException if more epochs are asked for than it has learned, and none is left
   */
  static void requireUnfinished(
      Path checkpoint, TrainingPlan plan, ExperienceStream stream, TrainingState state) {
    boolean each = stream.measuring() == Measuring.EACH_PASS;
    int learned = state.allPasses().size();
    if (each && state.isDone(stream) && plan.stopAccuracy() == null && learned < plan.epochs()) {
      throw new InputException(
          "cannot resume from "
              + checkpoint
              + " with --epochs "
              + plan.epochs()
              + ": all "
              + learned
              + " epochs of the run are learned; leave --epochs out");
    }
  }
}
