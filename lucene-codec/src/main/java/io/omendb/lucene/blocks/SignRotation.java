/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.blocks;

/**
 * A rotation that costs no memory: fixed random signs, then a Walsh-Hadamard transform. It spreads
 * the strong axes over all components, without which one bit a component says little. Source: N.
 * Ailon, B. Chazelle, The Fast Johnson-Lindenstrauss Transform, SIAM J. Comput. 2009.
 */
public final class SignRotation {
  private final int axes;
  private final int size;

  /** A rotation of vectors of {@code axes} components, at least 1. */
  public SignRotation(int axes) {
    this.axes = axes;
    this.size = Math.max(Long.SIZE, Integer.highestOneBit(axes * 2 - 1));
  }

  /** Components after the rotation: the next power of two, at least 64. */
  public int size() {
    return size;
  }

  /**
   * Rotates a vector; its length stays the same.
   *
   * @param out receives {@link #size()} components
   */
  public void apply(float[] vector, int offset, float[] out) {
    for (int i = 0; i < size; i++) {
      out[i] = i < axes ? sign(i) * vector[offset + i] : 0;
    }
    for (int half = 1; half < size; half *= 2) {
      for (int start = 0; start < size; start += 2 * half) {
        for (int i = start; i < start + half; i++) {
          float a = out[i];
          float b = out[i + half];
          out[i] = a + b;
          out[i + half] = a - b;
        }
      }
    }
    float scale = (float) (1 / Math.sqrt(size));
    for (int i = 0; i < size; i++) {
      out[i] *= scale;
    }
  }

  /** Part of the file format: the sign is a bit of a 64-bit mix of the axis. */
  private static float sign(int axis) {
    long mixed = (axis + 1) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    return (mixed ^ (mixed >>> 27)) < 0 ? -1 : 1;
  }
}
