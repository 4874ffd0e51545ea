/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.soak;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Files in a folder that others write to.
 *
 * @param files number of them
 * @param bytes of all together
 */
record FolderSize(int files, long bytes) {
  static FolderSize of(Path folder) throws IOException {
    int files = 0;
    long bytes = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path file : all) {
        try {
          bytes += Files.size(file);
          files++;
        } catch (NoSuchFileException e) {
          // Deleted since it was listed, so that it does not count.
        }
      }
    }
    return new FolderSize(files, bytes);
  }
}
