/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.lucene.util.IOUtils;

/** Where a peer keeps its indexes of a set. */
public record IndexFolders(Path base) {
  /** Folders below a new one, which takes the place of what was there. */
  static IndexFolders empty(Path base) throws IOException {
    IOUtils.rm(base);
    Files.createDirectories(base);
    return new IndexFolders(base);
  }

  /** The index of several segments. */
  public Path many() {
    return base.resolve("many");
  }

  /** The index of one segment. */
  public Path one() {
    return base.resolve("one");
  }

  /** Copies the files of a folder that has no folders, into an empty one. */
  static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
