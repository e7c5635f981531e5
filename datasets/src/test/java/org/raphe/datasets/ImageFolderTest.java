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
    Path other = write("cat/3.png", new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY));
    assertFails(InputException.class, this::load, "cat/3.png", "2x2x1", "2x3x1");
    ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), "png", other.toFile());
    assertFails(InputException.class, this::load, "cat/3.png", "2x3x3", "2x3x1");
    ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_INT_ARGB), "png", other.toFile());
    assertFails(InputException.class, this::load, "cat/3.png", "transparency");
    ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_USHORT_GRAY), "png", other.toFile());
    assertFails(InputException.class, this::load, "cat/3.png", "16 bits");
    Files.writeString(other, "no image");
    assertFails(InputException.class, this::load, "cat/3.png", "not an image");
    Files.delete(other);
    Files.createDirectory(other);
    assertFails(InputException.class, this::load, "cat/3.png", "not a file");
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
