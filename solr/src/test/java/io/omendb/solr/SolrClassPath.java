/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.solr;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * The class path of a server: solr-core with its dependencies, then {@link SolrMain}, and last two
 * classes that stand in for solr-solrj-streaming 10.0.0, which Maven Central does not have. As soon
 * as the build finds that jar it comes before them, and they are not loaded any more. The plugin is
 * not in it: Solr loads that from its home.
 */
final class SolrClassPath {
  private static final Path TEST_CLASSES = Path.of("target/test-classes").toAbsolutePath();
  private static final Path LAUNCHER = Path.of("target/solr-launcher.jar").toAbsolutePath();
  private static final List<Path> STREAMING = streaming();

  static final String TEXT = text();

  private SolrClassPath() {}

  /** Whether Solr's streaming expressions are stood in for. */
  static boolean streamingIsMissing() {
    return STREAMING.isEmpty();
  }

  private static List<Path> streaming() {
    Path folder = Path.of(System.getProperty("omendb.tests.solr.streaming"));
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> jars = Files.list(folder)) {
      return jars.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text() {
    List<String> entries = new ArrayList<>();
    try {
      entries.add(Files.readString(Path.of(System.getProperty("omendb.tests.solr.classpath"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    STREAMING.forEach(jar -> entries.add(jar.toString()));
    packLauncher();
    entries.add(LAUNCHER.toString());
    return String.join(File.pathSeparator, entries);
  }

  /** Makes a jar of the launcher and the stand-ins, because archives of classes take no folders. */
  private static void packLauncher() {
    String main = SolrMain.class.getName().replace('.', '/') + ".class";
    int status =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "--create",
                "--file",
                LAUNCHER.toString(),
                "-C",
                TEST_CLASSES.toString(),
                main,
                "-C",
                TEST_CLASSES.toString(),
                "org/apache/solr");
    if (status != 0) {
      throw new AssertionError("jar ended with " + status);
    }
  }
}
