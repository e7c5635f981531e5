package org.raphe.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Safetensors files written by hand. */
public final class SafeTensorsBytes {
  private SafeTensorsBytes() {}

  /** Header length, header and values. */
  public static byte[] of(String header, float... values) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(8 + json.length + 4 * values.length);
    file.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json);
    for (float value : values) {
      file.putFloat(value);
    }
    return file.array();
  }

  /** A header entry of one float32 tensor. */
  public static String entry(String name, String shape, long begin, long end) {
    return "\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
        .formatted(name, shape, begin, end);
  }

  public static SafeTensors read(Path folder, byte[] content) throws IOException {
    return SafeTensors.read(Files.write(folder.resolve("t.safetensors"), content));
  }
}
