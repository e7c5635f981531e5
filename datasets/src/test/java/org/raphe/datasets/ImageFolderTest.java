package org.raphe.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.raphe.datasets.Failures.assertFails;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raphe.InputException;
import org.raphe.data.Dataset;
import org.raphe.network.InputShape;

class ImageFolderTest {
  @TempDir Path folder;

  /** A grey image of 3 columns and 2 rows whose pixels are value, value + 1, ... */
  private static BufferedImage grey(int value) {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
    for (int k = 0; k < 6; k++) {
      image.getRaster().setSample(k % 3, k / 3, 0, value + k);
    }
    return image;
  }

  private Path write(String name, BufferedImage image) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    ImageIO.write(image, "png", path.toFile());
    return path;
  }

  private Dataset load() {
    return DatasetCatalog.load(folder.toString(), DatasetOptions.defaults());
  }

  private void writeTwoClasses() throws IOException {
    write("cat/1.png", grey(10));
    write("cat/2.png", grey(20));
    write("ape/1.png", grey(30));
    write("ape/2.png", grey(40));
  }

  /** Stored values, not what a conversion to RGB makes of them. */
  @Test
  void subFoldersAreClassesInTheOrderOfTheirNames() throws IOException {
    writeTwoClasses();
    Files.writeString(folder.resolve("cat/.hidden"), "passed over");
    Dataset own = load();
    assertEquals(new InputShape(2, 3, 1), own.train().shape());
    assertEquals(2, own.train().classes());
    assertEquals(0, own.train().label(0), "ape");
    assertEquals(List.of("ape", "cat"), own.classNames().names());
    assertEquals(30 / 255f, own.train().feature(0, 0));
    assertEquals(35 / 255f, own.train().feature(0, 5));
    assertEquals(10 / 255f, own.train().feature(1, 0));
    assertEquals(40 / 255f, own.test().feature(0, 0));
  }

  @Test
  void trainAndTestFoldersAreKeptApart() throws IOException {
    write("train/a/1.png", grey(1));
    write("train/b/1.png", grey(2));
    write("train/b/2.png", grey(3));
    write("test/b/1.png", grey(4));
    Dataset own = load();
    assertEquals(3, own.train().size());
    assertEquals(1, own.test().size());
    assertEquals(1, own.test().label(0), "b is class 1 in both");
    assertEquals(List.of("a", "b"), own.classNames().names());
    assertEquals(4 / 255f, own.test().feature(0, 0));
  }

  @Test
  void coloursAreRedGreenBlueOfEachPixel() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0x102030);
    image.setRGB(1, 0, 0x405060);
    for (String name : new String[] {"a/1.png", "a/2.png", "b/1.png", "b/2.png"}) {
      write(name, image);
    }
    Dataset own = load();
    assertEquals(new InputShape(1, 2, 3), own.train().shape());
    for (int k = 0; k < 6; k++) {
      assertEquals(16 * (k + 1) / 255f, own.train().feature(0, k));
    }
  }

  @Test
  void imagesThatCannotBeUsedAreNamed() throws IOException {
    writeTwoClasses();
    Path other = folder.resolve("cat/3.png");
    Files.writeString(other, "no image");
    assertFails(InputException.class, this::load, "cat/3.png", "not an image");
    Files.delete(other);
    Files.createDirectory(other);
    assertFails(InputException.class, this::load, "cat/3.png", "not a file");
  }

  private Dataset load(ImageFormat format) {
    return DatasetCatalog.load(folder.toString(), DatasetOptions.defaults().withImages(format));
  }

  /** Means of what a new pixel lies over, by area: halves, and thirds that share a pixel. */
  @Test
  void imagesAreBroughtToOneSize() throws IOException {
    writeTwoClasses();
    BufferedImage large = new BufferedImage(6, 4, BufferedImage.TYPE_BYTE_GRAY);
    large.getRaster().setSample(0, 0, 0, 200);
    large.getRaster().setSample(1, 1, 0, 101);
    write("ape/0.png", large);
    Dataset own = load();
    assertEquals(new InputShape(2, 3, 1), own.train().shape(), "the commonest");
    assertEquals(75 / 255f, own.train().feature(0, 0), "301 / 4, rounded");
    assertEquals(0f, own.train().feature(0, 1));
    Dataset chosen = load(ImageFormat.DEFAULT.withSize("1x2"));
    assertEquals(new InputShape(1, 2, 1), chosen.train().shape());
    // 30 31 32 over 33 34 35: the left half is (30 + 31 / 2 + 33 + 34 / 2) / 3.
    assertEquals(32 / 255f, chosen.train().feature(1, 0), "95.5 / 3");
    assertEquals(33 / 255f, chosen.train().feature(1, 1), "(31 / 2 + 32 + 34 / 2 + 35) / 3 = 33.2");
  }

  @Test
  void coloursAlphaAndSixteenBitsAreBroughtTogether() throws IOException {
    writeTwoClasses();
    BufferedImage clear = new BufferedImage(3, 2, BufferedImage.TYPE_INT_ARGB);
    clear.setRGB(0, 0, 0x80ff6400);
    clear.setRGB(1, 0, 0x00ffffff);
    write("ape/0.png", clear);
    BufferedImage deep = new BufferedImage(3, 2, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(0, 0, 0, 0xffff);
    deep.getRaster().setSample(1, 0, 0, 1000);
    write("ape/00.png", deep);
    Dataset own = load();
    assertEquals(new InputShape(2, 3, 3), own.train().shape(), "one has colours");
    assertEquals(128 / 255f, own.train().feature(0, 0), "half of 255");
    assertEquals(50 / 255f, own.train().feature(0, 1), "half of 100");
    assertEquals(0f, own.train().feature(0, 3), "transparent");
    assertEquals(1f, own.train().feature(1, 2));
    assertEquals(4 / 255f, own.train().feature(1, 3), "1000 / 257");
    Dataset grey = load(new ImageFormat(0, 0, ImageFormat.Colours.GREY));
    assertEquals(new InputShape(2, 3, 1), grey.train().shape());
    assertEquals(68 / 255f, grey.train().feature(0, 0), "(299 128 + 587 50) / 1000");
  }

  @Test
  void filesThatAreNoImagesArePassedOverAndCounted() throws Throwable {
    writeTwoClasses();
    Files.writeString(folder.resolve("cat/Thumbs.db"), "x");
    Files.writeString(folder.resolve("ape/notes.txt"), "x");
    Dataset[] own = new Dataset[1];
    String said = Failures.errorOutput(() -> own[0] = load());
    assertTrue(said.contains("2 file(s) that are no images passed over"), said);
    assertTrue(said.contains("notes.txt"), said);
    assertEquals(2, own[0].train().size());
    for (String size : new String[] {"0", "28x", "x28", "-3", "99999x99999", "2x2x2"}) {
      assertFails(InputException.class, () -> ImageFormat.DEFAULT.withSize(size), "");
    }
  }

  @Test
  void foldersThatCannotBeUsedAreRefused() throws IOException {
    assertFails(InputException.class, this::load, "no sub-folder holds an image");
    write("one/1.png", grey(1));
    write("two/1.png", grey(1));
    assertFails(InputException.class, this::load, "class one has 1 sample(s)");
  }

  /** A header may promise an image that no memory holds. */
  @Test
  void anImageTooLargeIsNotDecoded() throws IOException {
    writeTwoClasses();
    byte[] png = Files.readAllBytes(folder.resolve("cat/1.png"));
    ByteBuffer.wrap(png).putInt(16, 100_000).putInt(20, 100_000);
    CRC32 check = new CRC32();
    check.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) check.getValue());
    Files.write(folder.resolve("cat/1.png"), png);
    assertFails(InputException.class, this::load, "cat/1.png", "10000000000 pixels");
  }

  @Test
  void damagedImagesAreReadOrRefused() throws IOException {
    writeTwoClasses();
    Path path = folder.resolve("cat/1.png");
    byte[] whole = Files.readAllBytes(path);
    Random random = new Random(3);
    int refused = 0;
    for (int k = 0; k < 500; k++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      int length = k % 3 == 0 ? random.nextInt(damaged.length) : damaged.length;
      Files.write(path, Arrays.copyOf(damaged, length));
      try {
        load();
      } catch (InputException e) {
        assertEquals(1, e.getMessage().lines().count());
        refused++;
      }
    }
    assertTrue(refused > 100, refused + " refused");
  }
}
