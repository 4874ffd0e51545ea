/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;

/**
 * The rate of adding rows to an empty index and to one that is filled, the merges that Lucene
 * chooses included; in turns, with buffers that flush several times.
 */
public final class OntoFilled {
  private static final double BUFFER_MB = 16;

  private OntoFilled() {}

  /**
   * Measures each peer.
   *
   * @param held rows that the filled index holds, as one segment; the others are added
   */
  public static List<Figure> measure(String set, float[][] rows, int held, Path work, Plan plan)
      throws IOException {
    List<Figure> figures = new ArrayList<>();
    for (Peer peer : plan.peers()) {
      LucenePeer lucene = (LucenePeer) peer;
      IndexFolders filled = IndexFolders.empty(work.resolve(peer.name() + "-filled"));
      peer.build(Arrays.copyOf(rows, held), filled, plan.indexThreads(), plan.indexThreads());
      double[] empty = new double[plan.rounds()];
      double[] full = new double[plan.rounds()];
      for (int round = 0; round < plan.rounds(); round++) {
        Path copy = work.resolve(peer.name() + "-copy");
        IOUtils.rm(copy);
        empty[round] = rate(lucene, rows, held, copy, plan.indexThreads());
        IOUtils.rm(copy);
        IndexFolders.copy(filled.one(), copy);
        full[round] = rate(lucene, rows, held, copy, plan.indexThreads());
      }
      figures.add(figure(set, rows.length - held, "empty", peer, plan, Spread.of(empty)));
      figures.add(figure(set, rows.length - held, "onto " + held, peer, plan, Spread.of(full)));
    }
    return figures;
  }

  private static double rate(LucenePeer peer, float[][] rows, int held, Path folder, int threads)
      throws IOException {
    AtomicInteger next = new AtomicInteger(held);
    long start = System.nanoTime();
    try (LucenePeer.Writing writing = peer.writing(threads)) {
      LuceneBuild build = new LuceneBuild(rows, writing.codec(), threads);
      try (Directory directory = FSDirectory.open(folder);
          IndexWriter writer =
              new IndexWriter(
                  directory,
                  build.config(LuceneBuild.mergePolicy()).setRAMBufferSizeMB(BUFFER_MB));
          Workers workers = new Workers(threads)) {
        workers.run(thread -> {
          for (int row = next.getAndIncrement(); row < rows.length; row = next.getAndIncrement()) {
            writer.addDocument(build.document(row));
          }
        });
      }
    }
    return (rows.length - held) / ((System.nanoTime() - start) / 1e9);
  }

  private static Figure figure(
      String set, int rows, String situation, Peer peer, Plan plan, Spread rate) {
    return new Figure(
        set,
        rows,
        situation,
        peer.name(),
        peer.name(),
        "",
        0,
        plan.indexThreads(),
        "index rate",
        Double.NaN,
        rate.median(),
        rate.least(),
        rate.most());
  }
}
