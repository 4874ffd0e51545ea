/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * Changes an index without end, going on from its last commit: what {@link TestCrash} runs in a JVM
 * of its own and kills. Prints how many changes are committed after each commit.
 */
final class KilledWriter {
  private KilledWriter() {}

  /** Arguments: directory, seed of the history. */
  public static void main(String[] args) throws IOException {
    History history = new History(Long.parseLong(args[1]));
    try (Directory directory = FSDirectory.open(Path.of(args[0]));
        IndexWriter writer = new IndexWriter(directory, config(Codec.getDefault()))) {
      int changes = committed(writer);
      System.out.println(changes);
      while (changes >= 0) {
        changes = change(writer, history, changes);
      }
    }
  }

  /** Small segments with codes and graphs, merged all the time. */
  static IndexWriterConfig config(Codec codec) {
    TieredMergePolicy merges = new TieredMergePolicy();
    merges.setSegmentsPerTier(3);
    OmenVectorsOptions options =
        OmenVectorsOptions.DEFAULT.withCodesThreshold(24).withGraphThreshold(3);
    return new IndexWriterConfig()
        .setCodec(OmenCodec.over(codec, options))
        .setMergePolicy(merges)
        .setMaxBufferedDocs(90);
  }

  /** Changes that the last commit of a writer holds. */
  static int committed(IndexWriter writer) {
    Iterable<Map.Entry<String, String>> data = writer.getLiveCommitData();
    Map<String, String> map = new HashMap<>();
    if (data != null) {
      data.forEach(entry -> map.put(entry.getKey(), entry.getValue()));
    }
    return History.changes(map);
  }

  private static int change(IndexWriter writer, History history, int before) throws IOException {
    history.apply(writer, before);
    int changes = before + 1;
    if (changes % 200 == 0) {
      writer.forceMerge(1, false);
    }
    if (changes % 40 == 0) {
      History.commit(writer, changes);
      System.out.println(changes);
    }
    return changes;
  }
}
