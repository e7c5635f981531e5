package org.raphe.datasets;

import ai.djl.util.Progress;
import java.nio.file.Path;
import java.util.Objects;
import org.raphe.InputException;
import org.raphe.datasets.speech.SpeechSettings;

/**
 * Where a data set may come from.
 *
 * @param dataFolder folder of the data set's own files, or null for what is bundled or cached
 * @param allowDownload whether it may be fetched over the network where it is not at hand
 * @param cacheFolder where unpacked and downloaded files are kept; made when needed
 * @param speech what is made of a corpus of spoken digits
 * @param table how a table of the user's own is written
 * @param images what images of the user's own are brought to
 * @param progress told how far slow work is, or null
 */
public record DatasetOptions(
    Path dataFolder,
    boolean allowDownload,
    Path cacheFolder,
    SpeechSettings speech,
    TableFormat table,
    ImageFormat images,
    Progress progress) {

  public DatasetOptions {
    Objects.requireNonNull(cacheFolder, "cacheFolder");
    Objects.requireNonNull(speech, "speech");
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(images, "images");
  }

  /** Without a choice for spoken digits, and nobody told of progress. */
  public DatasetOptions(Path dataFolder, boolean allowDownload, Path cacheFolder) {
    this(
        dataFolder,
        allowDownload,
        cacheFolder,
        SpeechSettings.defaults(),
        TableFormat.DEFAULT,
        ImageFormat.DEFAULT,
        null);
  }

  /**
   * No data folder, no download, and the cache folder of the environment: {@code $RAPHE_CACHE},
   * else {@code $XDG_CACHE_HOME/raphe}, else {@code ~/.cache/raphe}.
   *
   * @throws InputException if a variable holds no usable path
   */
  public static DatasetOptions defaults() {
    return new DatasetOptions(
        null, false, CacheFolder.of(System.getenv(), System.getProperty("user.home")));
  }

  /** The same with a data folder; null for none. */
  public DatasetOptions withDataFolder(Path folder) {
    return new DatasetOptions(folder, allowDownload, cacheFolder, speech, table, images, progress);
  }

  /** The same with downloads allowed or not. */
  public DatasetOptions withDownload(boolean allowed) {
    return new DatasetOptions(dataFolder, allowed, cacheFolder, speech, table, images, progress);
  }

  /** The same with another cache folder. */
  public DatasetOptions withCacheFolder(Path folder) {
    return new DatasetOptions(dataFolder, allowDownload, folder, speech, table, images, progress);
  }

  /** The same with other settings for spoken digits. */
  public DatasetOptions withSpeech(SpeechSettings settings) {
    return new DatasetOptions(
        dataFolder, allowDownload, cacheFolder, settings, table, images, progress);
  }

  /** The same with another way in which a table is written. */
  public DatasetOptions withTable(TableFormat format) {
    return new DatasetOptions(
        dataFolder, allowDownload, cacheFolder, speech, format, images, progress);
  }

  /** The same with images brought to something else. */
  public DatasetOptions withImages(ImageFormat format) {
    return new DatasetOptions(
        dataFolder, allowDownload, cacheFolder, speech, table, format, progress);
  }

  /** The same with somebody told of progress; null for nobody. */
  public DatasetOptions withProgress(Progress told) {
    return new DatasetOptions(dataFolder, allowDownload, cacheFolder, speech, table, images, told);
  }
}
