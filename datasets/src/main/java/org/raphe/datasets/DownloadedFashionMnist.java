package org.raphe.datasets;

import ai.djl.Application.CV;
import ai.djl.basicdataset.BasicDatasets;
import ai.djl.repository.Artifact;
import ai.djl.repository.MRL;
import ai.djl.repository.RemoteRepository;
import ai.djl.util.Progress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.RunException;
import org.raphe.data.Dataset;

/**
 * Fashion-MNIST from DJL's online repository, described and checksummed by DJL's metadata; fetched
 * only when asked for, kept in the cache folder. Each file's size and SHA-1 are checked before it
 * is unpacked, and its SHA-256 is kept beside it and checked on every load.
 */
final class DownloadedFashionMnist {
  private static final String VERSION = "1.0";
  private static final String SUM = ".sha256";
  private static final int TIMEOUT_MILLISECONDS = 30_000;

  private final Path root;
  private final URI base;
  private Map<String, String> sha256 = Map.of();

  DownloadedFashionMnist(Path cacheFolder) {
    this(cacheFolder, BasicDatasets.DJL_REPO_URL);
  }

  /**
   * @param base root of a repository in DJL's layout
   */
  DownloadedFashionMnist(Path cacheFolder, URI base) {
    root = cacheFolder.resolve("download");
    this.base = base;
  }

  /** Where the files lie once they are fetched. */
  Path folder() {
    return root.resolve("dataset/cv/ai/djl/basicdataset/fashmnist").resolve(VERSION);
  }

  /** Whether it was fetched before; whether it is intact is seen on load. */
  boolean isCached() {
    return Files.isDirectory(folder());
  }

  /**
   * Fetches the files into the cache.
   *
   * @throws InputException if the cache folder may not be written to
   * @throws RunException if the network, the checks or the disk fail
   */
  void fetch() {
    DjlNetwork.allowDownload();
    try {
      Files.createDirectories(root);
      fetchThroughDjl();
    } catch (FileSystemException e) {
      throw CacheFolder.failure(folder(), "cannot keep fashion-mnist in the cache, " + folder(), e);
    } catch (IOException e) {
      throw new RunException(
          "cannot download fashion-mnist from "
              + base
              + ": "
              + IoFailure.reason(e)
              + "; check the network and the disk, or give a folder of its IDX files",
          e);
    } finally {
      DjlNetwork.deny();
    }
  }

  private void fetchThroughDjl() throws IOException {
    boolean fetched = false;
    try {
      MRL mrl =
          new CachingRepository().dataset(CV.ANY, BasicDatasets.GROUP_ID, "fashmnist", VERSION);
      Artifact artifact = mrl.getDefaultArtifact();
      checkDescription(artifact);
      mrl.prepare(artifact);
      fetched = true;
    } catch (RuntimeException e) {
      // DJL takes metadata at its word, so that any unchecked exception can come of it.
      throw new IOException("its metadata cannot be used (" + oneLine(e) + ")", e);
    } finally {
      if (!fetched) {
        // DJL would keep to this metadata for a day.
        Files.deleteIfExists(folder().resolveSibling("metadata.json"));
      }
    }
  }

  private static String oneLine(RuntimeException e) {
    return e.toString().lines().findFirst().orElse("");
  }

  private static void checkDescription(Artifact artifact) throws IOException {
    if (artifact == null || !VERSION.equals(artifact.getVersion())) {
      throw new IOException("its metadata does not describe version " + VERSION);
    }
    for (KnownFile file : KnownFile.FASHION_MNIST) {
      Artifact.Item item = artifact.getFiles().get(file.item());
      if (item == null || item.getSha1Hash() == null || !file.name().equals(item.getName())) {
        throw new IOException("its metadata does not describe " + file.name() + " with a checksum");
      }
    }
    if (artifact.getFiles().size() != KnownFile.FASHION_MNIST.size()) {
      throw new IOException("its metadata describes other files than the four expected");
    }
  }

  /**
   * Reads the cached files.
   *
   * @throws InputException if one is missing, damaged or not readable
   */
  Dataset load() {
    var files = new IdxFolder("fashion-mnist", folder());
    Dataset dataset = files.read("fashion-mnist");
    sha256 = files.sha256();
    for (String name : MnistFiles.NAMES) {
      checkSum(name);
    }
    return dataset;
  }

  private void checkSum(String name) {
    Path sum = folder().resolve(name + SUM);
    try (InputStream in = Files.newInputStream(sum)) {
      String expected = new String(in.readNBytes(64), StandardCharsets.US_ASCII);
      if (!expected.equals(sha256.get(name))) {
        throw new InputException(
            folder().resolve(name)
                + " is damaged: expected SHA-256 "
                + expected
                + ", found "
                + sha256.get(name)
                + "; delete that folder and download again");
      }
    } catch (IOException e) {
      throw new InputException(
          "cannot read "
              + sum
              + ": "
              + IoFailure.reason(e)
              + "; delete that folder and download again",
          e);
    }
  }

  /** SHA-256, in hexadecimal, of each file by name, as last loaded. */
  Map<String, String> sha256() {
    return sha256;
  }

  /** DJL's repository with our cache folder, time limits, and checks that come before unpacking. */
  private final class CachingRepository extends RemoteRepository {
    CachingRepository() {
      super("raphe", base);
    }

    @Override
    public Path getCacheDirectory() {
      return root;
    }

    @Override
    protected void download(Path folder, URI artifactUri, Artifact.Item item, Progress progress)
        throws IOException {
      URI uri = base.resolve(artifactUri).resolve(item.getUri()).normalize();
      if (!base.getScheme().equals(uri.getScheme())
          || !Objects.equals(base.getHost(), uri.getHost())
          || !uri.getPath().startsWith(base.getPath())) {
        throw new IOException("its metadata leads elsewhere, to " + uri);
      }
      byte[] packed = fetch(uri, item);
      byte[] content;
      try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
        content = in.readNBytes(IdxReader.MAX_BYTES);
      }
      Files.write(folder.resolve(item.getName()), content);
      String sum = HexFormat.of().formatHex(KnownFile.digest("SHA-256").digest(content));
      Files.writeString(folder.resolve(item.getName() + SUM), sum, StandardCharsets.US_ASCII);
    }

    private byte[] fetch(URI uri, Artifact.Item item) throws IOException {
      long size = item.getSize();
      if (size < 1 || size > IdxReader.MAX_BYTES) {
        throw new IOException("its metadata gives " + item.getName() + " " + size + " bytes");
      }
      URLConnection connection = uri.toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLISECONDS);
      connection.setReadTimeout(TIMEOUT_MILLISECONDS);
      byte[] packed;
      try (InputStream in = connection.getInputStream()) {
        packed = in.readNBytes((int) size + 1);
      }
      String sha1 = HexFormat.of().formatHex(KnownFile.digest("SHA-1").digest(packed));
      if (packed.length != size || !sha1.equalsIgnoreCase(item.getSha1Hash())) {
        throw new IOException(
            uri + " does not have the size and SHA-1 that its metadata gives: found " + sha1);
      }
      return packed;
    }
  }
}
