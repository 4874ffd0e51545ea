/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.store.ByteBuffersDataInput;
import org.apache.lucene.store.ByteBuffersIndexInput;
import org.apache.lucene.store.FilterIndexInput;
import org.apache.lucene.util.hnsw.RandomVectorScorer;
import org.junit.jupiter.api.Test;

class TestReranker {
  private static final int DIMENSION = 3;
  private static final int ROW_BYTES = DIMENSION * Float.BYTES;
  private static final int COUNT = 200;
  private static final int[] EVEN = IntStream.range(0, 70).map(i -> 2 * i).toArray();

  /** What happens to rows: read at a place of the file, scored. */
  private final List<String> events = new ArrayList<>();

  /** Time is up once so many vectors were scored. */
  private int scoredInTime = Integer.MAX_VALUE;

  private int scored;

  private final class Input extends FilterIndexInput {
    Input() {
      super(
          "rows",
          new ByteBuffersIndexInput(
              new ByteBuffersDataInput(List.of(ByteBuffer.allocate(COUNT * ROW_BYTES))), "rows"));
    }

    @Override
    public byte readByte() throws IOException {
      events.add("read " + getFilePointer());
      return super.readByte();
    }
  }

  /** Rows in a file. */
  private FloatVectorValues inFile() {
    return new FileRows(DIMENSION, COUNT, new Input());
  }

  private Reranker reranker(FloatVectorValues values) {
    RandomVectorScorer scorer =
        new RandomVectorScorer.AbstractRandomVectorScorer(values) {
          @Override
          public float score(int ord) {
            events.add("score " + ord);
            scored++;
            return 1f / (1 + ord);
          }
        };
    return new Reranker(
        scorer,
        new KnnCollector.Decorator(new TopKnnCollector(10, Integer.MAX_VALUE)) {
          @Override
          public boolean earlyTerminated() {
            return scored >= scoredInTime;
          }
        });
  }

  private static List<String> batch(int from, int to, boolean touched) {
    List<String> events = new ArrayList<>();
    for (int i = from; touched && i < to; i++) {
      events.add("read " + EVEN[i] * ROW_BYTES);
    }
    for (int i = from; i < to; i++) {
      events.add("score " + EVEN[i]);
    }
    return events;
  }

  /** The first byte of each row of a batch, and then the batch. */
  @Test
  void testTouchesRows() throws IOException {
    FloatVectorValues values = inFile();
    Reranker reranker = reranker(values);
    reranker.touchRows(values);
    reranker.collect(EVEN, EVEN.length);
    List<String> expected = batch(0, Reranker.BATCH, true);
    expected.addAll(batch(Reranker.BATCH, EVEN.length, true));
    assertEquals(expected, events);
    assertEquals(EVEN.length, reranker.scored());
  }

  @Test
  void testTouchesNothingUnlessAsked() throws IOException {
    reranker(inFile()).collect(EVEN, 5);
    assertEquals(batch(0, 5, false), events);
  }

  /** Nor where rows are not known to be in a file. */
  @Test
  void testTouchesNothingElsewhere() throws IOException {
    FloatVectorValues values =
        FloatVectorValues.fromFloats(Collections.nCopies(COUNT, new float[DIMENSION]), DIMENSION);
    Reranker reranker = reranker(values);
    reranker.touchRows(values);
    reranker.collect(EVEN, 5);
    assertEquals(batch(0, 5, false), events);
  }

  /** When time is up, no row of the next batch is read. */
  @Test
  void testTimeIsUp() throws IOException {
    scoredInTime = Reranker.BATCH;
    FloatVectorValues values = inFile();
    Reranker reranker = reranker(values);
    reranker.touchRows(values);
    reranker.collect(EVEN, EVEN.length);
    assertEquals(batch(0, Reranker.BATCH, true), events);
    assertFalse(events.contains("read " + EVEN[Reranker.BATCH] * ROW_BYTES));
  }
}
