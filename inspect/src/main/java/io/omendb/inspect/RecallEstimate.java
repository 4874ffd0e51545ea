/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.inspect;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import me.tongfei.progressbar.ProgressBar;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.VectorEncoding;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnByteVectorQuery;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.util.Bits;

/**
 * How well a field answers by default: vectors drawn from the index ask for their neighbours, and
 * an exact scan says who these are. Vectors of the index are easier queries than those of users may
 * be.
 *
 * @param field name of the field
 * @param k neighbours asked for, apart from the vector itself
 * @param queries vectors drawn
 * @param recall share of the true neighbours among those found
 */
record RecallEstimate(String field, int k, int queries, double recall) {
  private static final long SEED = 1;

  private record Scored(int doc, float score) {}

  /** Estimates; returns null if no document has a vector. */
  static RecallEstimate of(IndexReader reader, String field, int k, int queries)
      throws IOException {
    int[] docs = docs(reader, field);
    if (docs.length == 0) {
      return null;
    }
    SplittableRandom random = new SplittableRandom(SEED);
    IndexSearcher searcher = new IndexSearcher(reader);
    searcher.setQueryCache(null);
    int wanted = Math.min(queries, docs.length);
    double sum = 0;
    try (ProgressBar progress = Progress.bar("recall of " + field, wanted)) {
      for (int q = 0; q < wanted; q++) {
        // The first places of the array are those already drawn.
        int drawn = q + random.nextInt(docs.length - q);
        int doc = docs[drawn];
        docs[drawn] = docs[q];
        docs[q] = doc;
        sum += recall(searcher, field, doc, k);
        progress.step();
      }
    }
    return new RecallEstimate(field, k, wanted, sum / wanted);
  }

  /** Live documents with a vector. */
  private static int[] docs(IndexReader reader, String field) throws IOException {
    int[] docs = new int[reader.numDocs()];
    int length = 0;
    for (LeafReaderContext leaf : reader.leaves()) {
      KnnVectorValues values = values(leaf.reader(), field);
      if (values == null) {
        continue;
      }
      Bits live = leaf.reader().getLiveDocs();
      DocIdSetIterator all = values.iterator();
      for (int doc = all.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = all.nextDoc()) {
        if (live == null || live.get(doc)) {
          docs[length++] = leaf.docBase + doc;
        }
      }
    }
    return Arrays.copyOf(docs, length);
  }

  private static KnnVectorValues values(LeafReader leaf, String field) throws IOException {
    FieldInfo info = leaf.getFieldInfos().fieldInfo(field);
    if (info == null || !info.hasVectorValues()) {
      return null;
    }
    return info.getVectorEncoding() == VectorEncoding.BYTE
        ? leaf.getByteVectorValues(field)
        : leaf.getFloatVectorValues(field);
  }

  private static double recall(IndexSearcher searcher, String field, int doc, int k)
      throws IOException {
    Object vector = vector(searcher.getIndexReader(), field, doc);
    Set<Integer> right = exact(searcher.getIndexReader(), field, vector, doc, k);
    if (right.isEmpty()) {
      return 1;
    }
    Query query =
        vector instanceof float[] floats
            ? new KnnFloatVectorQuery(field, floats, k + 1)
            : new KnnByteVectorQuery(field, (byte[]) vector, k + 1);
    int found = 0;
    for (ScoreDoc hit : searcher.search(query, k + 1).scoreDocs) {
      found += right.contains(hit.doc) ? 1 : 0;
    }
    return (double) found / right.size();
  }

  private static Object vector(IndexReader reader, String field, int doc) throws IOException {
    for (LeafReaderContext leaf : reader.leaves()) {
      int inLeaf = doc - leaf.docBase;
      if (inLeaf < 0 || inLeaf >= leaf.reader().maxDoc()) {
        continue;
      }
      KnnVectorValues values = values(leaf.reader(), field);
      KnnVectorValues.DocIndexIterator iterator = values.iterator();
      iterator.advance(inLeaf);
      return values instanceof FloatVectorValues floats
          ? floats.vectorValue(iterator.index()).clone()
          : ((ByteVectorValues) values).vectorValue(iterator.index()).clone();
    }
    throw new IllegalArgumentException("document " + doc + " is not in the index");
  }

  /** The k nearest others. */
  private static Set<Integer> exact(IndexReader reader, String field, Object query, int self, int k)
      throws IOException {
    PriorityQueue<Scored> best = new PriorityQueue<>((a, b) -> Float.compare(a.score, b.score));
    for (LeafReaderContext leaf : reader.leaves()) {
      KnnVectorValues values = values(leaf.reader(), field);
      if (values == null) {
        continue;
      }
      FieldInfo info = leaf.reader().getFieldInfos().fieldInfo(field);
      Bits live = leaf.reader().getLiveDocs();
      KnnVectorValues.DocIndexIterator all = values.iterator();
      for (int doc = all.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = all.nextDoc()) {
        if (leaf.docBase + doc == self || (live != null && !live.get(doc))) {
          continue;
        }
        float score = score(info, values, all.index(), query);
        if (best.size() < k || score > best.peek().score) {
          best.add(new Scored(leaf.docBase + doc, score));
          if (best.size() > k) {
            best.poll();
          }
        }
      }
    }
    Set<Integer> docs = new HashSet<>();
    for (Scored scored : best) {
      docs.add(scored.doc);
    }
    return docs;
  }

  private static float score(FieldInfo info, KnnVectorValues values, int ord, Object query)
      throws IOException {
    return values instanceof FloatVectorValues floats
        ? info.getVectorSimilarityFunction().compare((float[]) query, floats.vectorValue(ord))
        : info.getVectorSimilarityFunction()
            .compare((byte[]) query, ((ByteVectorValues) values).vectorValue(ord));
  }
}
