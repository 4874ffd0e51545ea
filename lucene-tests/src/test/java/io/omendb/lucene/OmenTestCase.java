/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.Directory;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.apache.lucene.tests.util.TestUtil;

/** What the tests of this package share: an index of rows, each with its number and its vector. */
abstract class OmenTestCase extends LuceneTestCase {
  /** The vector. */
  static final String FIELD = "vector";

  /** Number of the row, as doc values and as a point. */
  static final String ROW = "row";

  /** Number of the row, as a term. */
  static final String ID = "id";

  /** What default options promise on real vectors. */
  static final double MIN_RECALL = 0.95;

  /** Codes and a graph in every segment. */
  static final OmenVectorsOptions BLOCKS =
      OmenVectorsOptions.DEFAULT.withCodesThreshold(1).withGraphThreshold(1);

  static IndexWriterConfig config(OmenVectorsOptions options) {
    return new IndexWriterConfig()
        .setCodec(OmenCodec.over(TestUtil.getDefaultCodec(), options))
        .setMergeScheduler(new SerialMergeScheduler());
  }

  /** Segments stay as they are flushed. */
  static IndexWriterConfig unmerged(OmenVectorsOptions options) {
    return config(options).setMergePolicy(NoMergePolicy.INSTANCE);
  }

  /** Everything in one segment, after however many merges. */
  static Directory index(Vectors vectors, IndexWriterConfig config) throws IOException {
    Directory directory = newDirectory();
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      add(writer, vectors, 0, vectors.size());
      writer.forceMerge(1);
    }
    return directory;
  }

  static void add(IndexWriter writer, Vectors vectors, int from, int to) throws IOException {
    for (int row = from; row < to; row++) {
      writer.addDocument(document(row, vectors));
    }
  }

  static Document document(int row, Vectors vectors) {
    Document document = document(row);
    document.add(vectors.field(FIELD, row));
    return document;
  }

  /** A document without a vector. */
  static Document document(int row) {
    Document document = new Document();
    document.add(new IntPoint(ROW, row));
    document.add(new NumericDocValuesField(ROW, row));
    document.add(new StringField(ID, Integer.toString(row), Field.Store.NO));
    return document;
  }

  static Term term(int row) {
    return new Term(ID, Integer.toString(row));
  }

  /** A filter that accepts some of the rows below a number. */
  static Query filter(int rows, IntPredicate accepted) {
    return IntPoint.newSetQuery(ROW, IntStream.range(0, rows).filter(accepted).toArray());
  }

  /** Cached queries would hide that filters are evaluated by segment. */
  static IndexSearcher searcher(IndexReader reader) {
    IndexSearcher searcher = new IndexSearcher(reader);
    searcher.setQueryCache(null);
    return searcher;
  }

  /** Numbers of the rows that were hit. */
  static int[] rows(List<LeafReaderContext> leaves, ScoreDoc[] hits) throws IOException {
    int[] rows = new int[hits.length];
    for (int i = 0; i < hits.length; i++) {
      LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(hits[i].doc, leaves));
      rows[i] = row(leaf.reader(), hits[i].doc - leaf.docBase);
    }
    return rows;
  }

  static int row(LeafReader leaf, int doc) throws IOException {
    NumericDocValues rows = leaf.getNumericDocValues(ROW);
    assertTrue(rows.advanceExact(doc));
    return (int) rows.longValue();
  }

  static float tolerance(float score) {
    return 1e-5f * Math.max(1, Math.abs(score));
  }

  /** The only segment of an index. */
  static LeafReader onlyLeaf(DirectoryReader reader) {
    return getOnlyLeafReader(reader);
  }

  /** Our reader of a segment, to see what has become of it. */
  static OmenVectorsReader omen(LeafReader leaf) {
    return OmenVectorsReader.of(leaf, FIELD);
  }

  static boolean hasBlocks(LeafReader leaf) {
    return omen(leaf).blocks(leaf.getFieldInfos().fieldInfo(FIELD)) != null;
  }

  static void assertRecall(String what, int k, double recall) {
    String message = String.format(Locale.ROOT, "%s: recall@%d %.4f", what, k, recall);
    if (VERBOSE) {
      System.out.println(message);
    }
    assertTrue(message, recall >= MIN_RECALL);
  }

  /** Every vector is bit for bit what was indexed; returns how many there are. */
  static int assertExact(IndexReader reader, Vectors vectors) throws IOException {
    return assertExact(reader, FIELD, vectors);
  }

  static int assertExact(IndexReader reader, String field, Vectors vectors) throws IOException {
    int count = 0;
    for (LeafReaderContext context : reader.leaves()) {
      LeafReader leaf = context.reader();
      KnnVectorValues values =
          vectors.isBytes() ? leaf.getByteVectorValues(field) : leaf.getFloatVectorValues(field);
      if (values == null) {
        continue;
      }
      KnnVectorValues.DocIndexIterator docs = values.iterator();
      for (int doc = docs.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.nextDoc()) {
        int row = row(leaf, doc);
        assertSame("row " + row, vectors, row, values, docs.index());
        count++;
      }
    }
    return count;
  }

  /** The vector with an ordinal is bit for bit that of a row. */
  static void assertSame(String what, Vectors vectors, int row, KnnVectorValues values, int ord)
      throws IOException {
    if (values instanceof ByteVectorValues bytes) {
      assertArrayEquals(what, vectors.bytes()[row], bytes.vectorValue(ord));
    } else {
      float[] value = ((FloatVectorValues) values).vectorValue(ord);
      assertTrue(what, Arrays.equals(vectors.floats()[row], value));
    }
  }
}
