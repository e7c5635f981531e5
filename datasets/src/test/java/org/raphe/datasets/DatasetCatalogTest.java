package org.raphe.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.raphe.datasets.Failures.assertFails;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raphe.InputException;

class DatasetCatalogTest {
  /**
   * {@code src} is there in the folder of the module, where tests run; mnist is a name whatever is.
   */
  @Test
  void aFolderThatIsThereIsAPath() {
    assertTrue(DatasetCatalog.isPath("src"));
    assertFalse(DatasetCatalog.isPath("no-such-folder"));
    assertFalse(DatasetCatalog.isPath("mnist"));
    assertFalse(DatasetCatalog.isPath("\0"));
    assertFails(
        InputException.class,
        () -> DatasetCatalog.load("src", DatasetOptions.defaults()),
        "src",
        "image");
  }

  @TempDir Path temporary;

  @Test
  void everyEntryCanBeAskedFor() {
    var options = new DatasetOptions(null, false, temporary.resolve("cache"));
    List<DatasetEntry> entries = DatasetCatalog.entries(options);
    assertEquals(DatasetCatalog.names(), entries.stream().map(DatasetEntry::name).toList());
    for (DatasetEntry entry : entries) {
      assertFalse(entry.licence().isBlank());
      assertTrue(entry.description().contains("10 classes"));
      assertFalse(entry.location().isBlank());
    }
    assertFalse(Files.exists(temporary.resolve("cache")), "listing writes nothing");
  }

  @Test
  void unknownNameListsTheKnown() {
    assertFails(
        InputException.class,
        () -> DatasetCatalog.load("minst", new DatasetOptions(null, false, temporary)),
        "\"minst\"",
        "mnist, fashion-mnist, fsdd, fsdd-speaker, tidigits");
  }

  @Test
  void speechNeedsAFolder() {
    for (String name : new String[] {"fsdd", "fsdd-speaker", "tidigits"}) {
      assertFails(
          InputException.class,
          () -> DatasetCatalog.load(name, new DatasetOptions(null, true, temporary)),
          name,
          "as the data folder");
    }
  }

  @Test
  void cacheFolderFollowsTheEnvironment() {
    String home = temporary.resolve("home").toString();
    Path xdg = temporary.resolve("xdg");
    Path own = temporary.resolve("own");
    assertEquals(Path.of(home, ".cache", "raphe"), CacheFolder.of(Map.of(), home));
    assertEquals(
        xdg.resolve("raphe"), CacheFolder.of(Map.of("XDG_CACHE_HOME", xdg.toString()), home));
    assertEquals(
        own,
        CacheFolder.of(
            Map.of("XDG_CACHE_HOME", xdg.toString(), "RAPHE_CACHE", own.toString()), home));
    assertEquals(
        Path.of(home, ".cache", "raphe"),
        CacheFolder.of(Map.of("XDG_CACHE_HOME", "relative", "RAPHE_CACHE", ""), home));
    assertEquals(
        Path.of("relative").toAbsolutePath(),
        CacheFolder.of(Map.of("RAPHE_CACHE", "relative"), home));
    assertFails(
        InputException.class,
        () -> CacheFolder.of(Map.of("RAPHE_CACHE", "a\0b"), home),
        "cannot use RAPHE_CACHE");
  }

  /** A user without a home is not given a folder called "?" in the current one. */
  @Test
  void aUserWithoutAHomeHasTheEnvironmentsOrNone() {
    assertEquals(
        Path.of("/home/other/.cache/raphe"), CacheFolder.of(Map.of("HOME", "/home/other"), "?"));
    assertEquals(Path.of("/.cache/raphe"), CacheFolder.of(Map.of("HOME", "?"), "?"));
    assertEquals(Path.of("/.cache/raphe"), CacheFolder.of(Map.of(), "?"));
  }
}
