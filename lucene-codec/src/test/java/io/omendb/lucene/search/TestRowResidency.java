/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.store.ByteBuffersDataInput;
import org.apache.lucene.store.ByteBuffersIndexInput;
import org.apache.lucene.store.FilterIndexInput;
import org.apache.lucene.store.IndexInput;
import org.junit.jupiter.api.Test;

class TestRowResidency {
  private static final int DIMENSION = 3;
  private static final int BYTES = DIMENSION * Float.BYTES;
  private static final int LOOK = 32;

  private final RowResidency residency = new RowResidency();

  /** What is told of the next row that is asked for. */
  private Optional<Boolean> told = Optional.of(true);

  /** Rows that were asked for. */
  private final List<Integer> asked = new ArrayList<>();

  private final KnnVectorValues values = new FileRows(DIMENSION, 100, new Input());

  private final class Input extends FilterIndexInput {
    Input() {
      super(
          "rows",
          new ByteBuffersIndexInput(
              new ByteBuffersDataInput(List.of(ByteBuffer.allocate(1))), "nothing"));
    }

    @Override
    public IndexInput slice(String description, long offset, long length) {
      assertEquals(BYTES, length);
      assertEquals(0, offset % BYTES);
      asked.add((int) (offset / BYTES));
      return new Input();
    }

    @Override
    public Optional<Boolean> isLoaded() {
      return told;
    }
  }

  private void search(int times) throws IOException {
    for (int i = 0; i < times; i++) {
      residency.look(values, new int[] {4, 7, 9, 50, 51}, 3);
    }
  }

  @Test
  void testSeldomAsksForARowThatIsRead() throws IOException {
    search(LOOK - 1);
    assertEquals(List.of(), asked);
    search(3 * LOOK);
    assertEquals(List.of(7, 7, 7), asked);
    assertFalse(residency.areCold());
  }

  @Test
  void testOneColdRowIsEnough() throws IOException {
    told = Optional.of(false);
    search(LOOK - 1);
    assertFalse(residency.areCold());
    search(1);
    assertTrue(residency.areCold());
  }

  @Test
  void testWarmAfterSeveralRowsInMemory() throws IOException {
    told = Optional.of(false);
    search(LOOK);
    told = Optional.of(true);
    search(3 * LOOK);
    assertTrue(residency.areCold());
    told = Optional.of(false);
    search(LOOK);
    told = Optional.of(true);
    search(3 * LOOK);
    assertTrue(residency.areCold());
    search(LOOK);
    assertFalse(residency.areCold());
  }

  @Test
  void testUnknownCountsAsInMemory() throws IOException {
    told = Optional.empty();
    search(LOOK);
    assertEquals(1, asked.size());
    assertFalse(residency.areCold());
  }

  /** Before any look, each search that wants to know asks for itself. */
  @Test
  void testAsksUntilSomeSearchHasLooked() throws IOException {
    int[] rows = {5, 6};
    assertTrue(residency.areLoaded(values, rows));
    told = Optional.of(false);
    search(1);
    assertFalse(residency.areLoaded(values, rows));
    assertFalse(residency.areCold(), "others do not learn from that");
    search(1);
    assertFalse(residency.areLoaded(values, rows));
    assertEquals(List.of(5, 6, 5), asked);
    told = Optional.of(true);
    assertFalse(residency.areLoaded(), "no search has looked");
    search(LOOK);
    asked.clear();
    assertTrue(residency.areLoaded(values, rows));
    assertTrue(residency.areLoaded());
    assertEquals(List.of(), asked);
    told = Optional.of(false);
    search(LOOK);
    assertFalse(residency.areLoaded(values, rows));
    assertFalse(residency.areLoaded());
    told = Optional.of(true);
    search(3 * LOOK);
    assertFalse(residency.areLoaded(values, rows));
    search(LOOK);
    assertTrue(residency.areLoaded(values, rows));
  }

  @Test
  void testWhatNobodyKnowsIsNotLoaded() throws IOException {
    told = Optional.empty();
    int[] rows = {5};
    assertFalse(residency.areLoaded(values, rows));
    KnnVectorValues onHeap = FloatVectorValues.fromFloats(List.of(new float[DIMENSION]), DIMENSION);
    assertFalse(residency.areLoaded(onHeap, new int[1]));
    search(LOOK);
    asked.clear();
    assertFalse(residency.areLoaded(values, rows));
    assertFalse(residency.areLoaded());
    assertEquals(List.of(), asked, "no use to ask again");
  }
}
