/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of these tests in a JVM of its own. */
record ChildJvm(Process process, Path output, Path errors) implements AutoCloseable {
  /**
   * Starts a program on the class path of this JVM.
   *
   * @param heap greatest heap, MiB
   */
  static ChildJvm start(Class<?> program, int heap, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-ea",
            "-Xmx" + heap + "m",
            "-XX:+UseSerialGC",
            // What ends after a second gains nothing from the best code, which comes late.
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            program.getName()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("child", ".out");
    Path errors = Files.createTempFile("child", ".err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    return new ChildJvm(process, output, errors);
  }

  /** Whole lines that it has printed; the last one may have been cut off. */
  List<String> lines() throws IOException {
    String said = Files.readString(output);
    return said.substring(0, said.lastIndexOf('\n') + 1).lines().toList();
  }

  /** What it says of errors. */
  String complaints() throws IOException {
    return Files.readString(errors);
  }

  /** Kills it if it still runs. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() throws IOException {
    kill();
    Files.delete(output);
    Files.delete(errors);
  }
}
