package org.raphe.tensor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.raphe.InputException;
import org.raphe.IoFailure;

/**
 * Reads and writes the safetensors format: 8 bytes header length (little endian), a JSON header of
 * names, types, shapes and offsets, then the values. Only float32 tensors are read and written.
 *
 * <p>A file is hostile until parsed: nothing is allocated before its size is known to lie within
 * the file.
 *
 * @param metadata texts under {@code __metadata__}
 * @param tensors by name, in the order of their offsets
 */
public record SafeTensors(Map<String, String> metadata, Map<String, Tensor> tensors) {
  private static final String METADATA = "__metadata__";
  private static final int MAX_HEADER = 1 << 22;
  private static final int MAX_DIMENSIONS = 8;
  private static final int CHUNK_FLOATS = 1 << 16;

  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(16)
                          .maxStringLength(MAX_HEADER)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** One tensor's entry in the header. */
  private record Entry(String name, List<Integer> shape, long begin, long end) {}

  /**
   * Writes a new file and forces it to disk. To replace a file safely, write beside it and rename.
   *
   * @throws IOException if the disk is full or the folder cannot be written
   */
  public void write(Path path) throws IOException {
    byte[] header = header();
    try (FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer start =
          ByteBuffer.allocate(8 + header.length)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(header.length)
              .put(header)
              .flip();
      writeFully(channel, start);
      ByteBuffer chunk = ByteBuffer.allocateDirect(4 * CHUNK_FLOATS).order(ByteOrder.LITTLE_ENDIAN);
      for (Tensor tensor : tensors.values()) {
        float[] values = tensor.values();
        for (int from = 0; from < values.length; from += CHUNK_FLOATS) {
          int count = Math.min(CHUNK_FLOATS, values.length - from);
          chunk.clear();
          chunk.asFloatBuffer().put(values, from, count);
          writeFully(channel, chunk.limit(4 * count));
        }
      }
      channel.force(true);
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** The JSON header, padded with spaces so that the values begin at a multiple of 8. */
  private byte[] header() throws JsonProcessingException {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode texts = root.putObject(METADATA);
    metadata.forEach(texts::put);
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      ObjectNode node = root.putObject(entry.getKey());
      node.put("dtype", "F32");
      ArrayNode shape = node.putArray("shape");
      entry.getValue().shape().forEach(shape::add);
      long end = offset + 4L * entry.getValue().values().length;
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] json = JSON.writeValueAsBytes(root);
    int padded = (json.length + 7) / 8 * 8;
    byte[] header = Arrays.copyOf(json, padded);
    Arrays.fill(header, json.length, padded, (byte) ' ');
    return header;
  }

  /**
   * Reads a file.
   *
   * @throws InputException if it is not a sound safetensors file of float32 tensors, naming what is
   *     wrong
   */
  public static SafeTensors read(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return read(path.toString(), channel);
    } catch (IOException e) {
      throw new InputException("cannot read " + path + ": " + IoFailure.reason(e), e);
    }
  }

  /**
   * Reads the texts under {@code __metadata__} alone, whatever the size of the tensors.
   *
   * @throws InputException if the file has no sound header
   */
  public static Map<String, String> readMetadata(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return texts(path.toString(), readHeader(path.toString(), channel));
    } catch (IOException e) {
      throw new InputException("cannot read " + path + ": " + IoFailure.reason(e), e);
    }
  }

  /** Reads a file that is open, named {@code file} in messages. */
  static SafeTensors read(String file, SeekableByteChannel channel) throws IOException {
    JsonNode root = readHeader(file, channel);
    List<Entry> entries = entries(file, root, channel.size() - channel.position());
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Entry entry : entries) {
      tensors.put(entry.name(), readTensor(file, channel, entry));
    }
    return new SafeTensors(texts(file, root), tensors);
  }

  /** The header; the channel then stands where the values begin. */
  private static JsonNode readHeader(String file, SeekableByteChannel channel) throws IOException {
    long size = channel.size();
    if (size < 8) {
      throw fault(file, "has " + size + " bytes, too few for a header");
    }
    long headerSize = readFully(file, channel, 8).getLong();
    if (headerSize < 2 || headerSize > Math.min(MAX_HEADER, size - 8)) {
      throw fault(
          file,
          "says its header has "
              + Long.toUnsignedString(headerSize)
              + " bytes, but the file has "
              + size
              + " and a header at most "
              + MAX_HEADER);
    }
    return parse(file, readFully(file, channel, (int) headerSize).array());
  }

  private static JsonNode parse(String file, byte[] header) throws IOException {
    try {
      JsonNode root = JSON.readTree(new String(header, StandardCharsets.UTF_8));
      if (!root.isObject()) {
        throw fault(file, "has a header that is not a JSON object");
      }
      return root;
    } catch (JsonProcessingException e) {
      throw fault(file, "has a header that is not JSON: " + oneLine(e.getOriginalMessage()));
    }
  }

  private static String oneLine(String message) {
    return message.lines().findFirst().orElse("");
  }

  private static Map<String, String> texts(String file, JsonNode root) {
    Map<String, String> texts = new LinkedHashMap<>();
    JsonNode node = root.path(METADATA);
    if (!node.isMissingNode() && !node.isObject()) {
      throw fault(file, "has metadata that is not a JSON object");
    }
    node.properties()
        .forEach(
            property -> {
              if (!property.getValue().isTextual()) {
                throw fault(file, "has metadata \"" + property.getKey() + "\" that is not a text");
              }
              texts.put(property.getKey(), property.getValue().textValue());
            });
    return texts;
  }

  /**
   * All entries, by offset; together they cover the {@code room} bytes after the header without gap
   * or overlap.
   */
  private static List<Entry> entries(String file, JsonNode root, long room) {
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> property : root.properties()) {
      if (!property.getKey().equals(METADATA)) {
        entries.add(entry(file, property.getKey(), property.getValue()));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long at = 0;
    for (Entry entry : entries) {
      if (entry.begin() != at) {
        throw fault(
            file,
            "has tensor \"" + entry.name() + "\" at " + entry.begin() + ", expected at " + at);
      }
      at = entry.end();
    }
    if (at != room) {
      throw fault(file, "describes " + at + " bytes of values but holds " + room);
    }
    return entries;
  }

  private static Entry entry(String file, String name, JsonNode node) {
    String what = "has tensor \"" + name + "\" ";
    if (!node.path("dtype").asText("").equals("F32")) {
      throw fault(file, what + "of type " + node.path("dtype") + "; only F32 is read");
    }
    JsonNode offsets = node.path("data_offsets");
    JsonNode sides = node.path("shape");
    if (offsets.size() != 2
        || !offsets.get(0).isIntegralNumber()
        || !offsets.get(1).canConvertToLong()
        || !offsets.get(0).canConvertToLong()
        || !offsets.get(1).isIntegralNumber()) {
      throw fault(file, what + "without two whole data_offsets");
    }
    if (!sides.isArray() || sides.size() > MAX_DIMENSIONS) {
      throw fault(file, what + "without a shape of at most " + MAX_DIMENSIONS + " sides");
    }
    List<Integer> shape = new ArrayList<>();
    long size = 1;
    for (JsonNode side : sides) {
      if (!side.isInt() || side.intValue() < 0) {
        throw fault(
            file, what + "of shape " + sides + ", whose sides must be whole numbers from 0");
      }
      shape.add(side.intValue());
      size = size * side.intValue();
      if (size > Integer.MAX_VALUE / 4) {
        throw fault(file, what + "of shape " + sides + ", which is too large");
      }
    }
    long begin = offsets.get(0).longValue();
    long end = offsets.get(1).longValue();
    if (begin < 0 || end < begin || end - begin != 4 * size) {
      throw fault(
          file,
          what + "of shape " + shape + " in bytes " + begin + " to " + end + ", which do not fit");
    }
    return new Entry(name, shape, begin, end);
  }

  private static Tensor readTensor(String file, SeekableByteChannel channel, Entry entry)
      throws IOException {
    float[] values = new float[(int) ((entry.end() - entry.begin()) / 4)];
    for (int from = 0; from < values.length; from += CHUNK_FLOATS) {
      int count = Math.min(CHUNK_FLOATS, values.length - from);
      readFully(file, channel, 4 * count).asFloatBuffer().get(values, from, count);
    }
    return new Tensor(entry.shape(), values);
  }

  private static ByteBuffer readFully(String file, SeekableByteChannel channel, int count)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw fault(file, "ended while it was read");
      }
    }
    return bytes.flip();
  }

  private static InputException fault(String file, String why) {
    return new InputException(file + " is not a usable safetensors file: it " + why);
  }
}
