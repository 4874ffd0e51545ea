/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.examples;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.zip.CRC32C;

/**
 * Keeps embeddings between runs in one file: a header that names the model, the number of texts and
 * their checksum, then chunks of vectors, each with a checksum.
 *
 * <p>A file with another header is written anew. A chunk that is cut off or damaged is embedded
 * again with all that follow it, so an interrupted run continues where it stopped.
 */
final class EmbeddingCache {
  private static final int MAGIC = 0x4f4d4543;
  private static final int CHUNK = 512;

  private final Path file;
  private final SentenceEncoder encoder;

  EmbeddingCache(Path file, SentenceEncoder encoder) {
    this.file = file;
    this.encoder = encoder;
  }

  /**
   * Vectors of the texts, in their order.
   *
   * @param progress is told how many more vectors are there: first those read, then those encoded
   */
  float[][] embed(List<String> texts, IntConsumer progress) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (FileChannel channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw new IOException("another run is writing " + file);
      }
      List<float[]> vectors = new ArrayList<>(texts.size());
      ByteBuffer header = header(texts);
      if (startsWith(channel, header)) {
        readChunks(channel, texts.size(), vectors);
      } else {
        channel.truncate(0);
        write(channel, header);
      }
      progress.accept(vectors.size());
      while (vectors.size() < texts.size()) {
        int end = Math.min(vectors.size() + CHUNK, texts.size());
        float[][] encoded = encoder.encode(texts.subList(vectors.size(), end), progress);
        write(channel, chunk(encoded));
        vectors.addAll(List.of(encoded));
      }
      return vectors.toArray(float[][]::new);
    }
  }

  private ByteBuffer header(List<String> texts) {
    byte[] model = encoder.model().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Integer.BYTES * 4 + model.length + Long.BYTES)
        .putInt(MAGIC)
        .putInt(model.length)
        .put(model)
        .putInt(encoder.dimension())
        .putInt(texts.size())
        .putLong(checksum(texts))
        .flip();
  }

  static long checksum(List<String> texts) {
    CRC32C checksum = new CRC32C();
    for (String text : texts) {
      checksum.update(text.getBytes(StandardCharsets.UTF_8));
      checksum.update('\n');
    }
    return checksum.getValue();
  }

  private static boolean startsWith(FileChannel channel, ByteBuffer expected) throws IOException {
    ByteBuffer found = read(channel, expected.remaining());
    return found != null && found.equals(expected);
  }

  /** Reads the chunks that are whole, and cuts off the rest of the file. */
  private void readChunks(FileChannel channel, int count, List<float[]> vectors)
      throws IOException {
    long end = channel.position();
    while (vectors.size() < count) {
      int size = Math.min(CHUNK, count - vectors.size());
      ByteBuffer chunk = read(channel, size * encoder.dimension() * Float.BYTES + Integer.BYTES);
      if (chunk == null || chunk.getInt(chunk.limit() - Integer.BYTES) != checksum(chunk)) {
        break;
      }
      for (int i = 0; i < size; i++) {
        float[] vector = new float[encoder.dimension()];
        chunk.asFloatBuffer().get(i * vector.length, vector);
        vectors.add(vector);
      }
      end = channel.position();
    }
    channel.truncate(end).position(end);
  }

  private ByteBuffer chunk(float[][] vectors) {
    ByteBuffer chunk =
        ByteBuffer.allocate(vectors.length * encoder.dimension() * Float.BYTES + Integer.BYTES);
    for (float[] vector : vectors) {
      for (float value : vector) {
        chunk.putFloat(value);
      }
    }
    return chunk.putInt(checksum(chunk)).flip();
  }

  /** Of all but the last four bytes, which hold it. */
  private static int checksum(ByteBuffer chunk) {
    CRC32C checksum = new CRC32C();
    checksum.update(chunk.duplicate().position(0).limit(chunk.capacity() - Integer.BYTES));
    return (int) checksum.getValue();
  }

  /** Null if the file ends before. */
  private static ByteBuffer read(FileChannel channel, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        return null;
      }
    }
    return buffer.flip();
  }

  private static void write(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
