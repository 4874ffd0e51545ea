/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What a coverage-guided fuzzer calls. The first byte of an input chooses one of our files and
 * whether to merge, the rest stands between header and footer of the file.
 */
public final class HostileFuzzer {
  private static final HostileIndex INDEX;
  private static final int MERGE = 0x80;

  static {
    try {
      INDEX = HostileIndex.load();
    } catch (IOException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private HostileFuzzer() {}

  /** One input of the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    List<String> names = INDEX.ours();
    String name = names.get((input[0] & 0x7F) % names.size());
    byte[] content = INDEX.withPayload(name, Arrays.copyOfRange(input, 1, input.length));
    if ((input[0] & MERGE) == 0) {
      INDEX.read(Map.of(name, content));
    } else {
      INDEX.merge(Map.of(name, content));
    }
  }

  /**
   * Writes inputs for the fuzzer to begin with, the files as they are, into a folder of its own.
   */
  public static void main(String[] args) throws IOException {
    Path seeds = Files.createDirectories(Path.of(args[0], "seeds"));
    Files.createDirectories(Path.of(args[0], "found"));
    List<String> names = INDEX.ours();
    for (int i = 0; i < names.size(); i++) {
      byte[] payload = INDEX.payload(names.get(i));
      byte[] input = new byte[1 + payload.length];
      input[0] = (byte) i;
      System.arraycopy(payload, 0, input, 1, payload.length);
      Files.write(seeds.resolve(names.get(i)), input);
    }
  }
}
