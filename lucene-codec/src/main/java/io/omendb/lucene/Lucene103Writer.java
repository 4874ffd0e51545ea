/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import io.omendb.lucene.write.RecentCodebooks;
import java.io.IOException;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.MergeState;
import org.apache.lucene.index.SegmentWriteState;

/** For Lucene 10.3 and 10.4, where a field is merged in one step. */
final class Lucene103Writer extends OmenVectorsWriter {
  Lucene103Writer(
      SegmentWriteState state, OmenVectorsOptions options, RecentCodebooks recentCodebooks)
      throws IOException {
    super(state, options, recentCodebooks);
  }

  @Override
  public void mergeOneField(FieldInfo field, MergeState mergeState) throws IOException {
    rawWriter().mergeOneField(field, mergeState);
    rawMerged(field, mergeState, () -> {});
  }
}
