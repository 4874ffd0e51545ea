/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestQuickstart {
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(capture);
    System.setErr(capture);
  }

  @AfterEach
  void release() {
    System.setOut(out);
    System.setErr(err);
  }

  private String run(int exitCode, String... args) {
    printed.reset();
    int code = Quickstart.run(args);
    String text = printed.toString(StandardCharsets.UTF_8);
    assertEquals(exitCode, code, text);
    return text;
  }

  @Test
  void answersAndCompares(@TempDir Path cache) {
    String first = run(0, "--glosses=500", "--cache=" + cache);
    assertTrue(first.contains("topic=noun.animal"), first);
    assertTrue(first.contains("Bytes per vector"), first);

    String second =
        run(0, "--glosses=500", "--cache=" + cache, "--query=a large animal", "--filter=pos=v");
    assertTrue(second.contains("\"a large animal\", pos=v\n  "), second);
    assertTrue(second.contains(" verb."), second);
  }

  @Test
  void explainsMistakes() {
    assertTrue(run(2, "--filter=topic=noun.anmal").contains("nearest: noun.animal"));
    assertTrue(run(2, "--glosses=many").contains("not \"many\""));
    assertTrue(run(0, "--help").contains("--filter"));
  }
}
