/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import io.omendb.lucene.observe.BuildReport;
import io.omendb.lucene.observe.Observers;
import io.omendb.lucene.observe.OmenObserver;
import io.omendb.lucene.observe.SearchCost;
import io.omendb.lucene.observe.SearchReport;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.Query;
import org.apache.lucene.store.Directory;

/** What segments and observers tell of an index is what has been done with it. */
public class TestSegmentStats extends OmenTestCase {
  private static final int K = 10;
  private static final int ROWS = 6000;
  private static final Vectors BASE =
      Vectors.of(GloveSample.base(), VectorSimilarityFunction.COSINE).range(0, ROWS);
  private static final Vectors ASKED =
      Vectors.of(GloveSample.queries(), VectorSimilarityFunction.COSINE);

  /** Hears of everything in this JVM, in which one test runs at a time. */
  private static final class Ear implements OmenObserver {
    final List<SearchReport> searches = new CopyOnWriteArrayList<>();
    final List<BuildReport> builds = new CopyOnWriteArrayList<>();

    @Override
    public void searched(SearchReport report) {
      searches.add(report);
    }

    @Override
    public void built(BuildReport report) {
      builds.add(report);
    }
  }

  public void testCodedSegment() throws IOException {
    try (Directory directory = index(BASE, config(OmenVectorsOptions.DEFAULT));
        DirectoryReader reader = DirectoryReader.open(directory)) {
      LeafReader leaf = onlyLeaf(reader);
      SegmentStats stats = SegmentStats.of(leaf, FIELD);
      assertEquals(FIELD, stats.field());
      assertEquals(GloveSample.DIMENSION, stats.dimension());
      assertEquals(ROWS, stats.vectors());
      int blocks = (ROWS + 63) / 64;
      assertEquals(blocks, stats.blocks());
      assertFalse(stats.graph());
      assertEquals((long) ROWS * GloveSample.DIMENSION * Float.BYTES, stats.rawBytes());
      assertEquals(blocks * 64L * 32, stats.codeBytes());
      assertTrue(stats.indexBytes() > 0);
      int trainedOn = stats.codebook().trainedOn();
      assertTrue("trained on " + trainedOn, trainedOn > ROWS / 2 && trainedOn <= ROWS);
      assertTrue(stats.codebook().error() > 0);
      assertTrue(stats.codebook().noise() > 0);
      assertEquals(
          stats.codeBytes() + stats.indexBytes() + stats.codebook().bytes(), stats.hotBytes());
      assertEquals(new SegmentStats.Searches(0, 0, 0, 0), stats.searches());
    }
  }

  public void testSearchesAreCounted() throws IOException {
    Ear ear = new Ear();
    try (Directory directory = index(BASE, config(OmenVectorsOptions.DEFAULT));
        DirectoryReader reader = DirectoryReader.open(directory)) {
      LeafReader leaf = onlyLeaf(reader);
      Observers.add(ear);
      try {
        search(reader, null);
        search(reader, filter(ROWS, row -> row % 25 == 0));
        search(reader, filter(ROWS, row -> row < 12));
      } finally {
        Observers.remove(ear);
      }
      assertEquals(3, ear.searches.size());
      SearchCost open = ear.searches.get(0).cost();
      assertEquals(SearchCost.Regime.BLOCKS, open.regime());
      assertTrue(open.toString(), open.codes() > open.rows() && open.rows() >= K);
      assertTrue(open.toString(), open.codes() <= 64 * open.blocks());
      SearchCost few = ear.searches.get(1).cost();
      assertEquals(SearchCost.Regime.FEW, few.regime());
      assertTrue(few.toString(), few.codes() > 0 && few.codes() <= ROWS / 25);
      SearchCost exact = ear.searches.get(2).cost();
      assertEquals(
          new SearchCost(SearchCost.Regime.RAW, 0, 0, 12, 0, 0, exact.rerankNanos()), exact);
      for (SearchReport report : ear.searches) {
        assertEquals(FIELD, report.field());
        assertEquals(ROWS, report.vectors());
        assertEquals(K, report.k());
        assertEquals(SegmentStats.of(leaf, FIELD).segment(), report.segment());
      }
      assertEquals(
          new SegmentStats.Searches(
              3, 1, open.codes() + few.codes(), open.rows() + few.rows() + exact.rows()),
          SegmentStats.of(leaf, FIELD).searches());
    }
  }

  private static void search(DirectoryReader reader, Query filter) throws IOException {
    assertEquals(K, searcher(reader).search(ASKED.query(FIELD, 0, K, filter), K).scoreDocs.length);
  }

  public void testBuildsAreReported() throws IOException {
    Ear ear = new Ear();
    Observers.add(ear);
    try (Directory directory = newDirectory()) {
      try (IndexWriter writer = new IndexWriter(directory, config(OmenVectorsOptions.DEFAULT))) {
        add(writer, BASE, 0, 3000);
        writer.flush();
        add(writer, BASE, 3000, ROWS);
        writer.flush();
        writer.forceMerge(1);
      }
    } finally {
      Observers.remove(ear);
    }
    assertEquals(3, ear.builds.size());
    assertTrue(ear.builds.get(0).trained());
    assertFalse(ear.builds.get(0).merge());
    assertEquals(0, ear.builds.get(0).copied());
    assertFalse(ear.builds.get(1).merge());
    BuildReport merge = ear.builds.get(2);
    assertTrue(merge.merge());
    assertEquals(ROWS, merge.vectors());
    assertEquals(FIELD, merge.field());
    assertTrue(merge.toString(), merge.trained() ? merge.copied() == 0 : merge.copied() == ROWS);
  }

  public void testSmallSegmentAndOtherFields() throws IOException {
    try (Directory directory = newDirectory()) {
      try (IndexWriter writer = new IndexWriter(directory, config(OmenVectorsOptions.DEFAULT))) {
        Document document = document(0, BASE);
        document.add(new StringField("text", "a", Field.Store.NO));
        writer.addDocument(document);
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        LeafReader leaf = onlyLeaf(reader);
        SegmentStats stats = SegmentStats.of(leaf, FIELD);
        assertEquals(0, stats.blocks());
        assertEquals(0, stats.codeBytes());
        assertNull(stats.codebook());
        assertEquals(stats.rawBytes(), stats.hotBytes());
        assertNull(SegmentStats.of(leaf, "text"));
        assertNull(SegmentStats.of(leaf, "missing"));
      }
    }
  }
}
