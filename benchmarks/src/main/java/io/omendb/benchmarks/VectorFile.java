/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import static java.util.Locale.ROOT;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Bare vectors, little-endian. In fvecs, bvecs and ivecs (floats, unsigned bytes, ints) every row
 * begins with its dimension as an int; f32 holds floats and nothing else.
 */
final class VectorFile implements Rows {
  private static final int MAX_DIMENSION = 4096;
  private static final int BUFFER = 1 << 20;

  /** Kinds of files, named as their extensions. */
  enum Kind {
    FVECS(Float.BYTES),
    BVECS(Byte.BYTES),
    IVECS(Integer.BYTES),
    F32(Float.BYTES);

    private final int valueBytes;

    Kind(int valueBytes) {
      this.valueBytes = valueBytes;
    }

    private boolean namesDimension() {
      return this != F32;
    }

    private float next(ByteBuffer buffer) {
      return switch (this) {
        case FVECS, F32 -> buffer.getFloat();
        case BVECS -> buffer.get() & 0xFF;
        case IVECS -> buffer.getInt();
      };
    }

    /** The kind of an extension, or null. */
    static Kind ofExtension(String extension) {
      for (Kind kind : values()) {
        if (kind.name().toLowerCase(ROOT).equals(extension)) {
          return kind;
        }
      }
      return null;
    }
  }

  private final Path file;
  private final Kind kind;
  private final int dimension;
  private final int rowBytes;
  private final int count;

  /**
   * Opens a file and checks its length.
   *
   * @param dimension of f32; what the other kinds say themselves goes
   */
  VectorFile(Path file, Kind kind, int dimension) throws IOException {
    this.file = file;
    this.kind = kind;
    try (FileChannel channel = open()) {
      this.dimension = kind.namesDimension() ? firstInt(channel) : dimension;
      if (this.dimension < 1 || this.dimension > MAX_DIMENSION) {
        throw new IOException(
            String.format(
                ROOT,
                "%s: dimension must be in [1, %d]; is %d%s",
                file,
                MAX_DIMENSION,
                this.dimension,
                kind.namesDimension() ? "" : ", to be given by --dimension"));
      }
      this.rowBytes =
          this.dimension * kind.valueBytes + (kind.namesDimension() ? Integer.BYTES : 0);
      long bytes = channel.size();
      if (bytes == 0 || bytes % rowBytes != 0 || bytes / rowBytes > Integer.MAX_VALUE) {
        throw new IOException(
            String.format(
                ROOT,
                "%s: length must be a number of rows of %d bytes (dimension %d); is %d",
                file,
                rowBytes,
                this.dimension,
                bytes));
      }
      this.count = (int) (bytes / rowBytes);
    }
  }

  private FileChannel open() throws IOException {
    return FileChannel.open(file, StandardOpenOption.READ);
  }

  private int firstInt(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    fill(channel, buffer);
    return buffer.getInt();
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public float[][] read(int from, int to) throws IOException {
    float[][] vectors = new float[to - from][dimension];
    int step = Math.max(1, BUFFER / rowBytes);
    ByteBuffer buffer = ByteBuffer.allocate(step * rowBytes).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = open()) {
      channel.position((long) from * rowBytes);
      for (int start = from; start < to; start += step) {
        int end = Math.min(to, start + step);
        buffer.clear().limit((end - start) * rowBytes);
        fill(channel, buffer);
        for (int row = start; row < end; row++) {
          take(buffer, row, vectors[row - from]);
        }
      }
    }
    return vectors;
  }

  private void take(ByteBuffer buffer, int row, float[] vector) throws IOException {
    if (kind.namesDimension()) {
      int said = buffer.getInt();
      if (said != dimension) {
        throw new IOException(
            file + ": row " + row + " has dimension " + said + ", those before " + dimension);
      }
    }
    for (int d = 0; d < dimension; d++) {
      vector[d] = kind.next(buffer);
    }
  }

  private void fill(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException(file.toString());
      }
    }
    buffer.flip();
  }
}
