/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import java.util.Arrays;
import java.util.Random;

/** Ways to change bytes, a few at a time. */
final class Mutations {
  /** Where numbers of all sizes end. */
  private static final byte[][] VALUES = {
    {0},
    {-1},
    {127},
    {-128},
    {0, 0, 0, 0},
    {-1, -1, -1, -1},
    {-1, -1, -1, 127},
    {0, 0, 0, -128},
    {0, 0, -64, 127},
    {0, 0, -128, 127},
    {0, 0, -128, -1},
    {-1, -1, 127, 127},
    {-1, -1, -1, -1, 7},
    {-1, -1, -1, -1, 15},
    {-128, -128, -128, -128, 8},
    {0, 0, 0, 0, 0, 0, 0, 0},
    {-1, -1, -1, -1, -1, -1, -1, 127},
    {0, 0, 0, 0, 0, 0, 0, -128},
    {0, 0, 0, 0, 1, 0, 0, 0}
  };

  private Mutations() {}

  /** Bytes that differ in one to four places, and perhaps in length. */
  static byte[] mutate(byte[] bytes, Random random) {
    byte[] changed = bytes.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      changed = mutateOnce(changed, random);
    }
    return changed;
  }

  private static byte[] mutateOnce(byte[] bytes, Random random) {
    if (bytes.length == 0) {
      return new byte[] {(byte) random.nextInt(256)};
    }
    int at =
        random.nextInt(4) == 0
            ? random.nextInt(Math.min(64, bytes.length))
            : random.nextInt(bytes.length);
    switch (random.nextInt(8)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt(256);
      case 2, 3, 4 -> {
        byte[] value = VALUES[random.nextInt(VALUES.length)];
        System.arraycopy(value, 0, bytes, at, Math.min(value.length, bytes.length - at));
      }
      case 5 -> {
        int from = random.nextInt(bytes.length);
        int length = 1 + random.nextInt(Math.min(64, bytes.length - Math.max(at, from)));
        System.arraycopy(bytes.clone(), from, bytes, at, length);
      }
      case 6 -> {
        return cut(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(16)));
      }
      default -> {
        return random.nextInt(4) == 0
            ? Arrays.copyOf(bytes, at)
            : grown(bytes, at, 1 + random.nextInt(16));
      }
    }
    return bytes;
  }

  private static byte[] cut(byte[] bytes, int from, int to) {
    byte[] shorter = Arrays.copyOf(bytes, bytes.length - (to - from));
    System.arraycopy(bytes, to, shorter, from, bytes.length - to);
    return shorter;
  }

  /** Repeats what stands at a place. */
  private static byte[] grown(byte[] bytes, int at, int by) {
    byte[] longer = Arrays.copyOf(bytes, bytes.length + by);
    System.arraycopy(bytes, at, longer, at + by, bytes.length - at);
    Arrays.fill(longer, at, at + by, bytes[at]);
    return longer;
  }
}
