/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import com.carrotsearch.randomizedtesting.annotations.TimeoutSuite;
import java.io.IOException;
import java.util.Locale;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.tests.util.TestUtil;
import org.apache.lucene.util.FixedBitSet;

/**
 * Segments of all sizes, flushed and merged in all ways, keep every vector bit for bit. {@code
 * -Domendb.tests.segments=100000} flushes as many of one document.
 */
@TimeoutSuite(millis = 7_200_000)
public class TestSegments extends OmenTestCase {
  public void testThousandsOfTinySegments() throws IOException {
    int count = Effort.of("segments", 2000);
    long start = System.nanoTime();
    checkCascade(count, OmenVectorsOptions.DEFAULT.withCodesThreshold(500));
    System.out.printf(
        Locale.ROOT,
        "%s: %d segments, %.0f s%n",
        getTestName(),
        count,
        (System.nanoTime() - start) / 1e9);
  }

  public void testManyTinySegmentsWithBlocks() throws IOException {
    checkCascade(200, BLOCKS);
  }

  private static void checkCascade(int count, OmenVectorsOptions options) throws IOException {
    Vectors vectors = random(count, 12);
    try (Directory directory = new ByteBuffersDirectory()) {
      LogDocMergePolicy policy = new LogDocMergePolicy();
      policy.setMinMergeDocs(1);
      policy.setMergeFactor(5 + random().nextInt(10));
      try (IndexWriter writer =
          new IndexWriter(directory, config(options).setMergePolicy(policy))) {
        for (int row = 0; row < count; row++) {
          writer.addDocument(document(row, vectors));
          writer.flush();
        }
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        assertTrue(reader.leaves().size() < 200);
        assertEquals(count, assertExact(reader, vectors));
        Vectors asked = vectors.range(count - Math.min(count, 500), count);
        assertRecall("own", 1, Truth.of(vectors, asked, 1).recall(searcher(reader)));
        assertRecall("cascade", 10, Truth.of(vectors, asked, 10).recall(searcher(reader)));
      }
      TestUtil.checkIndex(directory);
    }
  }

  public void testEmptyAndSmallSegments() throws IOException {
    Vectors vectors = random(200, 20);
    try (Directory directory = newDirectory()) {
      IndexWriterConfig config = config(BLOCKS);
      try (IndexWriter writer = new IndexWriter(directory, config)) {
        writer.addDocument(document(200));
        writer.commit();
        int from = 0;
        for (int end : new int[] {1, 2, 3, 66, 130, 194, 200}) {
          add(writer, vectors, from, end);
          writer.commit();
          from = end;
        }
        writer.addDocument(document(201));
        writer.commit();
        try (DirectoryReader reader = DirectoryReader.open(writer)) {
          assertEquals(200, assertExact(reader, vectors));
          assertFinds(reader, vectors);
        }
        writer.forceMerge(1);
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        assertEquals(202, onlyLeaf(reader).maxDoc());
        assertEquals(200, assertExact(reader, vectors));
        assertFinds(reader, vectors);
      }
    }
  }

  public void testFieldInSomeSegmentsOnly() throws IOException {
    Vectors vectors = random(400, 20);
    try (Directory directory = newDirectory()) {
      try (IndexWriter writer = new IndexWriter(directory, config(BLOCKS))) {
        for (int part = 0; part < 8; part++) {
          for (int row = part * 50; row < part * 50 + 50; row++) {
            writer.addDocument(part % 2 == 0 ? document(row, vectors) : document(row));
          }
          writer.flush();
        }
        writer.forceMerge(1);
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        assertEquals(200, assertExact(reader, vectors));
        Truth truth = Truth.of(vectors, vectors.range(0, 20), 10, row -> row / 50 % 2 == 0);
        assertRecall("field in some segments", 10, truth.recall(searcher(reader)));
      }
    }
  }

  public void testSortedIndex() throws IOException {
    Vectors vectors = random(3000, 20);
    int[] order = shuffled(vectors.size());
    for (boolean reverse : new boolean[] {false, true}) {
      try (Directory directory = newDirectory()) {
        Sort sort = new Sort(new SortField(ROW, SortField.Type.INT, reverse));
        try (IndexWriter writer = new IndexWriter(directory, unmerged(BLOCKS).setIndexSort(sort))) {
          for (int i = 0; i < order.length; i++) {
            // Some documents have no vector, so that ordinals and documents differ.
            int row = order[i];
            writer.addDocument(row % 5 == 0 ? document(row) : document(row, vectors));
            if (i % 1100 == 1099) {
              writer.flush();
            }
          }
        }
        checkSorted(directory, vectors, reverse);
        try (IndexWriter writer = new IndexWriter(directory, config(BLOCKS).setIndexSort(sort))) {
          writer.forceMerge(1);
        }
        checkSorted(directory, vectors, reverse);
      }
    }
  }

  private static void checkSorted(Directory directory, Vectors vectors, boolean reverse)
      throws IOException {
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      for (LeafReaderContext leaf : reader.leaves()) {
        int previous = row(leaf.reader(), 0);
        for (int doc = 1; doc < leaf.reader().maxDoc(); doc++) {
          int row = row(leaf.reader(), doc);
          assertTrue(reverse ? row < previous : row > previous);
          previous = row;
        }
      }
      assertEquals(vectors.size() * 4 / 5, assertExact(reader, vectors));
      Truth truth = Truth.of(vectors, vectors.range(0, 20), 10, row -> row % 5 != 0);
      assertRecall("sorted", 10, truth.recall(searcher(reader)));
    }
  }

  public void testAllDocumentsDeleted() throws IOException {
    Vectors vectors = random(300, 20);
    try (Directory directory = newDirectory()) {
      try (IndexWriter writer = new IndexWriter(directory, config(BLOCKS))) {
        add(writer, vectors, 0, 300);
        writer.addDocument(document(300));
        writer.commit();
        for (int row = 0; row < 300; row++) {
          writer.deleteDocuments(term(row));
        }
        try (DirectoryReader reader = DirectoryReader.open(writer)) {
          assertEquals(0, searcher(reader).count(vectors.query(FIELD, 0, 10, null)));
        }
        writer.forceMerge(1);
        try (DirectoryReader reader = DirectoryReader.open(writer)) {
          assertEquals(1, reader.maxDoc());
          assertEquals(0, searcher(reader).count(vectors.query(FIELD, 0, 10, null)));
        }
        writer.deleteDocuments(term(300));
        writer.commit();
        add(writer, vectors, 0, 300);
        writer.forceMerge(1);
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        assertEquals(300, assertExact(reader, vectors));
        assertFinds(reader, vectors);
      }
    }
  }

  public void testRandomHistory() throws IOException {
    Vectors vectors = random(4000, 1 + random().nextInt(40));
    FixedBitSet present = new FixedBitSet(vectors.size());
    try (Directory directory = newDirectory()) {
      IndexWriterConfig config =
          newIndexWriterConfig()
              .setMaxBufferedDocs(TestUtil.nextInt(random(), 100, 1000))
              .setCodec(
                  OmenCodec.over(
                      TestUtil.getDefaultCodec(),
                      BLOCKS.withCodesThreshold(TestUtil.nextInt(random(), 1, 500))));
      try (IndexWriter writer = new IndexWriter(directory, config)) {
        for (int i = 0; i < 8000; i++) {
          int row = random().nextInt(vectors.size());
          if (random().nextInt(4) == 0) {
            writer.deleteDocuments(term(row));
            present.clear(row);
          } else {
            writer.updateDocument(term(row), document(row, vectors));
            present.set(row);
          }
          if (random().nextInt(1000) == 0) {
            writer.commit();
          }
        }
        if (random().nextBoolean()) {
          writer.forceMerge(1 + random().nextInt(3));
        }
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        assertEquals(present.cardinality(), reader.numDocs());
        assertExact(reader, vectors);
        Truth truth = Truth.of(vectors, vectors.range(0, 20), 10, present::get);
        assertRecall("dimension " + vectors.dimension(), 10, truth.recall(searcher(reader)));
      }
    }
  }

  private static Vectors random(int count, int dimension) {
    return Vectors.random(
        random(), count, dimension, random().nextBoolean(), VectorSimilarityFunction.EUCLIDEAN);
  }

  private static int[] shuffled(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random().nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** A vector that is in the index is its own nearest neighbour. */
  private static void assertFinds(DirectoryReader reader, Vectors vectors) throws IOException {
    IndexSearcher searcher = searcher(reader);
    assertRecall("own", 1, Truth.of(vectors, vectors, 1).recall(searcher));
    assertRecall("own", 10, Truth.of(vectors, vectors.range(0, 20), 10).recall(searcher));
  }
}
