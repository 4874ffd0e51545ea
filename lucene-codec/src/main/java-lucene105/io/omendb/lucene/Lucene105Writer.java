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
import org.apache.lucene.util.IORunnable;

/** For Lucene 10.5 and later, where merging a field may return work to be done afterwards. */
final class Lucene105Writer extends OmenVectorsWriter {
  Lucene105Writer(
      SegmentWriteState state, OmenVectorsOptions options, RecentCodebooks recentCodebooks)
      throws IOException {
    super(state, options, recentCodebooks);
  }

  @Override
  public IORunnable mergeOneField(FieldInfo field, MergeState mergeState) throws IOException {
    IORunnable deferred = rawWriter().mergeOneField(field, mergeState);
    if (deferred != null) {
      deferred.run();
    }
    rawMerged(field, mergeState, mergeState::checkAborted);
    return null;
  }
}
