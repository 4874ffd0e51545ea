/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.solr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What the README shows, so that tests run just that. */
final class Readme {
  /** A block of commands, and the block of JSON that may come right after it. */
  private static final Pattern CURL =
      Pattern.compile("```sh\n(curl .*?)\n```\n(?:```json\n(.*?)\n```)?", Pattern.DOTALL);

  private static final String TEXT = read();

  private Readme() {}

  /** The configuration that the README starts from. */
  static String solrConfig() {
    return block("`conf/solrconfig.xml`");
  }

  /** The fenced block after the first occurrence of a text. */
  static String block(String after) {
    int fence = indexOf("\n```", indexOf(after, 0)) + 1;
    int start = TEXT.indexOf('\n', fence) + 1;
    return TEXT.substring(start, indexOf("\n```", start) + 1);
  }

  /**
   * Commands for a shell.
   *
   * @param script calls of curl, with the address of Solr in the variable {@code SOLR}
   * @param answer what the README says of the answer, as JSON, or null
   */
  record Command(String script, String answer) {
    private static Command of(MatchResult match) {
      return new Command(match.group(1), match.group(2));
    }
  }

  /** All calls of curl, in the README's order. */
  static List<Command> commands() {
    return CURL.matcher(TEXT).results().map(Command::of).toList();
  }

  private static int indexOf(String text, int from) {
    int index = TEXT.indexOf(text, from);
    if (index < 0) {
      throw new AssertionError("README.md has no " + text);
    }
    return index;
  }

  private static String read() {
    try {
      return Files.readString(Path.of("README.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
