/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnByteVectorField;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.KnnByteVectorQuery;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.util.VectorUtil;

/**
 * Vectors of one encoding under one similarity: indexed, searched for, and compared exactly.
 *
 * @param floats one row a vector, null where they are bytes
 * @param bytes one row a vector, null where they are floats
 */
record Vectors(float[][] floats, byte[][] bytes, VectorSimilarityFunction similarity) {
  static Vectors of(float[][] floats, VectorSimilarityFunction similarity) {
    return new Vectors(floats, null, similarity);
  }

  static Vectors of(byte[][] bytes, VectorSimilarityFunction similarity) {
    return new Vectors(null, bytes, similarity);
  }

  /** Random directions, of unit length where the similarity wants that. */
  static Vectors random(
      Random random, int count, int dimension, boolean bytes, VectorSimilarityFunction similarity) {
    if (bytes) {
      byte[][] rows = new byte[count][dimension];
      for (byte[] row : rows) {
        random.nextBytes(row);
        // Not the zero vector, which has no cosine.
        row[0] |= 1;
      }
      return of(rows, similarity);
    }
    float[][] rows = new float[count][dimension];
    for (float[] row : rows) {
      for (int d = 0; d < dimension; d++) {
        row[d] = (float) random.nextGaussian();
      }
      row[0] += row[0] < 0 ? -0.01f : 0.01f;
      if (similarity == VectorSimilarityFunction.DOT_PRODUCT) {
        VectorUtil.l2normalize(row);
      }
    }
    return of(rows, similarity);
  }

  boolean isBytes() {
    return bytes != null;
  }

  int size() {
    return isBytes() ? bytes.length : floats.length;
  }

  int dimension() {
    return isBytes() ? bytes[0].length : floats[0].length;
  }

  Vectors range(int from, int to) {
    return isBytes()
        ? of(Arrays.copyOfRange(bytes, from, to), similarity)
        : of(Arrays.copyOfRange(floats, from, to), similarity);
  }

  Field field(String name, int row) {
    return isBytes()
        ? new KnnByteVectorField(name, bytes[row], similarity)
        : new KnnFloatVectorField(name, floats[row], similarity);
  }

  /** The exact score of a row for a row of {@code queries}. */
  float score(Vectors queries, int query, int row) {
    return isBytes()
        ? similarity.compare(queries.bytes[query], bytes[row])
        : similarity.compare(queries.floats[query], floats[row]);
  }

  /** A search for a row of these; {@code filter} may be null. */
  Query query(String field, int row, int k, Query filter) {
    return isBytes()
        ? new KnnByteVectorQuery(field, bytes[row], k, filter)
        : new KnnFloatVectorQuery(field, floats[row], k, filter);
  }

  /** A search of one segment for a row of these, past Lucene's queries and what they patch up. */
  TopDocs search(LeafReader leaf, String field, int row, int k, AcceptDocs accepted, int visits)
      throws IOException {
    return isBytes()
        ? leaf.searchNearestVectors(field, bytes[row], k, accepted, visits)
        : leaf.searchNearestVectors(field, floats[row], k, accepted, visits);
  }

  /** The same with a collector. */
  void search(LeafReader leaf, String field, int row, KnnCollector collector, AcceptDocs accepted)
      throws IOException {
    if (isBytes()) {
      leaf.searchNearestVectors(field, bytes[row], collector, accepted);
    } else {
      leaf.searchNearestVectors(field, floats[row], collector, accepted);
    }
  }
}
