package org.raphe.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.raphe.datasets.Failures.assertFails;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raphe.InputException;
import org.raphe.data.Dataset;
import org.raphe.network.InputShape;

class CsvFileTest {
  @TempDir Path folder;

  private Path file(String... lines) throws IOException {
    return Files.writeString(folder.resolve("own.csv"), String.join("\n", lines));
  }

  private static Dataset load(Path path) {
    return DatasetCatalog.load(path.toString(), DatasetOptions.defaults());
  }

  private void assertRefused(String line, String... parts) throws IOException {
    Path path = file("1,2,a", "3,4,a", line, "5,6,b");
    assertFails(InputException.class, () -> load(path), parts);
    assertFails(InputException.class, () -> load(path), "own.csv, line 3: ");
  }

  @Test
  void featuresComeFirstAndTheLabelLast() throws Throwable {
    Path path = file("1, 2.5,b", "", "-3e2,4,a", "5,6,b", "7,8,a");
    Dataset[] loaded = new Dataset[1];
    assertEquals("", Failures.errorOutput(() -> loaded[0] = load(path)), "no heading, no warning");
    Dataset own = loaded[0];
    assertEquals("own.csv", own.name());
    assertEquals(InputShape.vector(2), own.train().shape());
    assertEquals(2, own.train().size());
    assertEquals(2.5f, own.train().feature(0, 1));
    assertEquals(1, own.train().label(0), "b comes after a");
    assertEquals(List.of("a", "b"), own.classNames().names());
    assertEquals(-300f, own.train().feature(1, 0));
    assertEquals(5f, own.test().feature(0, 0), "the last of each class is tested");
    assertEquals(7f, own.test().feature(1, 0));
  }

  @Test
  void everyFifthSampleOfAClassIsTested() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int k = 0; k < 22; k++) {
      text.append(k).append(',').append(k % 2).append('\n');
    }
    Dataset own = load(file(text.toString()));
    assertEquals(18, own.train().size());
    assertEquals(4, own.test().size());
    assertEquals(8f, own.test().feature(0, 0), "fifth of class 0");
    assertEquals(9f, own.test().feature(1, 0), "fifth of class 1");
    assertEquals(18f, own.test().feature(2, 0));
  }

  @Test
  void aHeadingIsPassedOverAndSaid() throws Throwable {
    Path path = file("width,height,kind", "1,2,a", "3,4,a", "5,6,b", "7,8,b");
    Dataset[] own = new Dataset[1];
    String said = Failures.errorOutput(() -> own[0] = load(path));
    assertTrue(said.contains("line 1 is taken as a heading"), said);
    assertEquals(2, own[0].train().size());
  }

  @Test
  void aByteOrderMarkMakesNoHeading() throws Throwable {
    Path path = file("\uFEFF1,a", "2,a", "3,b", "4,b");
    assertFalse(
        Failures.errorOutput(() -> assertEquals(2, load(path).train().size())).contains("heading"));
  }

  @Test
  void wholeNumbersAreOrderedByValue() throws IOException {
    Dataset own = load(file("1,10", "2,9", "3,10", "4,9"));
    assertEquals(1, own.train().label(0), "10 comes after 9");
    assertEquals(0, own.train().label(1));
  }

  @Test
  void linesThatCannotBeUsedAreNamed() throws IOException {
    assertRefused("1,b", "1 features where the lines before have 2");
    assertRefused("1,2,3,b", "3 features where the lines before have 2");
    assertRefused("1,2,", "label", "missing");
    assertRefused("1,2, ", "label", "missing");
    assertRefused("1,x,b", "column 2 is \"x\"");
    assertRefused("1,,b", "column 2 is \"\"");
    assertRefused("1,2f,b", "column 2 is \"2f\"");
    assertRefused("NaN,2,b", "column 1 is \"NaN\"");
    assertRefused("1e99,2,b", "not a finite number");
    assertRefused("1,\"2,b", "a quote that nothing closes");
    assertRefused("1,2\"0,b", "a quote within a cell");
    assertRefused("1,\"2\"0,b", "after the closing quote");
    assertRefused("1,2;5,b", "\"2;5\", not a finite number with a decimal point");
  }

  private static Dataset load(Path path, char separator, String label, TableFormat.Heading first) {
    return DatasetCatalog.load(
        path.toString(),
        DatasetOptions.defaults().withTable(new TableFormat(separator, label, first)));
  }

  /** RFC 4180: quotes around cells, doubled within, with separators and lines between them. */
  @Test
  void quotedCellsAreRead() throws IOException {
    Path path =
        file(
            "\"width, in mm\",\"the \"\"kind\"\"\"\r",
            "\"1.5\",\"a,b\"\r",
            "2,\"a,b\"\r",
            "3 , \"say \"\"x\"\"\" \r",
            "4,\"say \"\"x\"\"\"\r");
    Dataset own = load(path);
    assertEquals(List.of("a,b", "say \"x\""), own.classNames().names());
    assertEquals(1.5f, own.train().feature(0, 0));
    Path twoLines = file("1,\"a", "b\"", "2,\"a", "b\"", "3,c", "x,c");
    assertFails(InputException.class, () -> load(twoLines), "line 6: column 1 is \"x\"");
  }

  @Test
  void separatorLabelColumnAndHeadingAreChosen() throws IOException {
    Path path = file("kind;a;b", "x;1;2", "y;3;4", "x;5;6", "y;7;8");
    for (String column : List.of("kind", "1")) {
      Dataset own = load(path, ';', column, TableFormat.Heading.AUTO);
      assertEquals(List.of("x", "y"), own.classNames().names());
      assertEquals(InputShape.vector(2), own.train().shape());
      assertEquals(2f, own.train().feature(0, 1));
      assertEquals(7f, own.test().feature(1, 0));
    }
    assertFails(
        InputException.class,
        () -> load(path, ';', "sort", TableFormat.Heading.YES),
        "own.csv, line 1: no column is called \"sort\"");
    assertFails(
        InputException.class, () -> load(path, ',', null, TableFormat.Heading.AUTO), "by \",\"");
    Path numbered = file("0\t1\t2", "1\t5\t6", "0\t7\t8", "1\t9\t9", "0\t1\t3", "1\t1\t1");
    assertEquals(4, load(numbered, '\t', "1", TableFormat.Heading.NO).train().size());
    Dataset headed = load(numbered, '\t', "0", TableFormat.Heading.YES);
    assertEquals(3, headed.train().size(), "1 and 0, less what is tested");
    assertEquals(5f, headed.train().feature(0, 0));
  }

  @Test
  void faultsNameTheColumn() throws IOException {
    Path path = file("width,kind,height", "1,a,2", "3,a,NaN");
    assertFails(
        InputException.class,
        () -> load(path, ',', "kind", TableFormat.Heading.AUTO),
        "own.csv, line 3: column 3 (height) is \"NaN\"");
  }

  @Test
  void formatsThatMakeNoSenseAreRefused() {
    assertFails(InputException.class, () -> TableFormat.separator(";;"), "no separator");
    assertEquals('\t', TableFormat.separator("tab"));
    for (char other : new char[] {'.', '-', '"', '7', 'e', '\n'}) {
      assertFails(
          InputException.class,
          () -> new TableFormat(other, null, TableFormat.Heading.AUTO),
          "separates no cells");
    }
    assertFails(
        InputException.class,
        () -> new TableFormat(',', "kind", TableFormat.Heading.NO),
        "without a heading");
  }

  @Test
  void filesThatCannotBeUsedAreRefused() throws IOException {
    assertFails(InputException.class, () -> load(file("")), "holds no sample");
    assertFails(InputException.class, () -> load(file("a,b")), "holds no sample");
    assertFails(InputException.class, () -> load(file("7")), "line 1", "at least one feature");
    assertFails(
        InputException.class,
        () -> load(file("1,a", "2,a", "3,b")),
        "own.csv: class b has 1 sample(s)");
    assertFails(InputException.class, () -> load(file("1,a", "2,a")), "at least 2 are needed");
    Path binary = folder.resolve("binary.csv");
    Files.write(binary, new byte[] {'1', ',', (byte) 0xff, (byte) 0xfe, '\n'});
    assertFails(InputException.class, () -> load(binary), "not UTF-8");
    assertFails(
        InputException.class, () -> load(folder.resolve("none.csv")), "no such file or folder");
    Path other = Files.write(folder.resolve("x.txt"), "1,a".getBytes(StandardCharsets.UTF_8));
    assertFails(InputException.class, () -> load(other), "neither in .csv nor in .npz");
    assertFails(
        InputException.class,
        () ->
            DatasetCatalog.load(other.toString(), DatasetOptions.defaults().withDataFolder(folder)),
        "leave the data folder out");
  }
}
