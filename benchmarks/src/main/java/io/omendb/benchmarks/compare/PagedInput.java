/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.lucene.store.BufferedIndexInput;
import org.apache.lucene.store.IndexInput;

/** A file, or a part of it, that is read through a {@link PageCache}. */
final class PagedInput extends BufferedIndexInput {
  private static final int BUFFER = 512;

  private final PageCache.PagedFile file;
  private final long offset;
  private final long length;
  private boolean clone;

  PagedInput(String description, PageCache.PagedFile file) {
    this(description, file, 0, file.length());
  }

  private PagedInput(String description, PageCache.PagedFile file, long offset, long length) {
    super(description, BUFFER);
    this.file = file;
    this.offset = offset;
    this.length = length;
  }

  @Override
  protected void readInternal(ByteBuffer to) throws IOException {
    int count = to.remaining();
    long position = getFilePointer();
    if (position + count > length) {
      throw new EOFException(this + " ends at " + length);
    }
    byte[] bytes = new byte[count];
    file.read(offset + position, bytes, 0, count);
    to.put(bytes);
  }

  @Override
  protected void seekInternal(long position) throws IOException {
    if (position > length) {
      throw new EOFException(this + " ends at " + length + ", seek to " + position);
    }
  }

  @Override
  public void prefetch(long from, long count) {
    file.prefetch(offset + from, count);
  }

  @Override
  public Optional<Boolean> isLoaded() {
    return Optional.of(file.isCached(offset, length));
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public IndexInput slice(String description, long from, long count) {
    if (from < 0 || count < 0 || from + count > length) {
      throw new IllegalArgumentException(
          "slice must be within " + length + " bytes, is " + count + " bytes at " + from);
    }
    PagedInput slice =
        new PagedInput(getFullSliceDescription(description), file, offset + from, count);
    slice.clone = true;
    return slice;
  }

  @Override
  public BufferedIndexInput clone() {
    PagedInput copy = (PagedInput) super.clone();
    copy.clone = true;
    return copy;
  }

  @Override
  public void close() throws IOException {
    if (!clone) {
      file.close();
    }
  }
}
