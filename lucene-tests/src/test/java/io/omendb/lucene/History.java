/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;

/**
 * Changes of documents by number, the same whenever they are told: from how many were committed
 * follows what an index must hold. Change {@code n} writes vector {@code n}, as floats and as
 * bytes, under a key, or deletes the key.
 */
final class History {
  /** Keys, of which about three in four are present. */
  static final int KEYS = 300;

  static final String BYTES = "bytes";

  private static final String KEY = "key";
  private static final String CHANGES = "changes";

  /** So many that none is written again while it may still be there. */
  private static final int VECTORS = 10_000;

  private static final int QUERIES = 10;
  private static final int K = 10;

  private final long seed;
  private final Vectors floats =
      Vectors.of(GloveSample.base(), VectorSimilarityFunction.EUCLIDEAN).range(0, VECTORS);
  private final Vectors bytes =
      Vectors.of(GloveSample.bytes(floats.floats()), VectorSimilarityFunction.COSINE);

  History(long seed) {
    this.seed = seed;
  }

  /** Makes one change. */
  void apply(IndexWriter writer, int change) throws IOException {
    Term key = new Term(KEY, Integer.toString(key(change)));
    if (isDeletion(change)) {
      writer.deleteDocuments(key);
      return;
    }
    Document document = new Document();
    document.add(new StringField(KEY, key.text(), Field.Store.NO));
    document.add(new NumericDocValuesField(KEY, key(change)));
    document.add(new NumericDocValuesField(OmenTestCase.ROW, vector(change)));
    document.add(floats.field(OmenTestCase.FIELD, vector(change)));
    document.add(bytes.field(BYTES, vector(change)));
    writer.updateDocument(key, document);
  }

  /** Commits, and notes in the commit how many changes were made. */
  static void commit(IndexWriter writer, int changes) throws IOException {
    writer.setLiveCommitData(Map.of(CHANGES, Integer.toString(changes)).entrySet());
    writer.commit();
  }

  /** How many changes a commit holds. */
  static int changes(Map<String, String> commitData) {
    return Integer.parseInt(commitData.getOrDefault(CHANGES, "0"));
  }

  private int key(int change) {
    return random(change).nextInt(KEYS);
  }

  private boolean isDeletion(int change) {
    SplittableRandom random = random(change);
    random.nextInt(KEYS);
    return random.nextInt(4) == 0;
  }

  private SplittableRandom random(int change) {
    return new SplittableRandom(seed + change);
  }

  private int vector(int change) {
    return change % floats.size();
  }

  /** The vector of each key, -1 for none. */
  private int[] state(int changes) {
    int[] state = new int[KEYS];
    Arrays.fill(state, -1);
    for (int change = 0; change < changes; change++) {
      state[key(change)] = isDeletion(change) ? -1 : vector(change);
    }
    return state;
  }

  /** The reader holds what there is after so many changes, and searches find it. */
  void assertHolds(DirectoryReader reader, int changes) throws IOException {
    int[] found = new int[KEYS];
    Arrays.fill(found, -1);
    FixedBitSet present = new FixedBitSet(floats.size());
    for (LeafReaderContext context : reader.leaves()) {
      LeafReader leaf = context.reader();
      Bits live = leaf.getLiveDocs();
      NumericDocValues keys = leaf.getNumericDocValues(KEY);
      for (int doc = 0; doc < leaf.maxDoc(); doc++) {
        if (live == null || live.get(doc)) {
          assertTrue(keys.advanceExact(doc));
          int key = (int) keys.longValue();
          assertEquals("key twice: " + key, -1, found[key]);
          found[key] = OmenTestCase.row(leaf, doc);
          present.set(found[key]);
        }
      }
    }
    assertArrayEquals("after " + changes + " changes", state(changes), found);
    OmenTestCase.assertExact(reader, OmenTestCase.FIELD, floats);
    OmenTestCase.assertExact(reader, BYTES, bytes);
    Vectors queries = Vectors.of(GloveSample.queries(), floats.similarity()).range(0, QUERIES);
    Truth truth = Truth.of(floats, queries, K, present::get);
    OmenTestCase.assertRecall(
        "after " + changes + " changes", K, truth.recall(OmenTestCase.searcher(reader)));
  }
}
