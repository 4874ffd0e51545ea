/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import io.github.jbellis.jvector.disk.RandomAccessReader;
import io.github.jbellis.jvector.disk.ReaderSupplier;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Lets JVector read a file through a {@link PageCache}. */
final class PagedReader implements RandomAccessReader {
  private final PageCache.PagedFile file;
  private final byte[] number = new byte[Long.BYTES];
  private long position;

  private PagedReader(PageCache.PagedFile file) {
    this.file = file;
  }

  /** Opens readers of one file. */
  static ReaderSupplier supplier(Path path, PageCache pages) throws IOException {
    PageCache.PagedFile file = pages.open(path);
    return new ReaderSupplier() {
      @Override
      public RandomAccessReader get() {
        return new PagedReader(file);
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }

  @Override
  public void seek(long offset) {
    position = offset;
  }

  @Override
  public long getPosition() {
    return position;
  }

  private ByteBuffer next(int bytes) throws IOException {
    byte[] to = bytes <= number.length ? number : new byte[bytes];
    read(to, bytes);
    return ByteBuffer.wrap(to, 0, bytes);
  }

  private void read(byte[] to, int bytes) throws IOException {
    file.read(position, to, 0, bytes);
    position += bytes;
  }

  @Override
  public int readInt() throws IOException {
    return next(Integer.BYTES).getInt();
  }

  @Override
  public float readFloat() throws IOException {
    return next(Float.BYTES).getFloat();
  }

  @Override
  public long readLong() throws IOException {
    return next(Long.BYTES).getLong();
  }

  @Override
  public void readFully(byte[] to) throws IOException {
    read(to, to.length);
  }

  @Override
  public void readFully(ByteBuffer to) throws IOException {
    to.put(next(to.remaining()));
  }

  @Override
  public void readFully(long[] to) throws IOException {
    next(to.length * Long.BYTES).asLongBuffer().get(to);
  }

  @Override
  public void read(int[] to, int offset, int count) throws IOException {
    next(count * Integer.BYTES).asIntBuffer().get(to, offset, count);
  }

  @Override
  public void read(float[] to, int offset, int count) throws IOException {
    next(count * Float.BYTES).asFloatBuffer().get(to, offset, count);
  }

  @Override
  public long length() {
    return file.length();
  }

  /** Readers share the file, which the supplier closes. */
  @Override
  public void close() {}
}
