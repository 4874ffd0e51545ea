/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.codecs.lucene95.HasIndexSlice;
import org.apache.lucene.index.KnnVectorValues;

/**
 * Whether the raw vectors that the searches of a field read are in memory. To ask costs
 * microseconds, so only one search in so many does, for one of the rows that it is about to read;
 * what must know before there was such a look asks for itself. Where the directory does not know,
 * rows count neither as cold nor as loaded.
 */
final class RowResidency {
  /** Searches for each that asks; the first ones, which find nothing in memory yet, do not. */
  private static final int SEARCHES_PER_LOOK = 32;

  /** Looks, one after the other, that must find their row in memory for all to count so. */
  private static final int ENOUGH_LOADED = 4;

  private final AtomicInteger searches = new AtomicInteger();

  /** Looks that found their row in memory since one did not, up to that number. */
  private final AtomicInteger loaded = new AtomicInteger(ENOUGH_LOADED);

  /** Whether the last look was told anything. */
  private volatile boolean known;

  /** Whether there was any look. */
  private volatile boolean looked;

  /**
   * Whether a row is in memory.
   *
   * @return empty where that is not known
   */
  private static Optional<Boolean> isLoaded(KnnVectorValues values, int ord) throws IOException {
    if (!(values instanceof HasIndexSlice slices) || slices.getSlice() == null) {
      return Optional.empty();
    }
    int length = values.getVectorByteLength();
    return slices.getSlice().slice("row", (long) ord * length, length).isLoaded();
  }

  /**
   * Whether rows are known to be in memory: by the looks that searches had, or, before there was
   * any, by one at some row.
   *
   * @param ords rows that may be read, at least one
   */
  boolean areLoaded(KnnVectorValues values, int[] ords) throws IOException {
    if (looked) {
      return areLoaded();
    }
    // Another one for each search, also where all have the same filter.
    int some = Math.floorMod(searches.get(), ords.length);
    return isLoaded(values, ords[some]).orElse(false);
  }

  /** Whether searches have looked, and found rows in memory. */
  boolean areLoaded() {
    return known && !areCold();
  }

  /** Whether rows have to be read from a disk, some of them at least. */
  boolean areCold() {
    return loaded.get() < ENOUGH_LOADED;
  }

  /**
   * To be called by each search, once, before it reads rows.
   *
   * @param ords the rows, at least one
   */
  void look(KnnVectorValues values, int[] ords, int length) throws IOException {
    if (searches.incrementAndGet() % SEARCHES_PER_LOOK == 0) {
      Optional<Boolean> told = isLoaded(values, ords[length / 2]);
      boolean found = told.orElse(true);
      loaded.updateAndGet(count -> found ? Math.min(ENOUGH_LOADED, count + 1) : 0);
      known = told.isPresent();
      looked = true;
    }
  }
}
