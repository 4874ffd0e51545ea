/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;

/** Reads the files of vectors through a {@link PageCache}. */
final class PagedDirectory extends FilterDirectory {
  private final Path folder;
  private final PageCache pages;

  PagedDirectory(Directory in, Path folder, PageCache pages) {
    super(in);
    this.folder = folder;
    this.pages = pages;
  }

  /** Bytes that readers of vectors hold in heap: they read the metadata whole. */
  static long heapBytes(Directory directory) throws IOException {
    long bytes = 0;
    for (String file : directory.listAll()) {
      if (extension(file).startsWith("vem")) {
        bytes += directory.fileLength(file);
      }
    }
    return bytes;
  }

  private static String extension(String file) {
    return file.substring(file.lastIndexOf('.') + 1);
  }

  @Override
  public IndexInput openInput(String name, IOContext context) throws IOException {
    String extension = extension(name);
    return extension.startsWith("v") && !extension.startsWith("vem")
        ? new PagedInput(name, pages.open(folder.resolve(name)))
        : super.openInput(name, context);
  }
}
