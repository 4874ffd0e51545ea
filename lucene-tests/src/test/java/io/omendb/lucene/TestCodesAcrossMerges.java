/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.InfoStream;

/** Merges copy codes while the codebook fits, and train a new one when it no longer does. */
public class TestCodesAcrossMerges extends OmenTestCase {
  private static final VectorSimilarityFunction SIMILARITY = VectorSimilarityFunction.EUCLIDEAN;

  /** Drawn from all frequencies, so that every part of them has the same distribution. */
  private static final Vectors BASE = Vectors.of(drawn(), SIMILARITY);

  private static float[][] drawn() {
    float[][] rows = new float[9000][];
    for (int row = 0; row < rows.length; row++) {
      // 7,919 is prime to 20,000, so no vector comes twice.
      rows[row] = GloveSample.base()[(int) (row * 7919L % 20_000)];
    }
    return rows;
  }

  public void testCodesAreCopied() throws IOException {
    Messages messages = new Messages();
    try (Directory directory = newDirectory();
        IndexWriter writer = writer(directory, messages)) {
      flushInParts(writer, BASE, 3);
      messages.forget();
      writer.forceMerge(1);
      messages.assertCodes(9000, 0);
      assertTrue(messages.any("kept"));
      check(writer, BASE);
    }
  }

  public void testCodesOfDeletedVectorsAreLeftBehind() throws IOException {
    Messages messages = new Messages();
    try (Directory directory = newDirectory();
        IndexWriter writer = writer(directory, messages)) {
      flushInParts(writer, BASE, 3);
      for (int row = 0; row < 9000; row += 10) {
        writer.deleteDocuments(term(row));
      }
      writer.commit();
      messages.forget();
      writer.forceMerge(1);
      messages.assertCodes(8100, 0);
    }
  }

  public void testCodesOfSortedSegmentsAreCopied() throws IOException {
    Messages messages = new Messages();
    Sort sort = new Sort(new SortField(ROW, SortField.Type.INT, true));
    try (Directory directory = newDirectory();
        IndexWriter writer =
            new IndexWriter(
                directory,
                config(OmenVectorsOptions.DEFAULT).setInfoStream(messages).setIndexSort(sort))) {
      flushInParts(writer, BASE, 3);
      messages.forget();
      writer.forceMerge(1);
      messages.assertCodes(9000, 0);
      check(writer, BASE);
    }
  }

  public void testSmallSegmentsAreEncoded() throws IOException {
    Messages messages = new Messages();
    try (Directory directory = newDirectory();
        IndexWriter writer = writer(directory, messages)) {
      add(writer, BASE, 0, 8000);
      writer.flush();
      add(writer, BASE, 8000, 9000);
      writer.flush();
      messages.forget();
      writer.forceMerge(1);
      messages.assertCodes(8000, 1000);
      check(writer, BASE);
    }
  }

  public void testGrowthRetrains() throws IOException {
    Messages messages = new Messages();
    try (Directory directory = newDirectory();
        IndexWriter writer = writer(directory, messages)) {
      add(writer, BASE, 0, 2100);
      writer.flush();
      add(writer, BASE, 2100, 9000);
      messages.forget();
      writer.flush();
      writer.forceMerge(1);
      // The flush may keep the codebook of 2,100 vectors, but not the whole of four times as many.
      assertTrue(messages.any("vectors now") || messages.any("error"));
      check(writer, BASE);
    }
  }

  public void testDriftRetrains() throws IOException {
    float[][] rows = BASE.floats().clone();
    for (int row = rows.length / 2; row < rows.length; row++) {
      rows[row] = shifted(rows[row]);
    }
    Vectors drifted = Vectors.of(rows, SIMILARITY);
    Messages messages = new Messages();
    try (Directory directory = newDirectory()) {
      try (IndexWriter writer = writer(directory, messages)) {
        add(writer, drifted, 0, rows.length / 2);
      }
      // Another writer, which knows nothing of the codebook of the first.
      try (IndexWriter writer = writer(directory, messages)) {
        add(writer, drifted, rows.length / 2, rows.length);
        writer.flush();
        messages.forget();
        writer.forceMerge(1);
        assertTrue(messages.any("retrained: error"));
        messages.assertCodes(0, rows.length);
        check(writer, drifted);
      }
    }
  }

  /** The flush in a topic of its own may use the codebook at hand, but not for ever. */
  public void testDriftBetweenFlushes() throws IOException {
    float[][] rows = BASE.floats().clone();
    for (int row = 3000; row < rows.length; row++) {
      rows[row] = shifted(rows[row]);
    }
    Vectors drifted = Vectors.of(rows, SIMILARITY);
    Messages messages = new Messages();
    try (Directory directory = newDirectory();
        IndexWriter writer = writer(directory, messages)) {
      flushInParts(writer, drifted, 3);
      check(writer, drifted);
      writer.forceMerge(1);
      check(writer, drifted);
    }
  }

  /** Elsewhere, and with other strong directions. */
  private static float[] shifted(float[] vector) {
    float[] shifted = new float[vector.length];
    for (int d = 0; d < vector.length; d++) {
      shifted[d] = (d % 2 == 0 ? 2 : 0.5f) * vector[(7 * d + 3) % vector.length] + 3;
    }
    return shifted;
  }

  private static IndexWriter writer(Directory directory, Messages messages) throws IOException {
    IndexWriterConfig config = config(OmenVectorsOptions.DEFAULT).setInfoStream(messages);
    return new IndexWriter(directory, config);
  }

  private static void flushInParts(IndexWriter writer, Vectors vectors, int parts)
      throws IOException {
    for (int part = 0; part < parts; part++) {
      add(writer, vectors, part * vectors.size() / parts, (part + 1) * vectors.size() / parts);
      writer.flush();
    }
  }

  private static void check(IndexWriter writer, Vectors vectors) throws IOException {
    try (DirectoryReader reader = DirectoryReader.open(writer)) {
      assertEquals(vectors.size(), assertExact(reader, vectors));
      Vectors asked = vectors.range(vectors.size() / 2 - 20, vectors.size() / 2 + 20);
      assertRecall("merged", 10, Truth.of(vectors, asked, 10).recall(searcher(reader)));
    }
  }

  /** What the format says about its work. */
  private static final class Messages extends InfoStream {
    private static final Pattern CODES =
        Pattern.compile("field \"vector\": (\\d+) codes copied, (\\d+) encoded");

    private final List<String> messages = new ArrayList<>();

    @Override
    public void message(String component, String message) {
      messages.add(message);
    }

    @Override
    public boolean isEnabled(String component) {
      return component.equals("OMEN");
    }

    @Override
    public void close() {}

    void forget() {
      messages.clear();
    }

    boolean any(String part) {
      return messages.stream().anyMatch(message -> message.contains(part));
    }

    void assertCodes(int copied, int encoded) {
      for (String message : messages) {
        Matcher codes = CODES.matcher(message);
        if (codes.matches()) {
          assertEquals(message, copied, Integer.parseInt(codes.group(1)));
          assertEquals(message, encoded, Integer.parseInt(codes.group(2)));
          return;
        }
      }
      fail("nothing about codes in " + messages);
    }
  }
}
