package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs: of spiking units on images of ten classes, and of rate units on a table of animals. */
class PredictCommandTest {
  private static final String[] ANIMALS = {"cat", "dog, old", "emu"};

  @TempDir static Path temporary;
  private static Path images;
  private static Path spiking;
  private static Path rate;

  @TempDir Path folder;

  @BeforeAll
  static void train() throws IOException {
    images = SmallImages.write(temporary.resolve("data"));
    spiking = temporary.resolve("spiking");
    Invocation.of(SmallImages.trainSmall(images, spiking)).assertDone();
    rate = temporary.resolve("rate");
    Path pictures = pictures(temporary.resolve("pictures"), ANIMALS);
    Invocation.of(
            ("train --neuron rate --network 9-20-3 --batch 4 --learning-rate 0.01 --epochs 20 --quiet --backend cpu --dataset "
                    + pictures
                    + " --out "
                    + rate)
                .split(" "))
        .assertDone();
  }

  /** Ten images of 3 x 3 for each class, whose bright row is its own. */
  private static Path pictures(Path into, String... classes) throws IOException {
    for (String name : classes) {
      Files.createDirectories(into.resolve(name));
      int row = Arrays.asList(ANIMALS).indexOf(name);
      for (int k = 0; k < 10; k++) {
        picture(into.resolve(name).resolve(k + ".png"), row, k);
      }
    }
    return into;
  }

  private static void picture(Path file, int row, long seed) throws IOException {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(3, 3, BufferedImage.TYPE_BYTE_GRAY);
    for (int k = 0; k < 9; k++) {
      int base = k / 3 == row ? 200 : 0;
      image.getRaster().setSample(k % 3, k / 3, 0, base + random.nextInt(50));
    }
    ImageIO.write(image, "png", file.toFile());
  }

  private static Invocation predict(Path model, String... more) {
    List<String> arguments = new ArrayList<>(List.of("predict", "--model", model.toString()));
    arguments.addAll(List.of("--backend", "cpu"));
    arguments.addAll(Arrays.asList(more));
    return Invocation.of(arguments);
  }

  /** The same samples have the same numbers, and so the same spikes. */
  @Test
  void spikingSamplesAreTakenForWhatEvaluateTakesThemFor() throws IOException {
    Path out = folder.resolve("predictions.csv");
    Invocation predicted =
        predict(spiking, "--dataset", "mnist", "--data", images.toString(), "--out", out.toString())
            .assertDone();
    Invocation evaluated =
        Invocation.of(
                "evaluate",
                "--model",
                spiking.toString(),
                "--dataset",
                "mnist",
                "--data",
                images.toString())
            .assertDone();
    String table = evaluated.out().substring(evaluated.out().indexOf('\n'));
    assertTrue(table.contains("taken for (column)"), table);
    assertTrue(predicted.out().endsWith(table), predicted.out());
    List<String> lines = Files.readAllLines(out);
    assertEquals(1 + SmallImages.TEST, lines.size());
    assertTrue(lines.get(0).startsWith("sample,label,predicted,score 0,score 1,"), lines.get(0));
    long right =
        lines.stream()
            .skip(1)
            .map(row -> row.split(","))
            .filter(row -> row[1].equals(row[2]))
            .count();
    String accuracy = "(" + right + " of " + SmallImages.TEST + ")";
    assertTrue(predicted.out().contains(accuracy), predicted.out());
    for (String row : lines.subList(1, lines.size())) {
      assertEquals(3 + 10, row.split(",").length);
    }
  }

  /** By number, the two classes would be the model's first two. */
  @Test
  void foldersAreClassesByName() throws IOException {
    Path two = pictures(folder.resolve("two"), "dog, old", "emu");
    Path out = folder.resolve("predictions.csv");
    Invocation done = predict(rate, "--data", two.toString(), "--out", out.toString()).assertDone();
    assertTrue(done.out().contains("accuracy 1.0000 (20 of 20)"), done.out());
    assertTrue(done.err().contains("two has no class cat, which the model knows"), done.err());
    List<String> lines = Files.readAllLines(out);
    assertEquals(
        "sample,source,label,predicted,score cat,\"score dog, old\",score emu", lines.get(0));
    assertTrue(
        lines.get(1).startsWith("0,\"dog, old/0.png\",\"dog, old\",\"dog, old\","), lines.get(1));
    predict(rate, "--data", two.toString(), "--out", out.toString())
        .assertFails(Raphe.WRONG_INPUT, "exists and is left as it is");
    Files.move(two.resolve("emu"), two.resolve("ostrich"));
    predict(rate, "--data", two.toString())
        .assertFails(Raphe.WRONG_INPUT, "the class ostrich, unknown to the model");
  }

  @Test
  void oneFolderOfOneClassIsEnough() throws IOException {
    Path one = pictures(folder.resolve("one"), "emu");
    Invocation done = predict(rate, "--data", one.toString()).assertDone();
    assertTrue(done.out().contains("accuracy 1.0000 (10 of 10)"), done.out());
  }

  @Test
  void imagesWithoutFoldersHaveNoLabels() throws IOException {
    Path flat = Files.createDirectories(folder.resolve("flat"));
    picture(flat.resolve("a.png"), 2, 77);
    picture(flat.resolve("b.png"), 1, 78);
    Invocation done = predict(rate, "--data", flat.toString()).assertDone();
    assertTrue(done.err().contains("flat has no labels"), done.err());
    assertTrue(done.out().contains("0       a.png   emu"), done.out());
    assertTrue(done.out().contains("1       b.png   dog, old"), done.out());
    assertFalse(done.out().contains("accuracy"), done.out());
    Invocation one = predict(rate, "--data", flat.resolve("a.png").toString()).assertDone();
    assertTrue(one.out().contains("0       a.png   emu"), one.out());
    Path empty = Files.createDirectories(folder.resolve("empty"));
    predict(rate, "--data", empty.toString()).assertFails(Raphe.WRONG_INPUT, "it holds none");
  }

  @Test
  void linesWithoutALabelArePredicted() throws IOException {
    String row = "0.1,0.1,0.1,0.1,0.1,0.1,0.9,0.9,0.9";
    Path bare = Files.writeString(folder.resolve("bare.csv"), "a,b,c,d,e,f,g,h,i\n" + row);
    Invocation done = predict(rate, "--data", bare.toString()).assertDone();
    assertTrue(done.out().contains("0       line 2  emu"), done.out());
    Path labelled = Files.writeString(folder.resolve("labelled.csv"), row + ",emu\n");
    assertTrue(
        predict(rate, "--data", labelled.toString()).assertDone().out().contains("(1 of 1)"));
    Path narrow = Files.writeString(folder.resolve("narrow.csv"), "0.1,0.1,emu");
    predict(rate, "--data", narrow.toString())
        .assertFails(Raphe.WRONG_INPUT, "9-20-3, but narrow.csv has 2 features");
    Path uneven = Files.writeString(folder.resolve("uneven.csv"), row + "\n" + row + ",emu\n");
    predict(rate, "--data", uneven.toString())
        .assertFails(Raphe.WRONG_INPUT, "line 2: 10 features where the lines before have 9");
  }

  @Test
  void whatIsMissingIsSaid() {
    predict(rate).assertFails(Raphe.WRONG_INPUT, "nothing to predict: give --data PATH");
    predict(rate, "--data", folder.resolve("absent").toString())
        .assertFails(Raphe.WRONG_INPUT, "no such file or folder");
    predict(folder, "--data", folder.toString())
        .assertFails(Raphe.WRONG_INPUT, "model.safetensors");
  }
}
