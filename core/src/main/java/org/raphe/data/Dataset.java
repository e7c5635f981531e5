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
 */
public record Dataset(String name, Samples train, Samples test) {

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
  }

  /** SHA-256, in hexadecimal, of the training samples followed by the test samples. */
  public String sha256() {
    var digest = Sha256.newDigest();
    train.addTo(digest);
    test.addTo(digest);
    return HexFormat.of().formatHex(digest.digest());
  }
}
