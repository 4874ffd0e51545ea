/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.Directory;

/** Default options find what an exact search finds, whatever the history of the index. */
public class TestRecall extends OmenTestCase {
  private static final int QUERIES = 200;

  private static final Vectors BASE =
      Vectors.of(GloveSample.base(), VectorSimilarityFunction.COSINE);
  private static final Vectors ASKED =
      Vectors.of(GloveSample.queries(), VectorSimilarityFunction.COSINE).range(0, QUERIES);

  public void testOneSegment() throws IOException {
    try (Directory directory = index(BASE, config(OmenVectorsOptions.DEFAULT))) {
      assertRecall(directory, 1);
    }
  }

  public void testSeveralSegments() throws IOException {
    try (Directory directory = newDirectory()) {
      try (IndexWriter writer = new IndexWriter(directory, unmerged(OmenVectorsOptions.DEFAULT))) {
        int[] ends = {9000, 12_000, 15_000, 17_500, 18_500, 19_990, BASE.size()};
        int from = 0;
        for (int end : ends) {
          add(writer, BASE, from, end);
          writer.flush();
          from = end;
        }
      }
      assertRecall(directory, 7);
    }
  }

  public void testManySmallCommitsThenForceMerge() throws IOException {
    double atOnce = recallAt10OfOneShot();
    try (Directory directory = newDirectory()) {
      try (IndexWriter writer = new IndexWriter(directory, config(OmenVectorsOptions.DEFAULT))) {
        for (int from = 0; from < BASE.size(); from += 100) {
          add(writer, BASE, from, from + 100);
          writer.commit();
        }
        writer.forceMerge(1);
      }
      assertEquals(atOnce, assertRecall(directory, 1), 0.01);
    }
  }

  public void testRoundsOfUpdates() throws IOException {
    double atOnce = recallAt10OfOneShot();
    try (Directory directory = index(BASE, config(OmenVectorsOptions.DEFAULT))) {
      try (IndexWriter writer = new IndexWriter(directory, config(OmenVectorsOptions.DEFAULT))) {
        for (int round = 0; round < 20; round++) {
          for (int i = 0; i < BASE.size() / 20; i++) {
            int row = random().nextInt(BASE.size());
            writer.updateDocument(term(row), document(row, BASE));
          }
          writer.commit();
          writer.forceMerge(1);
        }
      }
      assertEquals(atOnce, assertRecall(directory, 1), 0.01);
    }
  }

  public void testDeletes() throws IOException {
    int every = 2 + random().nextInt(4);
    try (Directory directory = index(BASE, config(OmenVectorsOptions.DEFAULT))) {
      try (IndexWriter writer = new IndexWriter(directory, unmerged(OmenVectorsOptions.DEFAULT))) {
        for (int row = 0; row < BASE.size(); row += every) {
          writer.deleteDocuments(term(row));
        }
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        assertTrue(reader.hasDeletions());
        for (int k : new int[] {10, 100}) {
          Truth truth = Truth.of(BASE, ASKED, k, row -> row % every != 0);
          assertRecall("deleted 1 of " + every, k, truth.recall(searcher(reader)));
        }
      }
    }
  }

  public void testGraph() throws IOException {
    OmenVectorsOptions graph = OmenVectorsOptions.DEFAULT.withGraphThreshold(1);
    try (Directory directory = index(BASE, config(graph))) {
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        FieldInfo field = onlyLeaf(reader).getFieldInfos().fieldInfo(FIELD);
        assertNotNull(omen(onlyLeaf(reader)).blocks(field).graph());
      }
      assertRecall(directory, 1);
    }
  }

  public void testScalarKernelsOrNot() throws IOException {
    String kernels = System.getProperty("omendb.tests.kernels");
    assumeTrue("set by the build", kernels != null);
    boolean scalar = Kernels.best().name().contains("scalar");
    assertEquals(kernels, scalar ? "scalar" : "simd");
  }

  private static double recallAt10OfOneShot() throws IOException {
    try (Directory directory = index(BASE, config(OmenVectorsOptions.DEFAULT));
        DirectoryReader reader = DirectoryReader.open(directory)) {
      return Truth.of(BASE, ASKED, 10).recall(searcher(reader));
    }
  }

  /** Returns the recall at 10. */
  private static double assertRecall(Directory directory, int segments) throws IOException {
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      assertEquals(segments, reader.leaves().size());
      assertEquals(BASE.size(), reader.numDocs());
      double at10 = Truth.of(BASE, ASKED, 10).recall(searcher(reader));
      assertRecall("segments: " + segments, 10, at10);
      double at100 = Truth.of(BASE, ASKED, 100).recall(searcher(reader));
      assertRecall("segments: " + segments, 100, at100);
      return at10;
    }
  }
}
