/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Real vectors: GloVe's of the 20,000 most frequent words, and of 200 others to ask with. What they
 * are and whence stands beside the files, which the codec is tested with too.
 */
final class WordVectors {
  static final int DIMENSION = 100;

  /** Two components share three bytes. */
  private static final int ROW_BYTES = DIMENSION / 2 * 3;

  private WordVectors() {}

  /** The vectors in order of word frequency. */
  static float[][] base() {
    byte[] codes = read("base.u12");
    FloatBuffer affine = floats("affine.f32");
    float[][] vectors = new float[codes.length / ROW_BYTES][DIMENSION];
    for (int row = 0; row < vectors.length; row++) {
      for (int d = 0; d < DIMENSION; d += 2) {
        int at = row * ROW_BYTES + d / 2 * 3;
        int pair = (codes[at] & 0xFF) | (codes[at + 1] & 0xFF) << 8 | (codes[at + 2] & 0xFF) << 16;
        vectors[row][d] = affine.get(d) + affine.get(DIMENSION + d) * (pair & 0xFFF);
        vectors[row][d + 1] = affine.get(d + 1) + affine.get(DIMENSION + d + 1) * (pair >>> 12);
      }
    }
    return vectors;
  }

  /** Vectors to ask with. */
  static float[][] queries() {
    FloatBuffer values = floats("queries.f32");
    float[][] queries = new float[values.remaining() / DIMENSION][DIMENSION];
    for (float[] query : queries) {
      values.get(query);
    }
    return queries;
  }

  private static FloatBuffer floats(String name) {
    return ByteBuffer.wrap(read(name)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  private static byte[] read(String name) {
    try (InputStream in =
        WordVectors.class.getResourceAsStream("/io/omendb/lucene/glove-100/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
