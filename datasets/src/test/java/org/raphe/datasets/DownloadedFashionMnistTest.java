package org.raphe.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.raphe.datasets.Failures.assertFails;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raphe.InputException;
import org.raphe.RunException;
import org.raphe.data.Dataset;
import org.raphe.datasets.DatasetEntry.Availability;

/** The online repository is played by a folder in its layout, reached by a file: address. */
class DownloadedFashionMnistTest {
  private static final String ARTIFACT = "dataset/cv/ai/djl/basicdataset/fashmnist";

  @TempDir Path temporary;
  private Path remote;
  private DownloadedFashionMnist download;
  private final Map<String, String> items = new LinkedHashMap<>();

  @BeforeEach
  void publish() throws IOException {
    remote = temporary.resolve("remote");
    Files.createDirectories(remote.resolve(ARTIFACT).resolve("1.0"));
    put("train_data", MnistFiles.TRAIN_IMAGES, IdxBytes.images(12, 28, 28));
    put("train_labels", MnistFiles.TRAIN_LABELS, IdxBytes.labels(12));
    put("test_data", MnistFiles.TEST_IMAGES, IdxBytes.images(5, 28, 28));
    put("test_labels", MnistFiles.TEST_LABELS, IdxBytes.labels(5));
    describe();
    download = new DownloadedFashionMnist(cache(), remote.toUri());
  }

  private Path cache() {
    return temporary.resolve("cache");
  }

  private void put(String item, String name, byte[] content) throws IOException {
    byte[] packed = IdxBytes.gzip(content);
    Files.write(remote.resolve(ARTIFACT).resolve("1.0").resolve(name + ".gz"), packed);
    items.put(item, item("1.0/" + name + ".gz", packed));
  }

  private static String item(String uri, byte[] packed) {
    String sha1 = HexFormat.of().formatHex(KnownFile.digest("SHA-1").digest(packed));
    return "{\"uri\": \""
        + uri
        + "\", \"sha1Hash\": \""
        + sha1
        + "\", \"size\": "
        + packed.length
        + "}";
  }

  private void describe() throws IOException {
    String files =
        items.entrySet().stream()
            .map(entry -> "\"" + entry.getKey() + "\": " + entry.getValue())
            .collect(Collectors.joining(", "));
    metadata(
        "{\"metadataVersion\": \"0.2\", \"resourceType\": \"dataset\", \"application\": \"cv\","
            + " \"groupId\": \"ai.djl.basicdataset\", \"artifactId\": \"fashmnist\","
            + " \"artifacts\": [{\"version\": \"1.0\", \"snapshot\": false, \"files\": {"
            + files
            + "}}]}");
  }

  private void metadata(String json) throws IOException {
    Files.writeString(remote.resolve(ARTIFACT).resolve("metadata.json"), json);
  }

  private void assertFetchFails(String... parts) {
    assertFails(RunException.class, download::fetch, parts);
    assertEquals("true", System.getProperty(DjlNetwork.OFFLINE));
    assertFalse(download.isCached(), "nothing half fetched counts as cached");
  }

  @Test
  void isFetchedCheckedAndKept() throws Throwable {
    assertFalse(download.isCached());
    download.fetch();
    assertTrue(download.isCached());
    assertEquals("true", System.getProperty(DjlNetwork.OFFLINE), "offline again afterwards");
    assertEquals("true", System.getProperty(DjlNetwork.OPT_OUT));
    Dataset dataset = download.load();
    assertEquals(12, dataset.train().size());
    assertEquals(5, dataset.test().size());
    assertEquals(4, dataset.test().label(4));

    var offline = new DatasetOptions(null, false, cache());
    assertEquals(Availability.CACHED, DatasetCatalog.entries(offline).get(1).availability());
    Dataset[] again = new Dataset[1];
    String log =
        Failures.errorOutput(() -> again[0] = DatasetCatalog.load("fashion-mnist", offline));
    assertEquals(dataset.sha256(), again[0].sha256());
    assertTrue(log.contains("differ from the published files"), log);
  }

  @Test
  void isNeverFetchedUnasked() {
    assertFails(
        InputException.class,
        () -> DatasetCatalog.load("fashion-mnist", new DatasetOptions(null, false, cache())),
        "not in the cache",
        "as the data folder",
        "allow a download");
    assertFalse(Files.exists(cache()));
  }

  @Test
  void damagedCacheIsNamed() throws IOException {
    download.fetch();
    Path labels = download.folder().resolve(MnistFiles.TRAIN_LABELS);
    byte[] content = Files.readAllBytes(labels);
    content[10] = 7;
    Files.write(labels, content);
    assertFails(
        InputException.class, download::load, "train-labels-idx1-ubyte is damaged", "delete");
    Files.delete(download.folder().resolve(MnistFiles.TRAIN_LABELS + ".sha256"));
    assertFails(InputException.class, download::load, ".sha256: no such file", "delete");
  }

  @Test
  void wrongChecksumOrSizeIsRefused() throws IOException {
    Path file = remote.resolve(ARTIFACT).resolve("1.0").resolve(MnistFiles.TEST_LABELS + ".gz");
    byte[] intact = Files.readAllBytes(file);
    byte[] changed = intact.clone();
    changed[4] ^= 1;
    Files.write(file, changed);
    assertFetchFails("t10k-labels-idx1-ubyte.gz does not have the size and SHA-1");
    Files.write(file, Arrays.copyOf(intact, intact.length + 1));
    assertFetchFails("t10k-labels-idx1-ubyte.gz does not have the size and SHA-1");
    Files.delete(file);
    assertFetchFails("cannot download fashion-mnist", "t10k-labels-idx1-ubyte.gz");
  }

  @Test
  void hostileMetadataIsRefused() throws IOException {
    byte[] evil = IdxBytes.gzip(IdxBytes.labels(5));
    String good = items.get("test_labels");
    Path outside = Files.write(temporary.resolve("t10k-labels-idx1-ubyte.gz"), evil);
    for (String uri :
        new String[] {
          "../../../../../../../../t10k-labels-idx1-ubyte.gz", outside.toUri().toString()
        }) {
      items.put("test_labels", item(uri, evil));
      describe();
      assertFetchFails("leads elsewhere");
    }
    items.put("test_labels", good.replace("{", "{\"name\": \"../../escaped\", "));
    describe();
    assertFetchFails("does not describe t10k-labels-idx1-ubyte");
    items.put("test_labels", good.replaceAll("\"sha1Hash\": \"[0-9a-f]*\", ", ""));
    describe();
    assertFetchFails("with a checksum");
    items.put("test_labels", good.replaceAll("\"size\": [0-9]*", "\"size\": 99999999999"));
    describe();
    assertFetchFails("99999999999 bytes");
    items.put("test_labels", good.replaceAll("\"uri\": \"[^\"]*\"", "\"uri\": \"1.0/a b%\""));
    describe();
    assertFetchFails("metadata");
    items.put("test_labels", good);
    items.put("more", good);
    describe();
    assertFetchFails("other files than the four");
    items.remove("more");
    describe();
    download.fetch();
    assertEquals(5, download.load().test().size(), "good metadata is taken at once after bad");
  }

  @Test
  void metadataThatIsNoneIsRefused() throws IOException {
    metadata("<html>");
    assertFetchFails("metadata");
    for (String json : new String[] {"{}", "[]", "", "{\"artifacts\": [{}]}"}) {
      metadata(json);
      assertFetchFails("metadata");
    }
    Files.delete(remote.resolve(ARTIFACT).resolve("metadata.json"));
    assertFetchFails("metadata.json");
  }

  @Test
  void cacheThatIsAFileIsNamed() throws IOException {
    Files.createFile(cache());
    assertFails(
        InputException.class, download::fetch, "cannot keep fashion-mnist", "set RAPHE_CACHE");
  }
}
