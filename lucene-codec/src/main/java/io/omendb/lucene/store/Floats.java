/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;

/** Arrays of floats and longs in files, little-endian. */
final class Floats {
  private static final int CHUNK = 2048;

  private Floats() {}

  static void write(DataOutput out, float[] values) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += CHUNK) {
      int length = Math.min(CHUNK, values.length - from);
      buffer.asFloatBuffer().put(values, from, length);
      out.writeBytes(buffer.array(), length * Float.BYTES);
    }
  }

  static float[] read(DataInput in, int length) throws IOException {
    float[] values = new float[length];
    in.readFloats(values, 0, length);
    return values;
  }

  static void write(DataOutput out, long[] values) throws IOException {
    for (long value : values) {
      out.writeLong(value);
    }
  }
}
