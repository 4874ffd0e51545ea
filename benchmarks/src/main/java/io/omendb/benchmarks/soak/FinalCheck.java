/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.soak;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import org.apache.lucene.index.CheckIndex;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.Bits;

/** What is in an index that was closed, against what should be. */
final class FinalCheck {
  private FinalCheck() {}

  /** Segments that {@code CheckIndex} finds damaged; 1 for an index that cannot be opened. */
  static int problems(Directory directory) throws IOException {
    try (CheckIndex check = new CheckIndex(directory)) {
      check.setLevel(CheckIndex.Level.MIN_LEVEL_FOR_INTEGRITY_CHECKS);
      CheckIndex.Status status = check.checkIndex();
      return status.clean ? 0 : Math.max(1, status.numBadSegments);
    }
  }

  /** Documents that are missing, that should not be there, or whose vector is another one. */
  static int lost(Directory directory, LiveDocuments documents) throws IOException {
    int surplus = 0;
    BitSet right = new BitSet(documents.keys());
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      for (LeafReaderContext context : reader.leaves()) {
        Bits live = context.reader().getLiveDocs();
        FloatVectorValues values = context.reader().getFloatVectorValues(LiveDocuments.VECTOR);
        NumericDocValues keyOfDoc = context.reader().getNumericDocValues(LiveDocuments.KEY);
        NumericDocValues rowOfDoc = context.reader().getNumericDocValues(LiveDocuments.ROW);
        KnnVectorValues.DocIndexIterator docs = values.iterator();
        for (int doc = docs.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.nextDoc()) {
          if (live != null && !live.get(doc)) {
            continue;
          }
          keyOfDoc.advanceExact(doc);
          rowOfDoc.advanceExact(doc);
          int key = (int) keyOfDoc.longValue();
          int row = (int) rowOfDoc.longValue();
          if (documents.holds(key, row)
              && !right.get(key)
              && Arrays.equals(values.vectorValue(docs.index()), documents.vector(row))) {
            right.set(key);
          } else {
            surplus++;
          }
        }
      }
    }
    return surplus + documents.count() - right.cardinality();
  }
}
