/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.inspect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The index that a command is about, and how it answers. */
final class IndexSource {
  @Parameters(paramLabel = "DIR", description = "Folder of the index.")
  private Path folder;

  @Option(names = "--field", description = "Look at this field only.")
  private String field;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  Path folder() {
    return folder;
  }

  boolean json() {
    return json;
  }

  boolean wants(String name) {
    return field == null || field.equals(name);
  }

  Directory open() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new ParameterException(spec.commandLine(), "DIR: no folder " + folder);
    }
    Directory directory = FSDirectory.open(folder);
    if (!DirectoryReader.indexExists(directory)) {
      directory.close();
      throw new ParameterException(spec.commandLine(), "DIR: no Lucene index in " + folder);
    }
    return directory;
  }
}
