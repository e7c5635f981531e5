package org.raphe.volatility;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.raphe.InputException;
import org.raphe.random.RandomStream;
import org.raphe.random.UniformSequence;

/**
 * A stream of samples, each seen once, whose labels change their meaning at unannounced moments and
 * are noisy at times: which samples, what each label means, and what the learner is told.
 *
 * <p>Order: a permutation from (VOLATILITY | 0). Switches, from (VOLATILITY | 1): samples to the
 * next one, whether an older meaning returns, which one; or how many classes move, which, and how
 * (drawn again until none stays). Noise blocks, from (VOLATILITY | 2): length, and share where
 * noisy. Labels, from (VOLATILITY | 3), two numbers a sample: whether it is replaced, and by what.
 */
public final class VolatileStream {

  /**
   * From here on labels have another meaning.
   *
   * @param sample the first one of it
   * @param context number of the meaning
   * @param returning whether it was there before
   */
  public record Switch(int sample, int context, boolean returning) {}

  /**
   * A block of noise.
   *
   * @param from its first sample
   * @param to one past its last
   * @param share of labels that are replaced
   */
  public record NoiseBlock(int from, int to, double share) {}

  private final StreamSettings settings;
  private final int classes;
  private final int[] order;
  private final List<int[]> contexts = new ArrayList<>();
  private final List<Switch> switches = new ArrayList<>();
  private final List<NoiseBlock> noise = new ArrayList<>();
  private final int[] contextOf;
  private final int[] trueLabels;
  private final int[] givenLabels;

  /**
   * Draws a stream.
   *
   * @param labels of the samples to choose from, in 0..classes-1
   * @param classes K
   * @throws InputException if there are fewer samples than the stream has, or fewer classes than a
   *     switch moves
   */
  public VolatileStream(StreamSettings settings, int[] labels, int classes) {
    this.settings = settings;
    this.classes = classes;
    if (labels.length < settings.samples()) {
      throw new InputException(
          "a stream of "
              + settings.samples()
              + " samples, each shown once, needs as many; there are "
              + labels.length);
    }
    for (int moved : settings.moved()) {
      if (moved > classes) {
        throw new InputException(
            "a new meaning cannot move " + moved + " classes of " + classes + "; name fewer");
      }
    }
    order = Arrays.copyOf(sequence(0).nextPermutation(labels.length), settings.samples());
    contextOf = new int[settings.samples()];
    drawSwitches();
    drawNoise();
    trueLabels = new int[settings.samples()];
    for (int sample = 0; sample < trueLabels.length; sample++) {
      trueLabels[sample] = contexts.get(contextOf[sample])[labels[order[sample]]];
    }
    givenLabels = replaced();
  }

  private UniformSequence sequence(int index) {
    return new UniformSequence(settings.seed(), RandomStream.VOLATILITY.number(index), 0);
  }

  private void drawSwitches() {
    UniformSequence uniform = sequence(1);
    int[] identity = new int[classes];
    Arrays.setAll(identity, label -> label);
    contexts.add(identity);
    int context = 0;
    int at = wholeBatch(settings.firstSwitch());
    while (at < settings.samples()) {
      boolean returning = uniform.nextUniform() < settings.returning() && contexts.size() > 1;
      if (returning) {
        int other = uniform.nextBelow(contexts.size() - 1);
        context = other < context ? other : other + 1;
      } else {
        contexts.add(moved(contexts.get(context), uniform));
        context = contexts.size() - 1;
      }
      switches.add(new Switch(at, context, returning));
      int between = settings.mostBetween() - settings.leastBetween();
      int next = wholeBatch(at + settings.leastBetween() + uniform.nextBelow(between));
      Arrays.fill(contextOf, at, Math.min(next, settings.samples()), context);
      at = next;
    }
  }

  /** The first sample of the batch that begins at a sample or after it. */
  private int wholeBatch(int sample) {
    return (sample + settings.batch() - 1) / settings.batch() * settings.batch();
  }

  /** A meaning in which some classes have one another's labels and none of these its own. */
  private int[] moved(int[] from, UniformSequence uniform) {
    int count = settings.moved().get(uniform.nextBelow(settings.moved().size()));
    int[] chosen = Arrays.copyOf(uniform.nextPermutation(classes), count);
    int[] to = uniform.nextPermutation(count);
    while (hasFixedPoint(to)) {
      to = uniform.nextPermutation(count);
    }
    int[] meaning = from.clone();
    for (int k = 0; k < count; k++) {
      meaning[chosen[k]] = from[chosen[to[k]]];
    }
    return meaning;
  }

  private static boolean hasFixedPoint(int[] permutation) {
    for (int k = 0; k < permutation.length; k++) {
      if (permutation[k] == k) {
        return true;
      }
    }
    return false;
  }

  private void drawNoise() {
    UniformSequence uniform = sequence(2);
    boolean noisy = true;
    int from = settings.firstNoise();
    while (from < settings.samples() && !settings.noise().isEmpty()) {
      int length =
          settings.leastNoise() + uniform.nextBelow(settings.mostNoise() - settings.leastNoise());
      int to = Math.min(settings.samples(), from + length);
      if (noisy) {
        double share = settings.noise().get(uniform.nextBelow(settings.noise().size()));
        noise.add(new NoiseBlock(from, to, share));
      }
      noisy = !noisy;
      from += length;
    }
  }

  private int[] replaced() {
    UniformSequence uniform = sequence(3);
    int[] given = trueLabels.clone();
    double[] share = new double[given.length];
    noise.forEach(block -> Arrays.fill(share, block.from(), block.to(), block.share()));
    for (int sample = 0; sample < given.length; sample++) {
      float draw = uniform.nextUniform();
      int label = uniform.nextBelow(classes);
      if (draw < share[sample]) {
        given[sample] = label;
      }
    }
    return given;
  }

  public StreamSettings settings() {
    return settings;
  }

  /** K. */
  public int classes() {
    return classes;
  }

  /** Samples of the stream. */
  public int size() {
    return order.length;
  }

  /** Batches of the stream; the last may be smaller. */
  public int batches() {
    return (size() + settings.batch() - 1) / settings.batch();
  }

  /** Which of the samples to choose from are shown, in order: a copy. */
  public int[] order() {
    return order.clone();
  }

  /** How many meanings labels have in it. */
  public int contexts() {
    return contexts.size();
  }

  /** The meaning of a sample's label. */
  public int context(int sample) {
    return contextOf[sample];
  }

  /** What a sample's label is, in the meaning of its moment. */
  public int trueLabel(int sample) {
    return trueLabels[sample];
  }

  /** What the learner is told. */
  public int givenLabel(int sample) {
    return givenLabels[sample];
  }

  /** What the learner is told, [sample]: a copy. */
  public int[] givenLabels() {
    return givenLabels.clone();
  }

  /** In order. */
  public List<Switch> switches() {
    return List.copyOf(switches);
  }

  /** In order. */
  public List<NoiseBlock> noise() {
    return List.copyOf(noise);
  }
}
