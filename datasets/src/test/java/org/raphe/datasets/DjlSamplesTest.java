package org.raphe.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.raphe.datasets.Failures.assertFails;

import ai.djl.basicdataset.cv.classification.Mnist;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.Artifact;
import ai.djl.repository.LocalRepository;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Dataset.Usage;
import ai.djl.util.Progress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raphe.InputException;
import org.raphe.data.Dataset;
import org.raphe.data.Samples;
import org.raphe.datasets.speech.SpeechFeatureKind;
import org.raphe.datasets.speech.SpokenDigits;
import org.raphe.datasets.speech.WavBytes;
import org.raphe.network.InputShape;

/** With DJL's PyTorch engine, whose native library is a test dependency on Linux x86-64 alone. */
class DjlSamplesTest {
  private static final InputShape PAIR = InputShape.vector(2);

  @TempDir static Path temporary;
  private static NDManager manager;

  @BeforeAll
  static void startEngine() {
    DjlNetwork.deny();
    String platform = System.getProperty("os.name") + "-" + System.getProperty("os.arch");
    boolean native64 = platform.equals("Linux-amd64");
    if (!native64) {
      System.out.println("DjlSamplesTest skipped: no PyTorch library for " + platform);
    }
    assumeTrue(native64, "no PyTorch library for " + platform);
    // DJL unpacks its native library here, and must not leave it in the user's home.
    System.setProperty("DJL_CACHE_DIR", Path.of("target", "djl").toAbsolutePath().toString());
    manager = Engine.getEngine("PyTorch").newBaseManager();
  }

  @AfterAll
  static void stopEngine() {
    if (manager != null) {
      manager.close();
    }
  }

  /** Spoken digits are a data set of DJL's: what DJL draws from it is what we train on. */
  @Test
  void spokenDigitsAreDjlsTooBitForBit() throws Exception {
    Path corpus = temporary.resolve("speech");
    Files.createDirectories(corpus);
    for (String name : new String[] {"3_ann_4.wav", "3_ann_7.wav", "8_bob_9.wav"}) {
      short[] samples = new short[2000];
      for (int k = 0; k < samples.length; k++) {
        samples[k] = (short) (k * k * (name.charAt(0) + name.charAt(6)));
      }
      Files.write(corpus.resolve(name), WavBytes.file(1, 16, 8000, samples));
    }
    SpokenDigits digits = SpokenDigits.builder().fsdd(corpus);
    Samples copy =
        DjlSamples.copyOf(digits, manager, "djl", SpeechFeatureKind.PUBLISHED.shape(), 10);
    Dataset ours = digits.samples();
    assertEquals(3, copy.size());
    assertSameBits(ours.train(), copy.first(2));
    assertSameBits(ours.test(), copy.subset("tested", new int[] {2}));
  }

  /** DJL's own reader over our local repository, against our reader: every feature and label. */
  @Test
  void djlsMnistEqualsOursBitForBit() throws Exception {
    Path cache = temporary.resolve("cache");
    Dataset ours = DatasetCatalog.load("mnist", new DatasetOptions(null, false, cache));
    for (Usage usage : new Usage[] {Usage.TEST, Usage.TRAIN}) {
      Mnist djl =
          Mnist.builder()
              .optManager(manager)
              .optRepository(new UnpackedRepository(cache.resolve("repository")))
              .optUsage(usage)
              .setSampling(64, false)
              .build();
      Samples copy =
          DjlSamples.copyOf(djl, manager, "djl/" + usage, MnistFiles.SHAPE, MnistFiles.CLASSES);
      Samples expected = usage == Usage.TEST ? ours.test() : ours.train();
      assertFalse(copy.hasPixels(), "ToTensor made floats of them");
      assertSameBits(expected, copy);
    }
  }

  /**
   * DJL's local repository as it is, but for {@code prepare}, which would copy every file into
   * DJL's own cache, and seeks them one folder above the one that {@code openStream} reads.
   */
  private static final class UnpackedRepository extends LocalRepository {
    UnpackedRepository(Path root) {
      super("raphe", root.toUri(), root);
    }

    @Override
    public void prepare(Artifact artifact, Progress progress) {}
  }

  private static void assertSameBits(Samples expected, Samples copy) {
    assertEquals(expected.size(), copy.size());
    int width = expected.shape().size();
    float[] left = new float[width];
    float[] right = new float[width];
    for (int k = 0; k < expected.size(); k++) {
      expected.copyFeatures(k, left, 0);
      copy.copyFeatures(k, right, 0);
      assertEquals(expected.label(k), copy.label(k), "label of sample " + k);
      for (int input = 0; input < width; input++) {
        if (Float.floatToRawIntBits(left[input]) != Float.floatToRawIntBits(right[input])) {
          assertEquals(left[input], right[input], "feature " + input + " of sample " + k);
        }
      }
    }
  }

  private static ArrayDataset dataset(NDArray features, NDArray labels) {
    return new ArrayDataset.Builder()
        .setData(features)
        .optLabels(labels)
        .setSampling(3, true)
        .build();
  }

  private static Samples copy(NDArray features, NDArray labels) {
    return DjlSamples.copyOf(dataset(features, labels), manager, "pairs", PAIR, 3);
  }

  /** More samples than a batch, in the data set's order although its sampler is random. */
  @Test
  void bytesStayPixelsAndKeepTheirOrder() {
    byte[] bytes = new byte[2 * 600];
    long[] numbers = new long[600];
    for (int k = 0; k < 600; k++) {
      bytes[2 * k] = (byte) k;
      bytes[2 * k + 1] = (byte) (k >> 8);
      numbers[k] = k % 3;
    }
    NDArray features = manager.create(ByteBuffer.wrap(bytes), new Shape(600, 2), DataType.UINT8);
    Samples samples = copy(features, manager.create(numbers));
    assertTrue(samples.hasPixels());
    assertArrayEquals(bytes, samples.pixels());
    for (int k = 0; k < 600; k++) {
      assertEquals(k % 3, samples.label(k));
    }
  }

  @Test
  void floatsAndIntegerLabels() {
    NDArray features = manager.create(new float[] {1, -2, 3.5f, 1e-40f}, new Shape(2, 2));
    Samples samples = copy(features, manager.create(new int[] {2, 0}));
    assertFalse(samples.hasPixels());
    assertEquals(1e-40f, samples.feature(1, 1));
    assertEquals(2, samples.label(0));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    NDArray two = manager.create(new float[] {1, 2, 3, 4}, new Shape(2, 2));
    NDArray labels = manager.create(new int[] {0, 1});
    assertFails(
        InputException.class,
        () -> copy(two, manager.create(new float[] {0, 1.5f})),
        "label 1.5 of sample 1");
    assertFails(
        InputException.class, () -> copy(two, manager.create(new int[] {0, 3})), "outside 0..2");
    assertFails(
        InputException.class,
        () -> copy(manager.create(new float[] {1, Float.NaN, 3, 4}, new Shape(2, 2)), labels),
        "NaN");
    assertFails(
        InputException.class,
        () -> copy(manager.ones(new Shape(2, 3)), labels),
        "pairs",
        "features of shape 2");
    assertFails(
        InputException.class,
        () -> copy(manager.ones(new Shape(2, 2), DataType.FLOAT64), labels),
        "type float64");
    assertFails(
        InputException.class, () -> copy(two, manager.ones(new Shape(2, 2))), "one whole-number");
  }
}
