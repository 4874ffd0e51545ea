/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.write;

import java.io.IOException;
import java.util.AbstractList;
import java.util.List;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.hnsw.FlatFieldVectorsWriter;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.Sorter;
import org.apache.lucene.index.VectorEncoding;

/** Vectors that were added to a field and are still in heap, in the order of the segment. */
public final class AddedVectors {
  private AddedVectors() {}

  /**
   * The vectors of a field, with the ordinals that they get on disk.
   *
   * @param added where they were added
   * @param sortMap new order of the documents, null to leave them as they were added
   */
  public static KnnVectorValues of(
      FieldInfo field, FlatFieldVectorsWriter<?> added, Sorter.DocMap sortMap) throws IOException {
    List<?> vectors = added.getVectors();
    if (sortMap != null) {
      int[] oldOrds = new int[vectors.size()];
      KnnVectorsWriter.mapOldOrdToNewOrd(added.getDocsWithFieldSet(), sortMap, null, oldOrds, null);
      vectors = inOrder(vectors, oldOrds);
    }
    return values(field, vectors);
  }

  private static <T> List<T> inOrder(List<T> list, int[] places) {
    return new AbstractList<>() {
      @Override
      public T get(int i) {
        return list.get(places[i]);
      }

      @Override
      public int size() {
        return places.length;
      }
    };
  }

  /** A writer has vectors of the encoding of its field. */
  @SuppressWarnings("unchecked")
  private static KnnVectorValues values(FieldInfo field, List<?> vectors) {
    int dimension = field.getVectorDimension();
    return field.getVectorEncoding() == VectorEncoding.BYTE
        ? ByteVectorValues.fromBytes((List<byte[]>) vectors, dimension)
        : FloatVectorValues.fromFloats((List<float[]>) vectors, dimension);
  }
}
