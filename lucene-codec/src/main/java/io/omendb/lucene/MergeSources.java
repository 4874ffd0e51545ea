/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import io.omendb.lucene.store.BlockStore;
import io.omendb.lucene.write.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.MergeState;
import org.apache.lucene.search.DocIdSetIterator;

/** Finds the segments of a merge that have codes of ours, and where their vectors go. */
final class MergeSources {
  private MergeSources() {}

  /**
   * Sources of one field.
   *
   * @param merged raw vectors of the merged segment
   */
  static List<Source> of(FieldInfo field, KnnVectorValues merged, MergeState mergeState)
      throws IOException {
    List<Source> sources = new ArrayList<>();
    int[] docs = null;
    for (int i = 0; i < mergeState.knnVectorsReaders.length; i++) {
      OmenVectorsReader omen = OmenVectorsReader.of(mergeState.knnVectorsReaders[i], field.name);
      FieldInfos infos = mergeState.fieldInfos[i];
      FieldInfo sourceField = infos.fieldInfo(field.name);
      if (omen == null || !sameVectors(field, sourceField)) {
        continue;
      }
      BlockStore store = omen.blocks(sourceField);
      if (store == null) {
        continue;
      }
      if (docs == null) {
        docs = docs(merged);
      }
      KnnVectorValues values = omen.values(sourceField);
      int[] newOrds = new int[store.count()];
      for (int ord = 0; ord < newOrds.length; ord++) {
        int doc = mergeState.docMaps[i].get(values.ordToDoc(ord));
        newOrds[ord] = doc < 0 ? -1 : Math.max(-1, Arrays.binarySearch(docs, doc));
      }
      sources.add(new Source(store, newOrds));
    }
    return sources;
  }

  /** Codes depend on the similarity too: cosine encodes vectors scaled to unit length. */
  private static boolean sameVectors(FieldInfo field, FieldInfo source) {
    return source != null
        && source.getVectorDimension() == field.getVectorDimension()
        && source.getVectorEncoding() == field.getVectorEncoding()
        && source.getVectorSimilarityFunction() == field.getVectorSimilarityFunction();
  }

  /** Document of each ordinal, ascending. */
  private static int[] docs(KnnVectorValues values) throws IOException {
    int[] docs = new int[values.size()];
    KnnVectorValues.DocIndexIterator iterator = values.iterator();
    for (int doc = iterator.nextDoc();
        doc != DocIdSetIterator.NO_MORE_DOCS;
        doc = iterator.nextDoc()) {
      docs[iterator.index()] = doc;
    }
    return docs;
  }
}
