/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every Java source in google-java-format style, under the licence header.
 *
 * <p>The one argument is {@code check}, which fails when a file differs, or {@code fix}, which
 * rewrites it. Run from the root of the project.
 */
final class FormatSources {
  private static final Formatter FORMATTER = new Formatter(JavaFormatterOptions.defaultOptions());

  public static void main(String[] args) throws IOException {
    boolean fix =
        switch (args[0]) {
          case "fix" -> true;
          case "check" -> false;
          default -> throw new IllegalArgumentException("check or fix, not " + args[0]);
        };
    String header = Files.readString(Path.of("src/config/license-header.txt"));
    List<String> differing = new ArrayList<>();
    for (Path file : sources()) {
      String text = Files.readString(file);
      String expected;
      try {
        expected = formatted(text.startsWith(header) ? text : header + "\n" + text);
      } catch (FormatterException e) {
        differing.add(file + ": " + e.getMessage());
        continue;
      }
      if (expected.equals(text)) {
        continue;
      }
      if (fix) {
        Files.writeString(file, expected);
        System.out.println("formatted " + file);
      } else {
        differing.add(file + ": not formatted, or without the licence header");
      }
    }
    if (!differing.isEmpty()) {
      differing.forEach(System.err::println);
      System.err.println("To format: mvn -N verify -Dformat=fix");
      System.exit(1);
    }
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> modules = Files.list(Path.of(""))) {
      for (Path module : Stream.concat(Stream.of(Path.of("")), modules).toList()) {
        Path src = module.resolve("src");
        if (Files.isDirectory(src)) {
          try (Stream<Path> files = Files.walk(src)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
          }
        }
      }
    }
    return sources;
  }

  private static String formatted(String text) throws FormatterException {
    String imports =
        ImportOrderer.reorderImports(
            RemoveUnusedImports.removeUnusedImports(text), JavaFormatterOptions.Style.GOOGLE);
    return FORMATTER.formatSource(imports);
  }
}
