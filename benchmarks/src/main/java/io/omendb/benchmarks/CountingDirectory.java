/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.FilterIndexInput;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;

/**
 * Counts the bytes that are read from the files of raw vectors. Its inputs are not memory segments,
 * so Lucene's scorers copy each row they need, and no row escapes the count.
 */
final class CountingDirectory extends FilterDirectory {
  private static final String RAW_VECTORS = ".vec";

  private final LongAdder bytes = new LongAdder();

  CountingDirectory(Directory in) {
    super(in);
  }

  /** Bytes of raw vectors read so far. */
  long bytes() {
    return bytes.sum();
  }

  @Override
  public IndexInput openInput(String name, IOContext context) throws IOException {
    IndexInput input = super.openInput(name, context);
    return name.endsWith(RAW_VECTORS) ? new CountingInput(input, bytes) : input;
  }

  private static final class CountingInput extends FilterIndexInput {
    private final LongAdder bytes;

    CountingInput(IndexInput in, LongAdder bytes) {
      super("counting " + in, in);
      this.bytes = bytes;
    }

    @Override
    public byte readByte() throws IOException {
      bytes.increment();
      return in.readByte();
    }

    @Override
    public void readBytes(byte[] target, int offset, int length) throws IOException {
      bytes.add(length);
      in.readBytes(target, offset, length);
    }

    @Override
    public void readFloats(float[] target, int offset, int length) throws IOException {
      bytes.add((long) length * Float.BYTES);
      in.readFloats(target, offset, length);
    }

    @Override
    public IndexInput clone() {
      return new CountingInput(in.clone(), bytes);
    }

    @Override
    public IndexInput slice(String description, long offset, long length) throws IOException {
      return new CountingInput(in.slice(description, offset, length), bytes);
    }
  }
}
