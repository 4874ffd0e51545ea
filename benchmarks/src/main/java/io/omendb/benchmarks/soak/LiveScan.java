/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.soak;

import java.io.IOException;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;

/** Goes through all live documents that have a vector. */
final class LiveScan {
  private LiveScan() {}

  /** Sees one document. */
  interface Visitor {
    /**
     * Takes what is in the index.
     *
     * @param vector valid until the next
     */
    void accept(int key, int row, float[] vector);
  }

  static void of(IndexReader reader, Visitor visitor) throws IOException {
    for (LeafReaderContext context : reader.leaves()) {
      Bits live = context.reader().getLiveDocs();
      FloatVectorValues values = context.reader().getFloatVectorValues(LiveDocuments.VECTOR);
      NumericDocValues keyOfDoc = context.reader().getNumericDocValues(LiveDocuments.KEY);
      NumericDocValues rowOfDoc = context.reader().getNumericDocValues(LiveDocuments.ROW);
      KnnVectorValues.DocIndexIterator docs = values.iterator();
      for (int doc = docs.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.nextDoc()) {
        if (live == null || live.get(doc)) {
          keyOfDoc.advanceExact(doc);
          rowOfDoc.advanceExact(doc);
          visitor.accept(
              (int) keyOfDoc.longValue(),
              (int) rowOfDoc.longValue(),
              values.vectorValue(docs.index()));
        }
      }
    }
  }
}
