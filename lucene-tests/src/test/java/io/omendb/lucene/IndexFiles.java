/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;

/** Files of an index as bytes, to be damaged and opened again. */
final class IndexFiles {
  /** Extensions of the files that this format reads itself. */
  static final String[] OURS = {".vem", ".vpq", ".vex"};

  private IndexFiles() {}

  /** Contents by name. */
  static Map<String, byte[]> of(Directory directory) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (String name : directory.listAll()) {
      if (name.equals("write.lock") || name.startsWith("extra")) {
        continue;
      }
      try (IndexInput in = directory.openInput(name, IOContext.READONCE)) {
        byte[] content = new byte[(int) in.length()];
        in.readBytes(content, 0, content.length);
        files.put(name, content);
      }
    }
    return files;
  }

  /** A directory with these files. */
  static ByteBuffersDirectory directory(Map<String, byte[]> files) throws IOException {
    ByteBuffersDirectory directory = new ByteBuffersDirectory();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      write(directory, file.getKey(), file.getValue());
    }
    return directory;
  }

  static void write(Directory directory, String name, byte[] content) throws IOException {
    try (IndexOutput out = directory.createOutput(name, IOContext.DEFAULT)) {
      out.writeBytes(content, content.length);
    }
  }

  /** Whether this format reads the file itself. */
  static boolean isOurs(String name) {
    return name.contains("_" + OmenVectorsFormat.NAME + "_")
        && Arrays.stream(OURS).anyMatch(name::endsWith);
  }

  /** Puts the right checksum at the end of a file. */
  static byte[] sealed(byte[] content) {
    CRC32 checksum = new CRC32();
    checksum.update(content, 0, content.length - Long.BYTES);
    ByteBuffer.wrap(content).putLong(content.length - Long.BYTES, checksum.getValue());
    return content;
  }

  /** Files by name out of an archive. */
  static Map<String, byte[]> unzip(InputStream archive) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(archive)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }

  /** Writes the files of a directory into an archive. */
  static void zip(Directory directory, Path archive) throws IOException {
    try (OutputStream out = Files.newOutputStream(archive);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> content : of(directory).entrySet()) {
        ZipEntry entry = new ZipEntry(content.getKey());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content.getValue());
      }
    }
  }
}
