package org.raphe.datasets;

import ai.djl.Application.CV;
import ai.djl.basicdataset.BasicDatasets;
import ai.djl.repository.Artifact;
import ai.djl.repository.Repository;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.RunException;
import org.raphe.data.Dataset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * MNIST as it comes with this module: compressed among its resources, unpacked once into a local
 * DJL repository in the cache folder, and read from there through DJL's repository classes, without
 * a native engine. Every load checks each file's size and SHA-256 before it is parsed; a file that
 * fails is unpacked again, with a warning. Processes that unpack at the same time write the same
 * bytes and do not disturb each other. Where the cache folder cannot be written to, the resources
 * themselves are read, with a warning: the samples are the same.
 */
final class BundledMnist implements MnistFiles {
  private static final Logger LOG = LoggerFactory.getLogger(BundledMnist.class);
  private static final String VERSION = "1.0";

  private final Path cacheFolder;
  private final Path root;
  private final Path artifactFolder;
  private Repository repository;
  private Artifact artifact;

  BundledMnist(Path cacheFolder) {
    this.cacheFolder = cacheFolder;
    root = cacheFolder.resolve("repository");
    artifactFolder = root.resolve("dataset/cv/ai/djl/basicdataset/mnist");
  }

  /** Where the unpacked files lie. */
  Path folder() {
    return artifactFolder.resolve(VERSION);
  }

  /** Whether every file is unpacked; whether it is intact is seen on load. */
  boolean isUnpacked() {
    return KnownFile.MNIST.stream().allMatch(file -> Files.isRegularFile(path(file)));
  }

  /**
   * Loads MNIST: 60,000 training and 10,000 test samples.
   *
   * @throws InputException if an unpacked file cannot be read
   * @throws RunException if the resources are damaged
   */
  Dataset load() {
    try {
      writeMetadata();
      for (KnownFile file : KnownFile.MNIST) {
        if (Files.notExists(path(file))) {
          write(path(file), bundled(file));
        }
      }
      openRepository();
    } catch (UnusableCache e) {
      LOG.warn("{}; MNIST is read as it came with Raphe, which takes longer", e.getMessage());
    }
    return read("mnist");
  }

  /** The cache folder cannot be written to, so that MNIST does not come from there. */
  private static final class UnusableCache extends Exception {
    private static final long serialVersionUID = 1;

    UnusableCache(RuntimeException cause) {
      super(cause.getMessage(), cause);
    }
  }

  private Path path(KnownFile file) {
    return folder().resolve(file.name());
  }

  @Override
  public String source(String file) {
    return folder().resolve(file).toString();
  }

  @Override
  public InputStream open(String name) throws IOException {
    KnownFile file =
        KnownFile.MNIST.stream().filter(known -> known.name().equals(name)).findFirst().get();
    return new ByteArrayInputStream(repository == null ? bundled(file) : intact(file));
  }

  /** A file of the cache, unpacked again if it is not what it should be. */
  private byte[] intact(KnownFile file) throws IOException {
    byte[] content = cached(file);
    String fault = file.fault(content);
    if (fault == null) {
      return content;
    }
    LOG.warn("{} is damaged ({}); unpacking it again", path(file), fault);
    byte[] bundled = bundled(file);
    try {
      write(path(file), bundled);
    } catch (UnusableCache e) {
      LOG.warn("{}; {} is read as it came with Raphe", e.getMessage(), file.name());
      return bundled;
    }
    content = cached(file);
    fault = file.fault(content);
    if (fault != null) {
      throw new RunException(
          path(file)
              + " is damaged even after unpacking it again: "
              + fault
              + "; check the disk, or set RAPHE_CACHE to another one");
    }
    return content;
  }

  /** The file as DJL's repository gives it, with one byte more than expected at most. */
  private byte[] cached(KnownFile file) throws IOException {
    try (InputStream in = repository.openStream(artifact.getFiles().get(file.item()), null)) {
      return in.readNBytes(file.size() + 1);
    }
  }

  private void openRepository() {
    try {
      repository = Repository.newInstance("raphe", root);
      artifact =
          repository.dataset(CV.ANY, BasicDatasets.GROUP_ID, "mnist", VERSION).getDefaultArtifact();
    } catch (IOException e) {
      throw new InputException(
          "cannot open the data repository "
              + root
              + ": "
              + IoFailure.reason(e)
              + "; delete that folder, or set RAPHE_CACHE to another",
          e);
    }
  }

  /** A file as it came with this module, unpacked in memory. */
  private static byte[] bundled(KnownFile file) {
    String resource = "mnist/" + file.name() + ".gz";
    byte[] content;
    try (InputStream packed = resource(resource);
        InputStream in = new GZIPInputStream(packed, 1 << 16)) {
      content = in.readNBytes(file.size() + 1);
    } catch (IOException e) {
      throw new RunException(
          "cannot unpack MNIST's " + resource + ": " + e.getMessage() + "; build Raphe again", e);
    }
    String fault = file.fault(content);
    if (fault != null) {
      throw new RunException(
          "cannot unpack MNIST: " + resource + " is damaged: " + fault + "; build Raphe again");
    }
    return content;
  }

  private void write(Path target, byte[] content) throws UnusableCache {
    try {
      CacheFolder.write(cacheFolder, target, content);
    } catch (InputException | RunException e) {
      throw new UnusableCache(e);
    }
  }

  private static InputStream resource(String name) {
    InputStream packed = BundledMnist.class.getResourceAsStream(name);
    if (packed == null) {
      throw new RunException(
          "cannot unpack MNIST: " + name + " is not in this build; build Raphe again");
    }
    return packed;
  }

  /** DJL finds files by this description; ours alone is trusted, so any other is replaced. */
  private void writeMetadata() throws UnusableCache {
    Path path = artifactFolder.resolve("metadata.json");
    byte[] expected = metadata().getBytes(StandardCharsets.UTF_8);
    if (Files.exists(path)) {
      try (InputStream in = Files.newInputStream(path)) {
        if (Arrays.equals(in.readNBytes(expected.length + 1), expected)) {
          return;
        }
      } catch (IOException e) {
        throw new InputException(
            "cannot read "
                + path
                + ": "
                + IoFailure.reason(e)
                + "; delete it, or set RAPHE_CACHE to another folder",
            e);
      }
      LOG.warn("{} is not the expected description of MNIST; writing it again", path);
    }
    write(path, expected);
  }

  private static String metadata() {
    String files =
        KnownFile.MNIST.stream()
            .map(
                file ->
                    String.format(
                        Locale.ROOT,
                        "        \"%s\": {\"uri\": \"%s\", \"sha1Hash\": \"%s\", \"size\": %d}",
                        file.item(),
                        file.name(),
                        file.sha1(),
                        file.size()))
            .collect(Collectors.joining(",\n"));
    return """
        {
          "metadataVersion": "0.2",
          "resourceType": "dataset",
          "application": "cv",
          "groupId": "%s",
          "artifactId": "mnist",
          "name": "MNIST",
          "description": "MNIST database of handwritten digits",
          "licenses": {"license": {"name": "CC BY-SA 3.0"}},
          "artifacts": [
            {
              "version": "%s",
              "snapshot": false,
              "files": {
        %s
              }
            }
          ]
        }
        """
        .formatted(BasicDatasets.GROUP_ID, VERSION, files);
  }
}
