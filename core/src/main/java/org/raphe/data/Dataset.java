package org.raphe.data;

import java.util.HexFormat;
import org.raphe.InputException;
import org.raphe.Sha256;

/**
 * A data set: samples to train on and samples to test on, of one shape and one set of classes.
 *
 * @param name such as {@code mnist}
 * @param train what may be learned from and tuned on
 * @param test what is measured, never tuned on
 * @param classNames what its classes are called
 * @param preparation which of several ways its files were made features, such as {@code log-mel};
 *     null where there is one way alone
 */
public record Dataset(
    String name, Samples train, Samples test, ClassNames classNames, String preparation) {

  public Dataset {
    if (!train.shape().equals(test.shape()) || train.classes() != test.classes()) {
      throw new InputException(
          name
              + ": training samples have shape "
              + train.shape()
              + " and "
              + train.classes()
              + " classes, test samples "
              + test.shape()
              + " and "
              + test.classes()
              + "; they must agree");
    }
    if (classNames.size() != train.classes()) {
      throw new InputException(
          name + ": " + classNames.size() + " names for " + train.classes() + " classes");
    }
  }

  /** A data set whose files become features in one way alone. */
  public Dataset(String name, Samples train, Samples test, ClassNames classNames) {
    this(name, train, test, classNames, null);
  }

  /** A data set whose classes are known by number alone. */
  public Dataset(String name, Samples train, Samples test) {
    this(name, train, test, ClassNames.numbered(train.classes()));
  }

  /** The same samples with their classes called otherwise. */
  public Dataset withClassNames(ClassNames names) {
    return new Dataset(name, train, test, names, preparation);
  }

  /** The same samples, made of files in a way that has a name. */
  public Dataset withPreparation(String way) {
    return new Dataset(name, train, test, classNames, way);
  }

  /** The first samples of each part; all of them where there are no more than that. */
  public Dataset first(int trainCount, int testCount) {
    return withSamples(train.first(trainCount), test.first(testCount));
  }

  /** Other samples of the same name and classes. */
  public Dataset withSamples(Samples otherTrain, Samples otherTest) {
    return new Dataset(name, otherTrain, otherTest, classNames, preparation);
  }

  /**
   * SHA-256, in hexadecimal, of the training samples followed by the test samples, whatever they
   * are called.
   */
  public String sha256() {
    var digest = Sha256.newDigest();
    train.addTo(digest);
    test.addTo(digest);
    return HexFormat.of().formatHex(digest.digest());
  }
}
