/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FilterLeafReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SlowCodecReaderWrapper;
import org.apache.lucene.index.SortingCodecReader;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.store.Directory;
import org.apache.lucene.tests.util.TestUtil;

/** Segments of other formats and of other indexes are merged with ours, and ours with theirs. */
public class TestSegmentsFromElsewhere extends OmenTestCase {
  private static final int COUNT = 600;

  public void testMergeWithDefaultFormat() throws IOException {
    checkMerges(TestUtil.getDefaultCodec());
  }

  public void testMergeWithSimpleText() throws IOException {
    checkMerges(Codec.forName("SimpleText"));
  }

  public void testMergeOfOtherOptions() throws IOException {
    checkMerges(OmenCodec.over(TestUtil.getDefaultCodec(), OmenVectorsOptions.DEFAULT));
  }

  /** Segments of both formats, merged by the one, then by the other. */
  private static void checkMerges(Codec other) throws IOException {
    Vectors vectors = vectors();
    try (Directory directory = newDirectory()) {
      int parts = 6;
      for (int part = 0; part < parts; part++) {
        IndexWriterConfig config = unmerged(BLOCKS);
        if (part % 2 == 0) {
          config.setCodec(other);
        }
        try (IndexWriter writer = new IndexWriter(directory, config)) {
          add(writer, vectors, part * COUNT / parts, (part + 1) * COUNT / parts);
        }
      }
      try (IndexWriter writer = new IndexWriter(directory, unmerged(BLOCKS))) {
        for (int row = 0; row < COUNT; row += 3) {
          writer.deleteDocuments(term(row));
        }
      }
      check(directory, vectors, parts);
      for (int round = 0; round < 2; round++) {
        try (IndexWriter writer = new IndexWriter(directory, config(BLOCKS))) {
          writer.forceMerge(1);
        }
        check(directory, vectors, 1);
        // A merge of one segment, to the other format and back again.
        try (IndexWriter writer = new IndexWriter(directory, config(BLOCKS).setCodec(other))) {
          writer.addDocument(document(COUNT));
          writer.forceMerge(1);
        }
        // How much the other format finds is not for us to promise.
        recall(directory, vectors, 1);
        try (IndexWriter writer = new IndexWriter(directory, config(BLOCKS))) {
          writer.deleteDocuments(term(COUNT));
        }
      }
    }
  }

  private static void check(Directory directory, Vectors vectors, int segments) throws IOException {
    assertRecall("segments: " + segments, 10, recall(directory, vectors, segments));
  }

  /** Every vector is there, and every score is right; returns the recall. */
  private static double recall(Directory directory, Vectors vectors, int segments)
      throws IOException {
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      assertEquals(segments, reader.leaves().size());
      assertTrue(assertExact(reader, vectors) >= COUNT * 2 / 3);
      Truth truth = Truth.of(vectors, vectors.range(0, 20), 10, row -> row % 3 != 0);
      return truth.recall(searcher(reader));
    }
  }

  public void testAddDirectory() throws IOException {
    Vectors vectors = vectors();
    try (Directory first = index(vectors.range(0, COUNT / 2), config(BLOCKS));
        Directory second = newDirectory()) {
      try (IndexWriter writer = new IndexWriter(second, config(BLOCKS))) {
        add(writer, vectors, COUNT / 2, COUNT);
        writer.addIndexes(first);
        checkAll(writer, vectors);
        writer.forceMerge(1);
        checkAll(writer, vectors);
      }
    }
  }

  public void testAddReaders() throws IOException {
    Vectors vectors = vectors();
    try (Directory first = index(vectors.range(0, COUNT / 2), config(BLOCKS));
        DirectoryReader reader = DirectoryReader.open(first);
        Directory second = newDirectory()) {
      try (IndexWriter writer = new IndexWriter(second, config(BLOCKS))) {
        add(writer, vectors, COUNT / 2, COUNT);
        writer.addIndexes((CodecReader) onlyLeaf(reader));
        checkAll(writer, vectors);
        writer.forceMerge(1);
        checkAll(writer, vectors);
      }
    }
  }

  public void testAddSortedReader() throws IOException {
    Vectors vectors = vectors();
    Sort sort = new Sort(new SortField(ROW, SortField.Type.INT, true));
    try (Directory first = index(vectors, config(BLOCKS));
        DirectoryReader reader = DirectoryReader.open(first);
        Directory second = newDirectory()) {
      try (IndexWriter writer = new IndexWriter(second, config(BLOCKS))) {
        writer.addIndexes(SortingCodecReader.wrap((CodecReader) onlyLeaf(reader), sort));
        checkAll(writer, vectors);
        try (DirectoryReader sorted = DirectoryReader.open(writer)) {
          assertEquals(COUNT - 1, row(onlyLeaf(sorted), 0));
        }
      }
    }
  }

  public void testAddSlowReader() throws IOException {
    Vectors vectors = vectors();
    try (Directory first = index(vectors, config(BLOCKS));
        DirectoryReader reader = DirectoryReader.open(first);
        Directory second = newDirectory()) {
      try (IndexWriter writer = new IndexWriter(second, config(BLOCKS))) {
        writer.addIndexes(SlowCodecReaderWrapper.wrap(new Plain(onlyLeaf(reader))));
        checkAll(writer, vectors);
      }
    }
  }

  public void testAddReadersWithDeletes() throws IOException {
    Vectors vectors = vectors();
    try (Directory first = index(vectors, config(BLOCKS));
        Directory second = newDirectory()) {
      try (IndexWriter writer = new IndexWriter(first, unmerged(BLOCKS))) {
        for (int row = 0; row < COUNT; row += 3) {
          writer.deleteDocuments(term(row));
        }
      }
      try (DirectoryReader reader = DirectoryReader.open(first);
          IndexWriter writer = new IndexWriter(second, config(BLOCKS))) {
        List<LeafReaderContext> leaves = reader.leaves();
        writer.addIndexes((CodecReader) leaves.get(0).reader());
      }
      check(second, vectors, 1);
    }
  }

  private static void checkAll(IndexWriter writer, Vectors vectors) throws IOException {
    try (DirectoryReader reader = DirectoryReader.open(writer)) {
      assertEquals(COUNT, assertExact(reader, vectors));
      assertRecall("all", 10, Truth.of(vectors, vectors.range(0, 20), 10).recall(searcher(reader)));
    }
  }

  private static Vectors vectors() {
    return Vectors.random(
        random(), COUNT, 30, random().nextBoolean(), VectorSimilarityFunction.EUCLIDEAN);
  }

  /** Hides that a reader is one of a codec. */
  private static final class Plain extends FilterLeafReader {
    Plain(LeafReader in) {
      super(in);
    }

    @Override
    public CacheHelper getCoreCacheHelper() {
      return null;
    }

    @Override
    public CacheHelper getReaderCacheHelper() {
      return null;
    }
  }
}
