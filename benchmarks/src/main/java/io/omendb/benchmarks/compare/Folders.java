/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.util.IOUtils;

/** Folders for indexes that nobody needs afterwards. */
final class Folders {
  private Folders() {}

  /** Folders below a new one, which takes the place of what was there. */
  static IndexFolders empty(Path base) throws IOException {
    IOUtils.rm(base);
    Files.createDirectories(base);
    return new IndexFolders(base);
  }
}
