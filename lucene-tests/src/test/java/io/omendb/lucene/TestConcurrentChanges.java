/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import com.carrotsearch.randomizedtesting.annotations.TimeoutSuite;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.tests.util.LuceneTestCase.SuppressFileSystems;
import org.apache.lucene.tests.util.TestUtil;

/**
 * Updates, deletions, commits, natural and forced merges on several threads, reopened readers and
 * searches, all at once: every snapshot is searched as its scan says, and memory stays what it is.
 * {@code -Domendb.tests.seconds=600} goes on for as long.
 */
@SuppressFileSystems("*")
@TimeoutSuite(millis = 7_200_000)
public class TestConcurrentChanges extends OmenTestCase {
  private static final int KEYS = 12_000;
  private static final int CHANGERS = 2;
  private static final int SEARCHERS = 2;

  /** Heap that may be used at the end beyond what was used after an eighth of the time. */
  private static final long MAX_GROWTH = 24L << 20;

  private final Vectors base = Vectors.of(GloveSample.base(), VectorSimilarityFunction.EUCLIDEAN);
  private final AtomicLong changes = new AtomicLong();
  private final AtomicLong merges = new AtomicLong();
  private final AtomicLong snapshots = new AtomicLong();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private volatile boolean stopped;

  public void testAllAtOnce() throws Exception {
    int seconds = Effort.of("seconds", 5);
    List<SnapshotCheck> checks = new ArrayList<>();
    List<Long> heap = new ArrayList<>();
    try (Directory directory = new MMapDirectory(createTempDir())) {
      try (IndexWriter writer = new IndexWriter(directory, config());
          SearcherManager manager = new SearcherManager(writer, null)) {
        for (int key = 0; key < KEYS; key++) {
          update(writer, key, key);
        }
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CHANGERS; i++) {
          int changer = i;
          threads.add(start("changer", random -> change(writer, changer, random)));
        }
        threads.add(start("merger", random -> merge(writer, random)));
        threads.add(start("reopener", random -> reopen(manager, random)));
        for (int i = 0; i < SEARCHERS; i++) {
          SnapshotCheck check = new SnapshotCheck(base, GloveSample.queries());
          checks.add(check);
          threads.add(start("searcher", random -> search(manager, check, random)));
        }
        for (int eighth = 0; eighth < 8 && failure.get() == null; eighth++) {
          Thread.sleep(seconds * 1000L / 8);
          heap.add(usedHeap());
        }
        stopped = true;
        for (Thread thread : threads) {
          thread.join();
        }
        if (failure.get() != null) {
          throw new AssertionError(failure.get());
        }
      }
      TestUtil.checkIndex(directory);
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        checks.get(0).check(reader, 0, 50);
      }
    }
    for (SnapshotCheck check : checks) {
      System.out.printf(
          Locale.ROOT,
          "%d s: %d changes, %d forced merges, %d snapshots, recall %.4f, least %.4f%n",
          seconds,
          changes.get(),
          merges.get(),
          snapshots.get(),
          check.recall(),
          check.leastRecall());
      assertRecall("searches meanwhile", 10, check.recall());
    }
    System.out.println("heap after each eighth, MiB: " + heap.stream().map(b -> b >> 20).toList());
    long growth = heap.get(heap.size() - 1) - heap.get(0);
    assertTrue("heap grew by " + growth, growth < MAX_GROWTH);
  }

  private static IndexWriterConfig config() {
    ConcurrentMergeScheduler scheduler = new ConcurrentMergeScheduler();
    scheduler.setMaxMergesAndThreads(6, 3);
    TieredMergePolicy policy = new TieredMergePolicy();
    policy.setSegmentsPerTier(4);
    return new IndexWriterConfig()
        .setCodec(
            OmenCodec.over(
                TestUtil.getDefaultCodec(),
                OmenVectorsOptions.DEFAULT.withCodesThreshold(200).withGraphThreshold(8)))
        .setMergeScheduler(scheduler)
        .setMergePolicy(policy)
        .setMaxBufferedDocs(250);
  }

  private interface Step {
    void run(Random random) throws Exception;
  }

  /** Repeats a step until all is over, which it is as soon as one fails. */
  private Thread start(String name, Step step) {
    Random random = new Random(random().nextLong());
    Thread thread =
        new Thread(
            () -> {
              try {
                while (!stopped) {
                  step.run(random);
                }
              } catch (Throwable t) {
                failure.compareAndSet(null, t);
                stopped = true;
              }
            },
            name);
    thread.start();
    return thread;
  }

  private void change(IndexWriter writer, int changer, Random random) throws IOException {
    // Each changes documents of its own, so that none is there twice.
    int key = random.nextInt(KEYS / CHANGERS) * CHANGERS + changer;
    if (random.nextInt(5) == 0) {
      writer.deleteDocuments(term(key));
    } else {
      update(writer, key, random.nextInt(base.size()));
    }
    changes.incrementAndGet();
    if (random.nextInt(2000) == 0) {
      writer.commit();
    }
  }

  private void update(IndexWriter writer, int key, int row) throws IOException {
    Document document = new Document();
    document.add(new StringField(ID, Integer.toString(key), Field.Store.NO));
    document.add(new NumericDocValuesField(ROW, row));
    document.add(base.field(FIELD, row));
    writer.updateDocument(term(key), document);
  }

  private void merge(IndexWriter writer, Random random) throws Exception {
    Thread.sleep(random.nextInt(1500));
    if (random.nextBoolean()) {
      writer.forceMerge(1 + random.nextInt(3));
    } else {
      writer.forceMergeDeletes();
    }
    merges.incrementAndGet();
  }

  private static void reopen(SearcherManager manager, Random random) throws Exception {
    Thread.sleep(random.nextInt(200));
    manager.maybeRefresh();
  }

  private void search(SearcherManager manager, SnapshotCheck check, Random random)
      throws IOException {
    IndexSearcher searcher = manager.acquire();
    try {
      check.check(searcher.getIndexReader(), random.nextInt(1000), 5);
      snapshots.incrementAndGet();
    } finally {
      manager.release(searcher);
    }
  }

  private static long usedHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
