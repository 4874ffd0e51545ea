/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.write;

import io.omendb.lucene.quantize.UnitLength;
import io.omendb.lucene.quantize.VectorSource;
import java.io.IOException;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;

/**
 * Raw vectors of a segment, floats or bytes alike, scaled to unit length where only angles count.
 */
public final class RawVectors implements VectorSource {
  private final KnnVectorValues values;
  private final boolean normalize;

  /**
   * A view of raw vectors.
   *
   * @param values {@link FloatVectorValues} or {@link ByteVectorValues}
   * @param normalize whether vectors are scaled to unit length; zero vectors stay as they are
   */
  public RawVectors(KnnVectorValues values, boolean normalize) {
    this.values = values;
    this.normalize = normalize;
  }

  @Override
  public int size() {
    return values.size();
  }

  @Override
  public int dimension() {
    return values.dimension();
  }

  @Override
  public void read(int ord, float[] target, int offset) throws IOException {
    int dimension = dimension();
    if (values instanceof FloatVectorValues floats) {
      System.arraycopy(floats.vectorValue(ord), 0, target, offset, dimension);
    } else {
      byte[] vector = ((ByteVectorValues) values).vectorValue(ord);
      for (int d = 0; d < dimension; d++) {
        target[offset + d] = vector[d];
      }
    }
    if (normalize) {
      UnitLength.scale(target, offset, dimension);
    }
  }

  @Override
  public VectorSource copy() throws IOException {
    return new RawVectors(values.copy(), normalize);
  }
}
