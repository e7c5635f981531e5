package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.raphe.result.ReadResult;
import org.raphe.result.RecordFile;
import org.raphe.result.RunResult;

/** Keys of result.json and their order stay as they were recorded, for every kind of run. */
class ResultKeysTest {
  private static final String FILE = "result-keys.txt";
  private static final String EVALUATE = "evaluate";

  @TempDir static Path temporary;
  private static Path data;

  @TempDir Path folder;

  @BeforeAll
  static void write() throws IOException {
    data = SmallImages.write(temporary.resolve("data"));
  }

  /** By what is typed, the lines of keys that were recorded. */
  private static Map<String, List<String>> recorded() throws IOException {
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    try (InputStream in = ResultKeysTest.class.getResourceAsStream(FILE)) {
      List<String> lines = null;
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        if (line.startsWith("[")) {
          lines = new ArrayList<>();
          kinds.put(line.substring(1, line.length() - 1), lines);
        } else if (line.startsWith("/")) {
          lines.add(line);
        }
      }
    }
    return kinds;
  }

  static Stream<String> runs() throws IOException {
    List<String> runs = new ArrayList<>(recorded().keySet());
    runs.remove(EVALUATE);
    assertEquals(10, runs.size(), "no kind is left out");
    return runs.stream();
  }

  private Path run(String typed) {
    Path out = folder.resolve("run");
    List<String> arguments = new ArrayList<>(List.of(typed.split(" ")));
    arguments.addAll(List.of("--dataset", "mnist", "--data", data.toString(), "--quiet"));
    arguments.addAll(List.of("--backend", "cpu", "--threads", "1", "--out", out.toString()));
    Invocation.of(arguments).assertDone();
    return out;
  }

  private static List<String> keys(Path file) throws IOException {
    Set<String> lines = new LinkedHashSet<>();
    add(new ObjectMapper().readTree(file.toFile()), "/", lines);
    return List.copyOf(lines);
  }

  /** Versions are named by the machine. */
  private static void add(JsonNode node, String place, Set<String> lines) {
    if (node.isObject() && !place.equals("/backend/versions")) {
      List<String> names = new ArrayList<>();
      node.fieldNames().forEachRemaining(names::add);
      lines.add(place + ": " + String.join(" ", names));
      names.forEach(
          name -> add(node.get(name), place + (place.equals("/") ? "" : "/") + name, lines));
    }
    if (node.isArray()) {
      node.forEach(element -> add(element, place, lines));
    }
  }

  @ParameterizedTest
  @MethodSource("runs")
  void keysAreThoseRecordedAndRecordsHoldAllOfThem(String typed) throws IOException {
    Path file = run(typed).resolve("result.json");
    assertEquals(recorded().get(typed), keys(file));
    RunResult read = ReadResult.of(file).result();
    Path again = folder.resolve("again.json");
    RecordFile.write(again, read);
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again), "read and written");
    assertFalse(Files.readString(file).contains("\"NaN\""), "what is not measured is null");
  }

  @Test
  void keysOfEvaluateAreThoseRecorded() throws IOException {
    Path model = run(runs().findFirst().orElseThrow());
    Path out = folder.resolve("evaluated.json");
    Invocation.of(
            "evaluate",
            "--model",
            model.toString(),
            "--dataset",
            "mnist",
            "--data",
            data.toString(),
            "--out",
            out.toString())
        .assertDone();
    assertEquals(recorded().get(EVALUATE), keys(out));
  }
}
