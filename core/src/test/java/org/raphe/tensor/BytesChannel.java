package org.raphe.tensor;

import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** A file in memory, to be read. */
final class BytesChannel implements SeekableByteChannel {
  private final ByteBuffer content;

  BytesChannel(byte[] content) {
    this.content = ByteBuffer.wrap(content);
  }

  @Override
  public int read(ByteBuffer target) {
    if (!content.hasRemaining()) {
      return -1;
    }
    int count = Math.min(target.remaining(), content.remaining());
    target.put(content.slice().limit(count));
    content.position(content.position() + count);
    return count;
  }

  @Override
  public long size() {
    return content.limit();
  }

  @Override
  public long position() {
    return content.position();
  }

  @Override
  public SeekableByteChannel position(long position) {
    content.position((int) position);
    return this;
  }

  @Override
  public int write(ByteBuffer source) {
    throw new UnsupportedOperationException("it is read only");
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new UnsupportedOperationException("it is read only");
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
