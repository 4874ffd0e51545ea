/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.soak;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;

/**
 * Which documents an index should hold, and with which vectors; for one thread at a time.
 *
 * <p>A fifth of the changes delete, the others write a key with any row, which updates it where it
 * is live and adds it where not. With a quarter more keys than live documents their number stays.
 */
final class LiveDocuments {
  static final String ID = "id";
  static final String KEY = "key";
  static final String ROW = "row";
  static final String VECTOR = "vector";

  /** Row modulo {@link #SHARES}, to filter by. */
  static final String SHARE = "share";

  static final int SHARES = 10;
  private static final int NONE = -1;
  private static final double DELETED = .2;

  private final float[][] vectors;
  private final int[] rowOfKey;
  private final SplittableRandom random;
  private int live;

  /**
   * None is live.
   *
   * @param vectors of unit length, of which documents have one each
   * @param documents live documents, about, once changes have come to an even state
   */
  LiveDocuments(float[][] vectors, int documents, SplittableRandom random) {
    this.vectors = vectors;
    this.rowOfKey = new int[(int) Math.ceil(documents / (1 - DELETED))];
    this.random = random;
    Arrays.fill(rowOfKey, NONE);
  }

  /**
   * A change.
   *
   * @param row of the vector that the document now has, negative if it is deleted
   */
  record Change(int key, int row) {
    boolean deletes() {
      return row == NONE;
    }

    Term term() {
      return new Term(ID, Integer.toString(key));
    }
  }

  /** Draws a change and takes it as done. */
  Change next() {
    int key = random.nextInt(rowOfKey.length);
    int row = random.nextDouble() < DELETED ? NONE : random.nextInt(vectors.length);
    return put(key, row);
  }

  /** Writes a key that is not live, and takes it as done. */
  Change add(int key) {
    return put(key, random.nextInt(vectors.length));
  }

  private Change put(int key, int row) {
    live += (row == NONE ? 0 : 1) - (rowOfKey[key] == NONE ? 0 : 1);
    rowOfKey[key] = row;
    return new Change(key, row);
  }

  /** Documents that are live. */
  int count() {
    return live;
  }

  /** Keys that there can be. */
  int keys() {
    return rowOfKey.length;
  }

  /** Whether a key should be there, with this row. */
  boolean holds(int key, int row) {
    return row != NONE && rowOfKey[key] == row;
  }

  /** The vector of a row. */
  float[] vector(int row) {
    return vectors[row];
  }

  Document document(Change change) {
    Document document = new Document();
    document.add(new StringField(ID, Integer.toString(change.key), Field.Store.NO));
    document.add(new NumericDocValuesField(KEY, change.key));
    document.add(new NumericDocValuesField(ROW, change.row));
    document.add(new StringField(SHARE, Integer.toString(change.row % SHARES), Field.Store.NO));
    document.add(
        new KnnFloatVectorField(VECTOR, vectors[change.row], VectorSimilarityFunction.DOT_PRODUCT));
    return document;
  }
}
