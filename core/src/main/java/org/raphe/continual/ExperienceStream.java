package org.raphe.continual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.raphe.InputException;
import org.raphe.data.Dataset;
import org.raphe.random.RandomStream;
import org.raphe.random.UniformSequence;

/**
 * A data set cut into experiences, class by class: which are learned one after another, and which
 * are tested after each.
 *
 * @param order order of the classes
 * @param classesPerExperience classes of an experience; the last may have fewer
 * @param learned experiences to learn, in order
 * @param tested experiences to test: the columns of the accuracy matrix
 * @param measuring when they are tested
 */
public record ExperienceStream(
    ClassOrder order,
    int classesPerExperience,
    List<Experience> learned,
    List<Experience> tested,
    Measuring measuring) {
  /**
   * Least training samples of a class: a single one says nothing of what the class has in common.
   */
  private static final int LEAST_TRAIN = 2;

  /** Most tasks of permuted features. */
  private static final int MOST_TASKS = 10_000;

  public ExperienceStream {
    learned = List.copyOf(learned);
    tested = List.copyOf(tested);
  }

  /**
   * One experience after another.
   *
   * @throws InputException if a class has fewer than 2 training samples or no test sample, or the
   *     order is not of the data set's classes
   */
  public static ExperienceStream of(Dataset dataset, ClassOrder order, int classesPerExperience) {
    int classes = dataset.train().classes();
    if (order.classes().size() != classes) {
      throw new InputException(
          "the class order has "
              + order.classes().size()
              + " classes, but "
              + dataset.name()
              + " has "
              + classes);
    }
    if (classesPerExperience < 1 || classesPerExperience > classes) {
      throw new InputException(
          "classes per experience must be 1.."
              + classes
              + " for "
              + dataset.name()
              + ", not "
              + classesPerExperience);
    }
    List<Experience> experiences = new ArrayList<>();
    for (int from = 0; from < classes; from += classesPerExperience) {
      int to = Math.min(classes, from + classesPerExperience);
      experiences.add(
          experience(experiences.size() + 1, order.classes().subList(from, to), dataset));
    }
    return new ExperienceStream(
        order, classesPerExperience, experiences, experiences, Measuring.EACH_EXPERIENCE);
  }

  /** The same tests, but everything is learned at once: the upper bound. */
  public ExperienceStream joint(Dataset dataset) {
    return new ExperienceStream(
        order,
        classesPerExperience,
        List.of(experience(1, order.classes(), dataset)),
        tested,
        measuring);
  }

  /** All classes in one experience, tested after each pass: plain training. */
  public static ExperienceStream whole(Dataset dataset) {
    int classes = dataset.train().classes();
    List<Integer> all = IntStream.range(0, classes).boxed().toList();
    int[] train = IntStream.range(0, dataset.train().size()).toArray();
    int[] test = IntStream.range(0, dataset.test().size()).toArray();
    List<Experience> one = List.of(new Experience(1, all, train, List.of(test)));
    return new ExperienceStream(new ClassOrder(all), classes, one, one, Measuring.EACH_PASS);
  }

  /**
   * Tasks of the same classes, each of which has its own order of all features ("permuted MNIST")
   * and shows samples once; none is tested, since answers before each update are what is measured.
   *
   * <p>Task t draws its order of features from (FEATURE_ORDER | t, 0) and its samples, where these
   * are not all, from (TASK_SAMPLES | t, 0).
   *
   * <p>Source: Dohare, Hernandez-Garcia, Lan, Rahman, Mahmood, Sutton, "Loss of plasticity in deep
   * continual learning", Nature 632, 2024, where a task shows 60,000 images.
   *
   * @param tasks how many
   * @param samples training samples of a task
   * @throws InputException if there are not as many samples, or too many tasks
   */
  public static ExperienceStream permuted(Dataset dataset, int tasks, int samples, long seed) {
    int size = dataset.train().size();
    if (tasks < 1 || tasks > MOST_TASKS) {
      throw new InputException("tasks must be 1.." + MOST_TASKS + ", not " + tasks);
    }
    if (samples < 1 || samples > size) {
      throw new InputException(
          "samples of a task must be 1.."
              + size
              + ", the training samples of "
              + dataset.name()
              + ", not "
              + samples);
    }
    List<Integer> classes = IntStream.range(0, dataset.train().classes()).boxed().toList();
    int[] all = IntStream.range(0, size).toArray();
    List<Experience> learned = new ArrayList<>();
    for (int task = 1; task <= tasks; task++) {
      int[] inputs =
          permutation(seed, RandomStream.FEATURE_ORDER, task, dataset.train().shape().size());
      int[] train =
          samples == size
              ? all
              : Arrays.copyOf(permutation(seed, RandomStream.TASK_SAMPLES, task, size), samples);
      learned.add(new Experience(task, classes, train, List.of(), inputs));
    }
    return new ExperienceStream(
        new ClassOrder(classes), classes.size(), learned, List.of(), Measuring.ONLINE);
  }

  private static int[] permutation(long seed, RandomStream stream, int task, int size) {
    return new UniformSequence(seed, stream.number(task), 0).nextPermutation(size);
  }

  /** Number of the first row of results: 0, the initial network, where that is measured; else 1. */
  public int firstRow() {
    return measuring == Measuring.EACH_EXPERIENCE ? 0 : 1;
  }

  private static Experience experience(int number, List<Integer> classes, Dataset dataset) {
    for (int label : classes) {
      requireSamples(dataset, label);
    }
    int[] train =
        IntStream.range(0, dataset.train().size())
            .filter(sample -> classes.contains(dataset.train().label(sample)))
            .toArray();
    List<int[]> test = classes.stream().map(label -> dataset.test().indicesOf(label)).toList();
    return new Experience(number, classes, train, test);
  }

  private static void requireSamples(Dataset dataset, int label) {
    int train = dataset.train().indicesOf(label).length;
    int test = dataset.test().indicesOf(label).length;
    if (train < LEAST_TRAIN || test < 1) {
      throw new InputException(
          "class "
              + label
              + " of "
              + dataset.name()
              + " has "
              + train
              + " training and "
              + test
              + " test sample(s); a stream needs at least "
              + LEAST_TRAIN
              + " and 1 of every class: add samples, or raise the limits of training and test samples");
    }
  }
}
