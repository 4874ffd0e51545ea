/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import com.carrotsearch.randomizedtesting.annotations.TimeoutSuite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.tests.store.MockDirectoryWrapper;
import org.apache.lucene.tests.util.LuceneTestCase.SuppressFileSystems;
import org.apache.lucene.tests.util.TestUtil;

/**
 * A writer may die at any moment: the index is that of the last commit, every vector in it bit for
 * bit. {@code -Domendb.tests.kills=300} and {@code -Domendb.tests.crashes=1000} try it as often.
 */
@SuppressFileSystems("*")
@TimeoutSuite(millis = 7_200_000)
public class TestCrash extends OmenTestCase {
  /** The writer's JVM is killed by the system, on the same index again and again. */
  public void testKilled() throws Exception {
    int kills = Effort.of("kills", 2);
    long seed = random().nextLong();
    Path folder = createTempDir();
    History history = new History(seed);
    int before = 0;
    int interrupted = 0;
    int kill = 0;
    // Also until one came late enough to find something committed.
    for (; kill < kills || before == 0; kill++) {
      int acknowledged = runAndKill(folder, seed);
      try (Directory directory = FSDirectory.open(folder)) {
        if (acknowledged == 0 && !DirectoryReader.indexExists(directory)) {
          continue;
        }
        interrupted += unreferenced(directory).isEmpty() ? 0 : 1;
        int held = assertIntact(directory, history);
        assertTrue(held + " held, " + acknowledged + " committed", held >= acknowledged);
        assertTrue(held + " held, " + before + " before", held >= before);
        before = held;
      }
    }
    System.out.println(
        kill + " kills survived, " + before + " changes, " + interrupted + " left files behind");
  }

  /** Returns how many changes were last said to be committed. */
  private static int runAndKill(Path folder, long seed) throws Exception {
    try (ChildJvm child =
        ChildJvm.start(KilledWriter.class, 256, folder.toString(), Long.toString(seed))) {
      // After so many commits, or, one in ten, before it may have done anything.
      int commits = random().nextInt(10) == 0 ? -1 : random().nextInt(4);
      while (child.process().isAlive() && child.lines().size() <= commits) {
        Thread.sleep(2);
      }
      Thread.sleep(random().nextInt(200));
      assertTrue("ended by itself: " + child.complaints(), child.process().isAlive());
      child.kill();
      List<String> lines = child.lines();
      return lines.isEmpty() ? 0 : Integer.parseInt(lines.get(lines.size() - 1));
    }
  }

  /** The directory loses or damages all that was not synced. */
  public void testUnsyncedFilesLost() throws IOException {
    int crashes = Effort.of("crashes", 5);
    History history = new History(random().nextLong());
    int before = 0;
    try (MockDirectoryWrapper directory =
        new MockDirectoryWrapper(random(), new ByteBuffersDirectory())) {
      directory.setAssertNoUnrefencedFilesOnClose(false);
      for (int crash = 0; crash < crashes || before == 0; crash++) {
        int committed = changeAndCrash(directory, history);
        if (DirectoryReader.indexExists(directory)) {
          int held = assertIntact(directory, history);
          assertTrue(held + " held, " + committed + " committed", held >= committed);
          before = held;
        }
      }
    }
    System.out.println(crashes + " crashes survived, " + before + " changes");
  }

  private static int changeAndCrash(MockDirectoryWrapper directory, History history)
      throws IOException {
    IndexWriterConfig config = KilledWriter.config(TestUtil.getDefaultCodec());
    config.setMergeScheduler(new CrashedMerges());
    IndexWriter writer = new IndexWriter(directory, config);
    int committed = KilledWriter.committed(writer);
    int changes = committed;
    int end = changes + 1 + random().nextInt(600);
    while (changes < end) {
      history.apply(writer, changes++);
      if (random().nextInt(130) == 0) {
        History.commit(writer, changes);
        committed = changes;
      }
    }
    if (random().nextInt(4) == 0) {
      writer.forceMerge(1, false);
    }
    directory.crash();
    try {
      writer.rollback();
    } catch (IOException e) {
      assertTrue(e.toString(), e.getMessage().contains("crash"));
    }
    directory.clearCrash();
    return committed;
  }

  /** Merges that run while files are lost under them, and may fail in any way. */
  private static final class CrashedMerges extends ConcurrentMergeScheduler {
    @Override
    protected void handleMergeException(Throwable failure) {}
  }

  /** Returns how many changes the index holds. */
  private static int assertIntact(Directory directory, History history) throws IOException {
    TestUtil.checkIndex(directory);
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      int held = History.changes(reader.getIndexCommit().getUserData());
      history.assertHolds(reader, held);
      return held;
    }
  }

  private static Collection<String> unreferenced(Directory directory) throws IOException {
    Collection<String> files = new TreeSet<>(List.of(directory.listAll()));
    files.removeAll(SegmentInfos.readLatestCommit(directory).files(true));
    files.remove(IndexWriter.WRITE_LOCK_NAME);
    return files;
  }
}
