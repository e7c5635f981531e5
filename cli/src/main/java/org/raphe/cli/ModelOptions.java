package org.raphe.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.raphe.InputException;
import org.raphe.data.ClassMatch;
import org.raphe.data.ClassNames;
import org.raphe.data.Samples;
import org.raphe.model.Model;
import org.raphe.result.RunId;
import picocli.CommandLine.Option;

/** Which saved model is used. */
final class ModelOptions {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "RUN",
      description = "Run folder, or its model.safetensors.")
  Path model;

  /**
   * Reads it.
   *
   * @throws InputException if there is none, it is damaged, or its folder holds files of another
   *     run
   */
  Model load() {
    if (Files.isDirectory(model)) {
      RunId.checkOne(model, null);
    }
    refuseBaseline();
    return Model.read(Files.isDirectory(model) ? model.resolve(RunFolder.MODEL) : model);
  }

  private void refuseBaseline() {
    boolean finished = Files.exists(model.resolve(RunFolder.RESULT));
    if (finished && Files.notExists(model.resolve(RunFolder.MODEL))) {
      throw new InputException(
          model
              + " holds a finished run and no "
              + RunFolder.MODEL
              + ": analytic baselines leave none to use, and a rule's may be gone");
    }
  }

  /**
   * Refuses samples that are of another size than the model's inputs.
   *
   * @param source what messages call the samples
   */
  static void requireFeatures(Model loaded, String source, Samples samples) {
    int features = loaded.network().input().size();
    if (features != samples.shape().size()) {
      throw new InputException(
          "the model is of network "
              + loaded.network().text()
              + ", but "
              + source
              + " has "
              + samples.shape().size()
              + " features; give data of the kind that it was trained on");
    }
  }

  /**
   * Samples under the model's numbers of classes; what a user should know of it is said.
   *
   * @param source what messages call the samples
   * @param given their classes
   * @throws InputException if there is a class that the model does not know
   */
  static Samples matched(
      Model loaded, String source, ClassNames given, Samples samples, PrintWriter log) {
    ClassMatch match = ClassMatch.of(source, given, loaded.classNames());
    if (match.note(source) != null) {
      log.println(match.note(source));
    }
    return match.apply(samples);
  }

  /** Refuses to write over a file, or into a folder that is not there. */
  static void requireNew(Path out) {
    requireNew(out, "--out");
  }

  /** The same, where another option names the file. */
  static void requireNew(Path out, String option) {
    if (out != null && Files.exists(out)) {
      throw new InputException(out + " exists and is left as it is; choose another " + option);
    }
    if (out != null && !Files.isDirectory(out.toAbsolutePath().getParent())) {
      throw new InputException("cannot write " + out + ": its folder does not exist");
    }
  }
}
