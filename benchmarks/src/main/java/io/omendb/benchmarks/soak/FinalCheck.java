/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.soak;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import org.apache.lucene.index.CheckIndex;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.Directory;

/** What is in an index that was closed, against what should be. */
final class FinalCheck {
  private FinalCheck() {}

  /** Segments that {@code CheckIndex} finds damaged; 1 for an index that cannot be opened. */
  static int problems(Directory directory) throws IOException {
    try (CheckIndex check = new CheckIndex(directory)) {
      check.setLevel(CheckIndex.Level.MIN_LEVEL_FOR_INTEGRITY_CHECKS);
      CheckIndex.Status status = check.checkIndex();
      return status.clean ? 0 : Math.max(1, status.numBadSegments);
    }
  }

  /** Documents that are missing, that should not be there, or whose vector is another one. */
  static int lost(Directory directory, LiveDocuments documents) throws IOException {
    BitSet right = new BitSet(documents.keys());
    int[] surplus = new int[1];
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      LiveScan.of(
          reader,
          (key, row, vector) -> {
            if (documents.holds(key, row)
                && !right.get(key)
                && Arrays.equals(vector, documents.vector(row))) {
              right.set(key);
            } else {
              surplus[0]++;
            }
          });
    }
    return surplus[0] + documents.count() - right.cardinality();
  }
}
