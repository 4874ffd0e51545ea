/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import com.carrotsearch.randomizedtesting.annotations.TimeoutSuite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.tests.util.LuceneTestCase.SuppressFileSystems;
import org.apache.lucene.tests.util.TestUtil;

/**
 * Writers rolled back and closed while they merge, readers closed while they are searched: what was
 * committed is there, no file lies about, no thread goes on. {@code -Domendb.tests.closings=300}
 * tries it as often.
 */
@SuppressFileSystems("*")
@TimeoutSuite(millis = 7_200_000)
public class TestClosing extends OmenTestCase {
  public void testRollBackWhileMerging() throws Exception {
    History history = new History(random().nextLong());
    try (Directory directory = new MMapDirectory(createTempDir())) {
      int held = 0;
      for (int i = 0; i < closings(); i++) {
        IndexWriter writer = merging(directory, history, held);
        Thread.sleep(random().nextInt(100));
        writer.rollback();
        assertHolds(directory, history, held);
        // Goes on from there.
        try (IndexWriter next = merging(directory, history, held)) {
          held += 400;
          History.commit(next, held);
        }
        assertHolds(directory, history, held);
      }
    }
  }

  public void testCloseWhileMerging() throws Exception {
    History history = new History(random().nextLong());
    try (Directory directory = new MMapDirectory(createTempDir())) {
      int held = 0;
      for (int i = 0; i < closings(); i++) {
        IndexWriter writer = merging(directory, history, held);
        held += 400;
        History.commit(writer, held);
        Thread.sleep(random().nextInt(100));
        writer.close();
        assertHolds(directory, history, held);
      }
    }
  }

  private static int closings() {
    return Effort.of("closings", 2);
  }

  /** A writer with 400 more changes, which has just begun to merge its segments. */
  private static IndexWriter merging(Directory directory, History history, int held)
      throws IOException {
    IndexWriter writer =
        new IndexWriter(directory, KilledWriter.config(TestUtil.getDefaultCodec()));
    if (held == 0) {
      // So that there is a commit to fall back to.
      History.commit(writer, 0);
    }
    for (int change = held; change < held + 400; change++) {
      history.apply(writer, change);
    }
    writer.forceMerge(1, false);
    return writer;
  }

  private static void assertHolds(Directory directory, History history, int held)
      throws IOException {
    assertEquals(
        new TreeSet<>(SegmentInfos.readLatestCommit(directory).files(true)), files(directory));
    TestUtil.checkIndex(directory);
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      assertEquals(held, History.changes(reader.getIndexCommit().getUserData()));
      history.assertHolds(reader, held);
    }
  }

  private static Set<String> files(Directory directory) throws IOException {
    Set<String> files = new TreeSet<>(List.of(directory.listAll()));
    files.remove(IndexWriter.WRITE_LOCK_NAME);
    return files;
  }

  public void testCloseWhileSearching() throws Exception {
    History history = new History(random().nextLong());
    try (Directory directory = new MMapDirectory(createTempDir())) {
      try (IndexWriter writer =
          new IndexWriter(
              directory,
              KilledWriter.config(TestUtil.getDefaultCodec())
                  .setMergePolicy(NoMergePolicy.INSTANCE))) {
        for (int change = 0; change < 2000; change++) {
          history.apply(writer, change);
        }
      }
      AtomicInteger searches = new AtomicInteger();
      for (int i = 0; i < 10 * closings(); i++) {
        closeWhileSearching(DirectoryReader.open(directory), searches);
      }
      System.out.println(getTestName() + ": " + searches + " searches before they were stopped");
      assertTrue(searches.get() > 0);
    }
  }

  private static void closeWhileSearching(DirectoryReader reader, AtomicInteger searches)
      throws Exception {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    CountDownLatch running = new CountDownLatch(3);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 3; t++) {
      float[] target = GloveSample.queries()[t];
      Thread thread =
          new Thread(() -> {
            IndexSearcher searcher = searcher(reader);
            running.countDown();
            try {
              while (true) {
                searcher.search(new KnnFloatVectorQuery(FIELD, target, 10), 10);
                searches.incrementAndGet();
              }
            } catch (Throwable e) {
              if (!isClosed(e)) {
                failure.set(e);
              }
            }
          });
      threads.add(thread);
      thread.start();
    }
    running.await();
    Thread.sleep(random().nextInt(30));
    reader.close();
    for (Thread thread : threads) {
      thread.join();
    }
    if (failure.get() != null) {
      throw new AssertionError(failure.get());
    }
  }

  /** Lucene's own exception, or the one of mapped memory, which its bulk scorers let pass. */
  private static boolean isClosed(Throwable failure) {
    return failure instanceof AlreadyClosedException
        || (failure instanceof IllegalStateException
            && "Already closed".equals(failure.getMessage()));
  }
}
