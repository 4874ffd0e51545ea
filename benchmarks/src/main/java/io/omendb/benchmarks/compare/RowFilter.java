/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;

/**
 * A filter that costs nothing to evaluate: its bits are made when a segment first sees it, and kept
 * as long as the filter.
 */
public final class RowFilter extends Query {
  private final String name;
  private final Bits rows;
  private final int[] accepted;
  private final Map<Object, Docs> docsOfSegment = new ConcurrentHashMap<>();

  /** Documents accepted in a segment. */
  private record Docs(FixedBitSet bits, int count) {}

  /** Accepts some rows. */
  RowFilter(String name, Bits rows) {
    this.name = name;
    this.rows = rows;
    this.accepted = IntStream.range(0, rows.length()).filter(rows::get).toArray();
  }

  Bits rows() {
    return rows;
  }

  /** The rows accepted, ascending. */
  int[] accepted() {
    return accepted;
  }

  private Docs docs(LeafReader segment) throws IOException {
    IndexReader.CacheHelper helper = segment.getCoreCacheHelper();
    Docs docs = docsOfSegment.get(helper.getKey());
    if (docs == null) {
      FixedBitSet bits = new FixedBitSet(segment.maxDoc());
      NumericDocValues ids = segment.getNumericDocValues(LuceneIndex.ROW);
      for (int d = ids.nextDoc(); d != DocIdSetIterator.NO_MORE_DOCS; d = ids.nextDoc()) {
        if (rows.get((int) ids.longValue())) {
          bits.set(d);
        }
      }
      docs = new Docs(bits, bits.cardinality());
      docsOfSegment.put(helper.getKey(), docs);
      helper.addClosedListener(docsOfSegment::remove);
    }
    return docs;
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) {
    return new ConstantScoreWeight(this, boost) {
      @Override
      public ScorerSupplier scorerSupplier(LeafReaderContext context) throws IOException {
        Docs docs = docs(context.reader());
        BitSetIterator iterator = new BitSetIterator(docs.bits, docs.count);
        return new DefaultScorerSupplier(new ConstantScoreScorer(score(), scoreMode, iterator));
      }

      @Override
      public boolean isCacheable(LeafReaderContext context) {
        return false;
      }
    };
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public String toString(String field) {
    return name;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
