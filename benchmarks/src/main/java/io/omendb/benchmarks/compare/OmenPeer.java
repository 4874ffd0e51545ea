/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import io.omendb.lucene.OmenCodec;
import io.omendb.lucene.OmenVectorsOptions;
import io.omendb.lucene.SearchDepth;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;

/** This project's format with default options. Its knob is the depth of each query, usually 1. */
final class OmenPeer extends LucenePeer {
  private static final double[] DEPTHS = {.1, .25, .5, .75, 1, 1.5, 2, 3, 4, 6};

  OmenPeer() {
    super(
        "omendb",
        "OmenVectorsFormat, default options, a build worker for each thread, k as wanted and SearchDepth;"
            + " reranks within the search",
        (threads, executor) ->
            OmenCodec.over(
                Codec.getDefault(),
                OmenVectorsOptions.DEFAULT.withExecutor(threads == 1 ? null : executor)),
        false,
        false);
  }

  @Override
  public List<Setting> settings(int k) {
    return Arrays.stream(DEPTHS)
        .mapToObj(depth -> new Setting(name(), "depth", depth, false))
        .toList();
  }

  @Override
  public boolean answersDependOnMemory() {
    return true;
  }

  @Override
  Query query(float[] vector, int k, Setting setting, RowFilter filter) {
    SearchDepth depth = new SearchDepth((float) setting.value());
    return new KnnFloatVectorQuery(LuceneIndex.VECTOR, vector, k, filter, depth);
  }
}
