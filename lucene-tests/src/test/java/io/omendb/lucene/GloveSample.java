/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.lucene.util.VectorUtil;

/** Word vectors for tests of recall; what they are and whence stands beside the files. */
public final class GloveSample {
  public static final int DIMENSION = 100;

  private static final float[][] BASE = readBase();
  private static final float[][] QUERIES = readQueries();

  private GloveSample() {}

  /** 20,000 vectors in order of word frequency; not to be changed. */
  public static float[][] base() {
    return BASE;
  }

  /** 200 other vectors; not to be changed. */
  public static float[][] queries() {
    return QUERIES;
  }

  /** Vectors scaled to unit length. */
  static float[][] unit(float[][] vectors) {
    return Arrays.stream(vectors)
        .map(vector -> VectorUtil.l2normalize(vector.clone()))
        .toArray(float[][]::new);
  }

  /** Vectors in 8 bits, with one scale for base and queries. */
  public static byte[][] bytes(float[][] vectors) {
    float largest = 0;
    for (float[] vector : BASE) {
      for (float value : vector) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    float scale = 127 / largest;
    byte[][] bytes = new byte[vectors.length][DIMENSION];
    for (int row = 0; row < vectors.length; row++) {
      for (int d = 0; d < DIMENSION; d++) {
        int value = Math.round(vectors[row][d] * scale);
        bytes[row][d] = (byte) Math.max(Byte.MIN_VALUE, Math.min(Byte.MAX_VALUE, value));
      }
    }
    return bytes;
  }

  private static float[][] readBase() {
    byte[] codes = read("base.u12");
    FloatBuffer affine = floats("affine.f32");
    int rowLength = DIMENSION / 2 * 3;
    return IntStream.range(0, codes.length / rowLength)
        .mapToObj(row -> decode(codes, row * rowLength, affine))
        .toArray(float[][]::new);
  }

  private static float[] decode(byte[] codes, int offset, FloatBuffer affine) {
    float[] vector = new float[DIMENSION];
    for (int d = 0; d < DIMENSION; d++) {
      int at = offset + d / 2 * 3;
      int code =
          d % 2 == 0
              ? (codes[at] & 0xFF) | ((codes[at + 1] & 15) << 8)
              : ((codes[at + 1] & 0xFF) >> 4) | ((codes[at + 2] & 0xFF) << 4);
      vector[d] = affine.get(d) + affine.get(DIMENSION + d) * code;
    }
    return vector;
  }

  private static float[][] readQueries() {
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
    try (InputStream in = GloveSample.class.getResourceAsStream("glove-100/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
