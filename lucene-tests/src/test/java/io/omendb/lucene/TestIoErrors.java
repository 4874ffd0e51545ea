/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import com.carrotsearch.randomizedtesting.annotations.TimeoutSuite;
import io.omendb.lucene.FailingDirectory.Fault;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnByteVectorQuery;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.tests.store.MockDirectoryWrapper;
import org.apache.lucene.tests.util.TestUtil;

/**
 * Reads, writes and syncs that fail, or find no memory, each in its turn: the writer goes on or is
 * closed and says why, no file stays open or behind, and nothing that was committed is lost. {@code
 * -Domendb.tests.failures=0} tries every place of the code, other numbers as many of them.
 */
@TimeoutSuite(millis = 7_200_000)
public class TestIoErrors extends OmenTestCase {
  private static final int COMMITTED = 300;
  private static final int CHANGES = 400;

  private History history;

  /** An index of three segments. */
  private Map<String, byte[]> committed;

  @Override
  public void setUp() throws Exception {
    super.setUp();
    history = new History(random().nextLong());
    try (Directory directory = new ByteBuffersDirectory();
        IndexWriter writer = new IndexWriter(directory, config())) {
      for (int change = 0; change < COMMITTED; change++) {
        history.apply(writer, change);
        if (change % 100 == 99) {
          writer.flush();
        }
      }
      History.commit(writer, COMMITTED);
      committed = IndexFiles.of(directory);
    }
  }

  private static IndexWriterConfig config() {
    return KilledWriter.config(TestUtil.getDefaultCodec())
        .setMergeScheduler(new SerialMergeScheduler());
  }

  public void testVectorFiles() throws IOException {
    failAtCalls(Fault.IO_ERROR, TestIoErrors::isOfVectors);
  }

  public void testOtherFiles() throws IOException {
    failAtCalls(Fault.IO_ERROR, call -> !isOfVectors(call) && !call.startsWith("sync"));
  }

  /** Flushes, merges and openings that run out of memory between two calls. */
  public void testOutOfMemory() throws IOException {
    failAtCalls(Fault.OUT_OF_MEMORY, TestIoErrors::isOfVectors);
  }

  public void testSync() throws IOException {
    failAtCalls(Fault.IO_ERROR, call -> call.startsWith("sync"));
  }

  private static boolean isOfVectors(String call) {
    return call.contains("_" + OmenVectorsFormat.NAME + "_");
  }

  /** Fails once at each place of the code that calls the directory, or at some of them. */
  private void failAtCalls(Fault fault, Predicate<String> counted) throws IOException {
    List<Integer> places;
    int calls;
    try (MockDirectoryWrapper files = files()) {
      FailingDirectory noting = new FailingDirectory(files, fault);
      noting.notePlaces(counted);
      session(noting, () -> {});
      calls = noting.stop();
      places = noting.places();
    }
    int wanted = Effort.of("failures", 3);
    int step = wanted == 0 ? 1 : Math.max(1, places.size() / wanted);
    int failures = 0;
    for (int place = random().nextInt(step); place < places.size(); place += step) {
      failAt(fault, counted, places.get(place));
      failures++;
    }
    System.out.printf(
        Locale.ROOT,
        "%s: failed at %d of %d places, %d calls%n",
        getTestName(),
        failures,
        places.size(),
        calls);
  }

  private void failAt(Fault fault, Predicate<String> counted, int call) throws IOException {
    try (MockDirectoryWrapper files = files()) {
      FailingDirectory failing = new FailingDirectory(files, fault);
      failing.count(counted, call);
      try {
        session(failing, failing::stop);
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        assertCause(e);
      }
      assertTrue("nothing failed", failing.stop() >= call);
      assertEquals("left open", 0, files.getFileHandleCount());
      assertWhole(files);
      assertGoesOn(files);
    } catch (AssertionError e) {
      throw new AssertionError("call " + call, e);
    }
  }

  private MockDirectoryWrapper files() throws IOException {
    MockDirectoryWrapper files =
        new MockDirectoryWrapper(random(), IndexFiles.directory(committed));
    files.setCheckIndexOnClose(false);
    // What a failed deletion leaves, the next writer deletes.
    files.setAssertNoUnrefencedFilesOnClose(false);
    return files;
  }

  /**
   * Changes, merges and commits; then opens and searches.
   *
   * @param heal lets nothing fail any more
   */
  private void session(Directory directory, Runnable heal) throws IOException {
    IndexWriter writer = new IndexWriter(directory, config());
    try {
      try {
        for (int change = COMMITTED; change < CHANGES; change++) {
          history.apply(writer, change);
        }
        writer.forceMerge(1);
        History.commit(writer, CHANGES);
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        if (!writer.isOpen()) {
          assertCause(writer.getTragicException());
        } else {
          assertFalse("open without memory", e instanceof OutOfMemoryError);
          // It goes on as if nothing had been.
          assertCause(e);
          heal.run();
          History.commit(writer, CHANGES);
        }
        throw e;
      }
    } finally {
      if (writer.isOpen()) {
        writer.close();
      }
    }
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      IndexSearcher searcher = searcher(reader);
      float[] target = GloveSample.queries()[0];
      searcher.search(new KnnFloatVectorQuery(FIELD, target, 10), 10);
      byte[] bytes = GloveSample.bytes(new float[][] {target})[0];
      searcher.search(new KnnByteVectorQuery(History.BYTES, bytes, 10), 10);
    }
  }

  /** Somewhere in what is reported there is what was made to fail. */
  private static void assertCause(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (isWanted(t) || Arrays.stream(t.getSuppressed()).anyMatch(TestIoErrors::isWanted)) {
        return;
      }
    }
    throw new AssertionError("not told what failed", failure);
  }

  private static boolean isWanted(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return FailingDirectory.isWanted(failure)
        || message.contains("fake disk full")
        || message.contains("a random IOException");
  }

  /** The index is that of the old commit, or of the new one; nothing else lies about. */
  private void assertWhole(MockDirectoryWrapper files) throws IOException {
    try (DirectoryReader reader = DirectoryReader.open(files)) {
      int held = History.changes(reader.getIndexCommit().getUserData());
      assertTrue(held + " changes", held == COMMITTED || held == CHANGES);
      history.assertHolds(reader, held);
    }
    new IndexWriter(files, config()).close();
    assertEquals(
        new TreeSet<>(SegmentInfos.readLatestCommit(files).files(true)),
        new TreeSet<>(List.of(files.listAll())));
  }

  /** Another writer takes up where the last commit is, and makes the same changes. */
  private void assertGoesOn(Directory directory) throws IOException {
    try (IndexWriter writer = new IndexWriter(directory, config())) {
      for (int change = KilledWriter.committed(writer); change < CHANGES; change++) {
        history.apply(writer, change);
      }
      History.commit(writer, CHANGES);
    }
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      history.assertHolds(reader, CHANGES);
    }
  }

  public void testDiskFull() throws IOException {
    long size = committed.values().stream().mapToLong(content -> content.length).sum();
    int tries = 0;
    for (boolean full = true; full; size += 1 + random().nextInt(250_000), tries++) {
      long limit = size;
      full = fails(files -> files.setMaxSizeInBytes(limit), files -> files.setMaxSizeInBytes(0));
    }
    System.out.println(getTestName() + ": full " + (tries - 1) + " times");
    assertTrue("never full", tries > 1);
  }

  public void testRandomErrors() throws IOException {
    int failures = 0;
    int tries = Math.max(1, Effort.of("failures", 3));
    for (int i = 0; i < tries; i++) {
      double rate = Math.pow(10, -0.5 - 2 * random().nextDouble());
      boolean failed =
          fails(
              files -> {
                files.setRandomIOExceptionRate(rate);
                files.setRandomIOExceptionRateOnOpen(rate);
              },
              files -> {
                files.setRandomIOExceptionRate(0);
                files.setRandomIOExceptionRateOnOpen(0);
              });
      failures += failed ? 1 : 0;
    }
    System.out.println(getTestName() + ": failed in " + failures + " of " + tries + " sessions");
  }

  /** Whether a session fails on a directory that is broken first. */
  private boolean fails(Consumer<MockDirectoryWrapper> breakIt, Consumer<MockDirectoryWrapper> heal)
      throws IOException {
    try (MockDirectoryWrapper files = files()) {
      breakIt.accept(files);
      boolean failed = false;
      try {
        session(files, () -> heal.accept(files));
      } catch (IOException | RuntimeException e) {
        failed = true;
        assertCause(e);
      }
      heal.accept(files);
      assertEquals("left open", 0, files.getFileHandleCount());
      assertWhole(files);
      return failed;
    }
  }
}
