package org.raphe.datasets;

import java.nio.file.Path;
import java.util.Objects;
import org.raphe.InputException;

/**
 * Where a data set may come from.
 *
 * @param dataFolder folder of the data set's own files, or null for what is bundled or cached
 * @param allowDownload whether it may be fetched over the network where it is not at hand
 * @param cacheFolder where unpacked and downloaded files are kept; made when needed
 */
public record DatasetOptions(Path dataFolder, boolean allowDownload, Path cacheFolder) {

  public DatasetOptions {
    Objects.requireNonNull(cacheFolder, "cacheFolder");
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
    return new DatasetOptions(folder, allowDownload, cacheFolder);
  }

  /** The same with downloads allowed or not. */
  public DatasetOptions withDownload(boolean allowed) {
    return new DatasetOptions(dataFolder, allowed, cacheFolder);
  }

  /** The same with another cache folder. */
  public DatasetOptions withCacheFolder(Path folder) {
    return new DatasetOptions(dataFolder, allowDownload, folder);
  }
}
