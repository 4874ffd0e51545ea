/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.apache.lucene.util.Version;

/** What one line of Lucene writes, the others read, search and merge, and find the same. */
public class TestCrossVersion extends LuceneTestCase {
  private Path indexes;

  public void testEveryLineReadsTheOthers() throws Exception {
    assumeTrue("set by the build", System.getProperty("omendb.tests.lucene.lines") != null);
    List<Path> lines = lines();
    assertEquals(lines.toString(), 3, lines.size());
    indexes = createTempDir();
    Map<Path, String> found = new HashMap<>();
    for (Path line : lines) {
      found.put(line, run(line, "write", List.of(indexes.resolve(name(line)))).get(0));
      assertEquals("20 searches of 2 fields", 1 + 400, found.get(line).split(" ").length);
    }
    for (Path reader : lines) {
      for (Path writer : lines) {
        if (!reader.equals(writer)) {
          check(reader, writer, found.get(writer));
        }
      }
    }
  }

  private void check(Path reader, Path writer, String found) throws Exception {
    String what = name(reader) + " reads " + name(writer);
    List<String> output = run(reader, "read", List.of(copy(writer, what.replace(' ', '-'))));
    assertEquals(what, found, output.get(0));
    if (upwards(writer, reader)) {
      assertTrue(what + ": not merged", output.get(1).startsWith("merged "));
    }
  }

  /** Lucene reads what older versions of it wrote; the other way round it may. */
  private static boolean upwards(Path from, Path to) throws ParseException {
    return Version.parse(name(to)).onOrAfter(Version.parse(name(from)));
  }

  private Path copy(Path writer, String name) throws IOException {
    Path source = indexes.resolve(name(writer));
    Path target = Files.createDirectory(indexes.resolve(name));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(source)) {
      for (Path file : files) {
        Files.copy(file, target.resolve(file.getFileName().toString()));
      }
    }
    Files.copy(indexes.resolve(name(writer) + ".segment"), indexes.resolve(name + ".segment"));
    return target;
  }

  /** Runs {@link CrossLine} with a line of Lucene, the codec, and the classes of these tests. */
  private static List<String> run(Path line, String command, List<Path> directories)
      throws Exception {
    String tests =
        Path.of(CrossLine.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toString();
    String codec = System.getProperty("omendb.tests.codec.classes");
    String lucene = line.resolve("lucene-core.jar").toString();
    List<String> arguments = new ArrayList<>();
    arguments.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    arguments.addAll(List.of("-ea", "-Xmx512m", "--enable-native-access=ALL-UNNAMED"));
    arguments.addAll(List.of("-cp", String.join(File.pathSeparator, tests, codec, lucene)));
    arguments.addAll(List.of(CrossLine.class.getName(), command));
    directories.forEach(directory -> arguments.add(directory.toString()));
    Path output = createTempFile();
    Path errors = createTempFile();
    Process process =
        new ProcessBuilder(arguments)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      assertTrue("endless", process.waitFor(120, TimeUnit.SECONDS));
      assertEquals(
          name(line) + " " + command + ": " + Files.readString(errors), 0, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(output);
  }

  private static List<Path> lines() throws IOException {
    try (Stream<Path> lines =
        Files.list(Path.of(System.getProperty("omendb.tests.lucene.lines")))) {
      return lines.sorted().toList();
    }
  }

  private static String name(Path line) {
    return line.getFileName().toString();
  }
}
