/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.lucene.util.Version;

/** A dated CSV file of figures, below comment lines on where and how they were measured. */
final class ResultFile {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private ResultFile() {}

  /**
   * Writes a file.
   *
   * @param program what measured, the beginning of the file's name
   * @param settings lines on how it was measured
   */
  static Path write(Path folder, String program, List<String> settings, Table figures)
      throws IOException {
    LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
    StringBuilder text = new StringBuilder();
    Stream.of(List.of(program + ", " + now.withNano(0) + " UTC"), surroundings(), settings)
        .flatMap(List::stream)
        .forEach(line -> text.append("# ").append(line).append('\n'));
    text.append(figures.csv());
    String date = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss", Locale.ROOT).format(now);
    Path file = Files.createDirectories(folder).resolve(program + "-" + date + ".csv");
    return Files.writeString(file, text);
  }

  private static List<String> surroundings() throws IOException {
    Runtime runtime = Runtime.getRuntime();
    return List.of(
        "machine: " + processor() + ", " + runtime.availableProcessors() + " processors",
        "system: " + System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        "JDK: " + System.getProperty("java.vm.name") + " " + Runtime.version(),
        "flags: " + String.join(" ", flags()),
        "Lucene " + Version.LATEST + ", kernels " + Kernels.best().name());
  }

  private static String processor() throws IOException {
    if (Files.isReadable(CPU_INFO)) {
      for (String line : Files.readAllLines(CPU_INFO)) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).trim();
        }
      }
    }
    return "processor unknown";
  }

  /** Flags of the JVM, without those that name places on this machine. */
  private static List<String> flags() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> !flag.contains("/") && !flag.contains("\\"))
        .toList();
  }
}
