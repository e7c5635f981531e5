package org.raphe.datasets;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A data file whose content is known beforehand.
 *
 * @param name file name, uncompressed
 * @param item what DJL's metadata calls the file
 * @param size bytes, uncompressed
 * @param sha1 of the uncompressed file, in hexadecimal; DJL's metadata needs it
 * @param sha256 of the uncompressed file, in hexadecimal; what is checked on every load
 */
record KnownFile(String name, String item, int size, String sha1, String sha256) {

  /** The original MNIST files. */
  static final List<KnownFile> MNIST =
      List.of(
          new KnownFile(
              MnistFiles.TRAIN_IMAGES,
              "train_data",
              47_040_016,
              "c3557c10f29b266e19b3eeee1553c85e0ef4a8ea",
              "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
          new KnownFile(
              MnistFiles.TRAIN_LABELS,
              "train_labels",
              60_008,
              "adbf52269f5d842899f287c269e2883e40b4f6e2",
              "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
          new KnownFile(
              MnistFiles.TEST_IMAGES,
              "test_data",
              7_840_016,
              "65e11ec1fd220343092a5070b58418b5c2644e26",
              "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
          new KnownFile(
              MnistFiles.TEST_LABELS,
              "test_labels",
              10_008,
              "a6d52cc628797e845885543326e9f10abb8a6f89",
              "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));

  /** The Fashion-MNIST files as Zalando publishes and Debian packages them. */
  static final List<KnownFile> FASHION_MNIST =
      List.of(
          new KnownFile(
              MnistFiles.TRAIN_IMAGES,
              "train_data",
              47_040_016,
              "b9bd999c0106c9b8b4b0cefce58c9a6060f27095",
              "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
          new KnownFile(
              MnistFiles.TRAIN_LABELS,
              "train_labels",
              60_008,
              "4bccf37222e01638381eaa326bf730337a597267",
              "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
          new KnownFile(
              MnistFiles.TEST_IMAGES,
              "test_data",
              7_840_016,
              "880056926db704f9f713097915f99da346f5b1d1",
              "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
          new KnownFile(
              MnistFiles.TEST_LABELS,
              "test_labels",
              10_008,
              "958122e8b4b97fd4e71eca2d08ef754ed77c3ad9",
              "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"));

  /** How {@code content} differs from this file, in words; null if it does not. */
  String fault(byte[] content) {
    if (content.length != size) {
      String found = content.length > size ? "more" : String.valueOf(content.length);
      return "expected " + size + " bytes, found " + found;
    }
    String found = HexFormat.of().formatHex(digest("SHA-256").digest(content));
    return found.equals(sha256) ? null : "expected SHA-256 " + sha256 + ", found " + found;
  }

  static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform provides " + algorithm, e);
    }
  }
}
