/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.apache.lucene.store.IndexInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPageCache {
  private static final int LENGTH = 100 * PageCache.PAGE + 123;

  private final Random random = new Random(4);

  @TempDir Path folder;

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("file"), bytes);
  }

  private byte[] bytes() {
    byte[] bytes = new byte[LENGTH];
    random.nextBytes(bytes);
    return bytes;
  }

  @Test
  void testReadsWhatWasWritten() throws IOException {
    byte[] bytes = bytes();
    PageCache pages = new PageCache(32L * PageCache.PAGE);
    try (PageCache.PagedFile file = pages.open(write(bytes))) {
      assertEquals(LENGTH, file.length());
      for (int i = 0; i < 500; i++) {
        int from = random.nextInt(LENGTH);
        int count = random.nextInt(Math.min(LENGTH - from, 3 * PageCache.PAGE)) + 1;
        byte[] read = new byte[count + 1];
        file.read(from, read, 1, count);
        assertEquals(
            0,
            Arrays.compare(read, 1, count + 1, bytes, from, from + count),
            count + " bytes at " + from);
      }
      assertThrows(EOFException.class, () -> file.read(LENGTH - 1, new byte[2], 0, 2));
    }
  }

  @Test
  void testKeepsWhatFits() throws IOException {
    PageCache pages = new PageCache(10_000L * PageCache.PAGE);
    byte[] all = new byte[LENGTH];
    try (PageCache.PagedFile file = pages.open(write(bytes()))) {
      file.read(0, all, 0, LENGTH);
      file.read(0, all, 0, LENGTH);
    }
    assertEquals(101, pages.misses());
  }

  @Test
  void testForgetsWhatDoesNotFit() throws IOException {
    PageCache pages = new PageCache(48L * PageCache.PAGE);
    pages.reserve(16L * PageCache.PAGE);
    byte[] all = new byte[LENGTH];
    try (PageCache.PagedFile file = pages.open(write(bytes()))) {
      file.read(0, all, 0, LENGTH);
      file.read(0, all, 0, LENGTH);
    }
    assertTrue(pages.misses() > 101 + (101 - 32), "misses: " + pages.misses());
  }

  @Test
  void testTellsWhatItHolds() throws IOException {
    PageCache pages = new PageCache(10_000L * PageCache.PAGE);
    try (PageCache.PagedFile file = pages.open(write(bytes()));
        IndexInput input = new PagedInput("file", file)) {
      assertEquals(Optional.of(false), input.isLoaded());
      file.read(PageCache.PAGE - 1, new byte[2], 0, 2);
      assertEquals(Optional.of(false), input.isLoaded());
      assertEquals(Optional.of(true), input.slice("two", 1, 2L * PageCache.PAGE - 1).isLoaded());
      assertEquals(Optional.of(false), input.slice("three", 1, 2L * PageCache.PAGE).isLoaded());
    }
  }

  @Test
  void testRefusesMoreHeapThanThereIs() {
    PageCache pages = new PageCache(16L * PageCache.PAGE);
    assertThrows(IllegalArgumentException.class, () -> pages.reserve(16L * PageCache.PAGE));
  }
}
