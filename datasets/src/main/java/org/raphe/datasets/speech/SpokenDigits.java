package org.raphe.datasets.speech;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.Record;
import ai.djl.util.Progress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.raphe.InputException;
import org.raphe.RunException;
import org.raphe.data.Dataset;
import org.raphe.data.Samples;
import org.raphe.network.InputShape;

/**
 * A corpus of spoken digits as a data set of Deep Java Library: the recordings for training, then
 * those for testing, in the order of their names, so that the same corpus always gives the same
 * samples. {@link #prepare} reads and measures every recording, on all processors; it needs none of
 * DJL's native engines, which {@link #get} does.
 */
public final class SpokenDigits extends RandomAccessDataset {
  private static final int CLASSES = 10;

  private final String name;
  private final Corpus corpus;
  private final SpeechFeatureKind kind;
  private final Path cacheFolder;
  private float[] features;

  private SpokenDigits(Builder builder, Corpus corpus) {
    super(builder);
    this.corpus = corpus;
    name = builder.name;
    kind = builder.settings.features();
    cacheFolder = builder.cacheFolder;
  }

  /** A builder of a corpus; batches of 32 in random order where DJL draws them. */
  public static Builder builder() {
    return new Builder().setSampling(32, true);
  }

  /** Which corpus, where it lies and what is made of it. */
  public static final class Builder extends BaseBuilder<Builder> {
    private String name;
    private SpeechSettings settings = SpeechSettings.defaults();
    private Path cacheFolder;

    private Builder() {}

    @Override
    protected Builder self() {
      return this;
    }

    /** Features, split and speakers. */
    public Builder optSettings(SpeechSettings chosen) {
      settings = chosen;
      return this;
    }

    /** Where features are kept so that they are worked out once; nowhere if it is not given. */
    public Builder optCacheFolder(Path folder) {
      cacheFolder = folder;
      return this;
    }

    /**
     * TIDIGITS (LDC93S10) as it lies on its discs, or a corpus laid out like it: isolated digits as
     * NIST SPHERE or RIFF WAV.
     *
     * @throws InputException if the folder cannot be read or holds no such recordings
     */
    public SpokenDigits tidigits(Path folder) {
      name = "tidigits";
      return new SpokenDigits(
          this,
          Corpus.tidigits(name, folder.toString(), CorpusFolder.files(name, folder), settings));
    }

    /** The synthetic voices that come with Raphe, split by voice. */
    public SpokenDigits bundled() {
      name = "spoken-digits";
      return new SpokenDigits(
          this, Corpus.tidigits(name, "the archive", SpokenDigitsArchive.bundled(), settings));
    }

    /**
     * The Free Spoken Digit Dataset with its own split: a speaker's first five recordings of each
     * digit are for testing.
     *
     * @throws InputException if the folder cannot be read or holds no such recordings
     */
    public SpokenDigits fsdd(Path folder) {
      name = "fsdd";
      return new SpokenDigits(this, Corpus.fsdd(folder, settings));
    }

    /**
     * The Free Spoken Digit Dataset split by speaker, which is harder: one speaker is for testing,
     * the others for training.
     *
     * @throws InputException if the folder cannot be read or holds no such recordings
     */
    public SpokenDigits fsddBySpeaker(Path folder) {
      name = "fsdd-speaker";
      return new SpokenDigits(this, Corpus.fsddBySpeaker(folder, settings));
    }
  }

  /**
   * Reads and measures all recordings; does nothing the second time.
   *
   * @param progress told of every recording that is measured, or null
   * @throws InputException if a recording cannot be used; the first one in order is named
   * @throws RunException if a recording changes meanwhile
   */
  @Override
  public void prepare(Progress progress) {
    if (features == null) {
      features = new RecordingMeasurer(corpus, kind, cacheFolder).features(progress);
    }
  }

  /**
   * Features and label of a recording, as arrays of float32 (frames x bands, and x channels of more
   * than one) and int32.
   */
  @Override
  public Record get(NDManager manager, long index) {
    requirePrepared();
    int width = kind.shape().size();
    int from = Math.toIntExact(index) * width;
    float[] one = Arrays.copyOfRange(features, from, from + width);
    InputShape of = kind.shape();
    Shape shape = new Shape(of.rows(), of.columns());
    if (of.channels() > 1) {
      shape = shape.add(of.channels());
    }
    return new Record(
        new NDList(manager.create(one, shape)),
        new NDList(manager.create(utterance(Math.toIntExact(index)).digit())));
  }

  @Override
  protected long availableSize() {
    return corpus.train().size() + corpus.test().size();
  }

  private Utterance utterance(int index) {
    int trained = corpus.train().size();
    return index < trained ? corpus.train().get(index) : corpus.test().get(index - trained);
  }

  /**
   * The samples for training and testing.
   *
   * @throws IllegalStateException if it was not prepared
   */
  public Dataset samples() {
    requirePrepared();
    return new Dataset(
            name,
            samples(name + "/train", corpus.train(), 0),
            samples(name + "/test", corpus.test(), corpus.train().size()))
        .withPreparation(kind.toString());
  }

  private Samples samples(String part, List<Utterance> utterances, int first) {
    int width = kind.shape().size();
    return Samples.ofFeatures(
        part,
        kind.shape(),
        CLASSES,
        Arrays.copyOfRange(features, first * width, (first + utterances.size()) * width),
        utterances.stream().mapToInt(Utterance::digit).toArray());
  }

  private void requirePrepared() {
    if (features == null) {
      throw new IllegalStateException("prepare the data set before its samples are asked for");
    }
  }
}
