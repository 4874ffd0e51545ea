/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;

/**
 * One thread replaces documents by themselves, so that the right answers stay, another searches
 * what a reader, refreshed each second, shows of that. Only for formats of Lucene: the files of
 * JVector cannot be appended to.
 */
final class WhileIndexing {
  private static final long SEED = 11;
  private static final long REFRESH_NANOS = 1_000_000_000L;
  private static final double BUFFER_MB = 16;

  private final SetRun run;

  WhileIndexing(SetRun run) {
    this.run = run;
  }

  /** Measures each peer for as long as the rounds of a curve's six points take. */
  List<Figure> measure() throws IOException {
    List<Figure> figures = new ArrayList<>();
    for (Peer peer : run.plan().peers()) {
      if (peer instanceof LucenePeer lucene) {
        Path folder = run.work().resolve(peer.name()).resolve("indexing");
        IOUtils.rm(folder);
        IndexFolders.copy(run.one(peer), folder);
        try {
          figures.addAll(measure(lucene, folder));
        } finally {
          IOUtils.rm(folder);
        }
      }
    }
    return figures;
  }

  private List<Figure> measure(LucenePeer peer, Path folder) throws IOException {
    LuceneBuild build = new LuceneBuild(run.rows(), peer.codec(), 1);
    Setting setting = new UsualSettings(run).of(peer);
    double seconds = 6 * run.plan().rounds() * run.plan().seconds();
    AtomicBoolean over = new AtomicBoolean();
    AtomicLong updated = new AtomicLong();
    Latencies latencies = new Latencies();
    double[] recall = new double[1];
    long start = System.nanoTime();
    try (Directory directory = FSDirectory.open(folder);
        IndexWriter writer =
            new IndexWriter(
                directory, build.config(LuceneBuild.mergePolicy()).setRAMBufferSizeMB(BUFFER_MB));
        Workers workers = new Workers(2)) {
      workers.run(thread -> {
        if (thread == 0) {
          try {
            recall[0] = search(peer, setting, writer, seconds, latencies);
          } finally {
            over.set(true);
          }
        } else {
          SplittableRandom random = new SplittableRandom(SEED);
          while (!over.get()) {
            int row = random.nextInt(run.rows().length);
            writer.updateDocument(
                new Term(LuceneIndex.ROW, String.valueOf(row)), build.document(row));
            updated.incrementAndGet();
          }
        }
      });
    }
    double took = (System.nanoTime() - start) / 1e9;
    return List.of(
        figure(peer, setting, "qps", recall[0], latencies.size() / seconds),
        figure(peer, setting, "p50 us", recall[0], latencies.micros(.5)),
        figure(peer, setting, "p99 us", recall[0], latencies.micros(.99)),
        figure(peer, setting, "updates a second", recall[0], updated.get() / took));
  }

  /** Returns the recall. */
  private double search(
      LucenePeer peer, Setting setting, IndexWriter writer, double seconds, Latencies latencies)
      throws IOException {
    Truth truth = run.truth();
    double recall = 0;
    int asked = 0;
    DirectoryReader reader = DirectoryReader.open(writer);
    try {
      LuceneIndex index = new LuceneIndex(peer, null, reader);
      long refreshed = System.nanoTime();
      long end = refreshed + (long) (seconds * 1e9);
      for (long now = refreshed; asked == 0 || now < end; now = System.nanoTime()) {
        if (now - refreshed > REFRESH_NANOS) {
          DirectoryReader newer = DirectoryReader.openIfChanged(reader);
          if (newer != null) {
            reader.close();
            reader = newer;
            index = new LuceneIndex(peer, null, reader);
          }
          refreshed = now;
        }
        int query = asked++ % truth.queries().length;
        long start = System.nanoTime();
        int[] found = index.searcher().search(truth.queries()[query], truth.k(), setting, null);
        latencies.add(System.nanoTime() - start);
        recall += truth.recall(0, query, found);
      }
    } finally {
      reader.close();
    }
    return recall / asked;
  }

  private Figure figure(
      LucenePeer peer, Setting setting, String measure, double recall, double value) {
    return run.figure("indexing", peer, setting, 1, measure, recall, Spread.of(value));
  }
}
