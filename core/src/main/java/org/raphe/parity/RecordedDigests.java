package org.raphe.parity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.raphe.InputException;
import org.raphe.IoFailure;

/**
 * Digests of parity cases as they were once recorded, which every backend must still come to. A
 * line holds {@code case | batches | digest}; empty lines and those that begin with # are passed
 * over.
 */
public final class RecordedDigests {
  private static final String BUNDLED = "recorded-digests.txt";
  private static final Pattern LINE =
      Pattern.compile("(.*\\S) +\\| +([1-9][0-9]{0,8}) +\\| +([0-9a-f]{64})");

  private final String source;
  private final Map<Integer, Map<String, String>> digests = new TreeMap<>();

  private RecordedDigests(String source, String text) {
    this.source = source;
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        add(line.strip(), number);
      }
    }
  }

  /** Those that come with Raphe: of MNIST, as {@code raphe parity} trains on it. */
  public static RecordedDigests bundled() {
    try (InputStream stream = RecordedDigests.class.getResourceAsStream(BUNDLED)) {
      if (stream == null) {
        throw new IllegalStateException(BUNDLED + " is not among the bundled files");
      }
      return new RecordedDigests(
          BUNDLED, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("the bundled " + BUNDLED + " cannot be read", e);
    }
  }

  /**
   * Those of a file.
   *
   * @throws InputException if it cannot be read, a line is no record, or a case is recorded twice
   */
  public static RecordedDigests read(Path file) {
    try {
      return new RecordedDigests(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new InputException(
          "cannot read recorded digests " + file + ": " + IoFailure.reason(e), e);
    }
  }

  private void add(String line, int number) {
    Matcher record = LINE.matcher(line);
    if (!record.matches()) {
      throw fault(number, "is not \"case | batches | digest of 64 hexadecimal digits\": " + line);
    }
    int batches = Integer.parseInt(record.group(2));
    Map<String, String> same = digests.computeIfAbsent(batches, k -> new LinkedHashMap<>());
    if (same.put(record.group(1), record.group(3)) != null) {
      throw fault(number, "records a case a second time: " + line);
    }
  }

  private InputException fault(int number, String why) {
    return new InputException("recorded digests " + source + ", line " + number + " " + why);
  }

  /** The numbers of batches of which there are digests, ascending. */
  public Set<Integer> batches() {
    return Collections.unmodifiableSet(digests.keySet());
  }

  /** The digest of each case, by its text, after so many batches; empty if none is recorded. */
  public Map<String, String> after(int batches) {
    return Collections.unmodifiableMap(digests.getOrDefault(batches, Map.of()));
  }
}
