/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.benchmarks.GeneratedSet;
import io.omendb.benchmarks.soak.LiveDocuments.Change;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was lost is noticed, at the end and in a snapshot. */
class TestFinalCheck {
  private static final int DOCUMENTS = 300;

  private final float[][] vectors = new GeneratedSet(500, 1, 16, 3).unitBase();
  private final LiveDocuments documents =
      new LiveDocuments(vectors, DOCUMENTS, new SplittableRandom(1));
  @TempDir Path folder;

  @Test
  void testNothingLost() throws IOException {
    write();
    try (SoakIndex index = new SoakIndex(folder)) {
      for (int i = 0; i < DOCUMENTS; i++) {
        index.change(documents);
      }
    }
    assertEquals(0, lost());
    assertEquals(0, problems());
  }

  @Test
  void testLostChanges() throws IOException {
    write();
    Change added = documents.add(DOCUMENTS);
    assertEquals(1, lost());
    try (SoakIndex index = new SoakIndex(folder)) {
      index.apply(documents, added);
    }
    assertEquals(0, lost());
    for (int i = 0; i < 20; i++) {
      documents.next();
    }
    assertTrue(lost() > 0);
  }

  @Test
  void testOtherVectors() throws IOException {
    write();
    for (float[] vector : vectors) {
      vector[3] = Math.nextUp(vector[3]);
    }
    assertEquals(2 * documents.count(), lost());
    try (SoakIndex index = new SoakIndex(folder)) {
      Snapshot snapshot =
          index.search(searcher -> Snapshot.of(searcher, documents, new float[][] {vectors[0]}));
      assertEquals(documents.count(), snapshot.wrong());
      assertEquals(documents.count(), snapshot.documents());
    }
  }

  @Test
  void testRestartCounts() throws IOException {
    write();
    try (SoakIndex index = new SoakIndex(folder)) {
      assertEquals(0, index.restart(documents));
      documents.add(DOCUMENTS);
      assertEquals(1, index.restart(documents));
    }
  }

  @Test
  void testDamage() throws IOException {
    write();
    Path file;
    try (Stream<Path> files = Files.list(folder)) {
      file = files.filter(each -> each.toString().endsWith(".cfs")).findFirst().orElseThrow();
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {77}), channel.size() / 2);
    }
    assertEquals(1, problems());
  }

  private void write() throws IOException {
    try (SoakIndex index = new SoakIndex(folder)) {
      for (int key = 0; key < DOCUMENTS; key++) {
        index.apply(documents, documents.add(key));
      }
    }
  }

  private int lost() throws IOException {
    try (Directory directory = FSDirectory.open(folder)) {
      return FinalCheck.lost(directory, documents);
    }
  }

  private int problems() throws IOException {
    try (Directory directory = FSDirectory.open(folder)) {
      return FinalCheck.problems(directory);
    }
  }
}
