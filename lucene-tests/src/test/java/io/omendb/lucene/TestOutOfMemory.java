/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import com.carrotsearch.randomizedtesting.annotations.TimeoutSuite;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.tests.util.LuceneTestCase.SuppressFileSystems;
import org.apache.lucene.tests.util.TestUtil;

/**
 * Merges in JVMs with so little memory that it runs out at one place after the other: the index
 * stays that of the last commit, bit for bit, and another writer goes on with it. {@code
 * -Domendb.tests.heap.step=1} tries every MiB.
 */
@SuppressFileSystems("*")
@TimeoutSuite(millis = 7_200_000)
public class TestOutOfMemory extends OmenTestCase {
  private static final int COUNT = 5000;

  /** MiB in which a writer opens but does not merge. */
  private static final int LEAST_HEAP = 16;

  public void testMerge() throws Exception {
    Path folder = createTempDir();
    try (Directory directory = FSDirectory.open(folder)) {
      try (IndexWriter writer =
          new IndexWriter(
              directory, StarvedWriter.config().setMergePolicy(NoMergePolicy.INSTANCE))) {
        StarvedWriter.add(writer, 0, COUNT);
      }
      int step = Effort.of("heap.step", 24);
      int rows = COUNT;
      int starved = 0;
      int heap = LEAST_HEAP + random().nextInt(Math.min(step, 8));
      while (starves(folder, heap, rows)) {
        assertHolds(directory, ++rows);
        starved++;
        heap += step;
      }
      assertHolds(directory, ++rows);
      System.out.println(
          getTestName() + ": starved " + starved + " times, merged in " + heap + " MiB");
      assertTrue("never starved", starved > 0);
    }
  }

  private static boolean starves(Path folder, int heap, int rows) throws Exception {
    try (ChildJvm child =
        ChildJvm.start(StarvedWriter.class, heap, folder.toString(), Integer.toString(rows))) {
      assertTrue("endless", child.process().waitFor(300, TimeUnit.SECONDS));
      List<String> lines = child.lines();
      assertEquals(lines + child.complaints(), 0, child.process().exitValue());
      assertEquals(StarvedWriter.WENT_ON, lines.get(1));
      return lines.get(0).equals(StarvedWriter.STARVED);
    }
  }

  /** So many rows, bit for bit, and no files but theirs. */
  private static void assertHolds(Directory directory, int rows) throws Exception {
    TestUtil.checkIndex(directory);
    TreeSet<String> files = new TreeSet<>(List.of(directory.listAll()));
    files.remove(IndexWriter.WRITE_LOCK_NAME);
    assertEquals(new TreeSet<>(SegmentInfos.readLatestCommit(directory).files(true)), files);
    float[][] vectors =
        IntStream.range(0, rows).mapToObj(StarvedWriter::vector).toArray(float[][]::new);
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      Vectors expected = Vectors.of(vectors, VectorSimilarityFunction.EUCLIDEAN);
      assertEquals(rows, assertExact(reader, expected));
    }
  }
}
