/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all programs are told. Relative paths count from the root of the project. */
public final class CommonOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR|FILE",
      defaultValue = "../shared/data",
      description =
          "Folder of the vector sets (default: ${DEFAULT-VALUE}), or a file that stands for all of"
              + " them: .hdf5 of ann-benchmarks, .fvecs, .bvecs, .ivecs, or .f32 with --dimension.")
  private Path data;

  @Mixin private DataOptions dataOptions;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      defaultValue = "benchmarks/results",
      description = "Where the result file goes (default: ${DEFAULT-VALUE}).")
  private Path results;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads for what is not timed (default: all processors).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--help", usageHelp = true, description = "Show this help and exit.")
  @SuppressWarnings("unused") // picocli acts on it
  private boolean help;

  Threads threads() {
    return new Threads(threads);
  }

  /** The sets to run on: those named, or the one file that {@code --data} names. */
  List<String> sets(List<String> named) {
    return Files.isRegularFile(data) ? List.of(data.toString()) : named;
  }

  /** Reads a set of the data folder, or any other folder or file. */
  VectorSet read(String set) throws IOException {
    Path inFolder = data.resolve(set);
    Path path = Files.exists(inFolder) ? inFolder : Path.of(set);
    if (!Files.exists(path)) {
      throw new IOException(
          "no vector set " + inFolder + "; --data names the folder of the sets, or a file");
    }
    System.err.println(set);
    try (Threads threads = threads()) {
      return dataOptions.read(path, threads.parallel());
    }
  }

  /** Prints the tables and keeps the figures. */
  void report(String program, CommandLine.ParseResult arguments, List<Table> tables, Table figures)
      throws IOException {
    report(program, arguments, List.of(), tables, figures);
  }

  /**
   * Prints the tables and keeps the figures.
   *
   * @param notes lines that the file has besides the options
   */
  Path report(
      String program,
      CommandLine.ParseResult arguments,
      List<String> notes,
      List<Table> tables,
      Table figures)
      throws IOException {
    for (Table table : tables) {
      System.out.println(table.markdown());
    }
    List<String> settings = new ArrayList<>();
    for (CommandLine.Model.OptionSpec option : arguments.commandSpec().options()) {
      Object value = option.getValue();
      if (value != null && !option.usageHelp() && !(value instanceof Path)) {
        String text =
            value instanceof Object[] values ? List.of(values).toString() : value.toString();
        settings.add(option.longestName().substring(2) + ": " + text);
      }
    }
    settings.addAll(notes);
    Path file = ResultFile.write(results, program, settings, figures);
    System.err.println("figures: " + file);
    return file;
  }

  /** Runs a program and returns its exit code. */
  static int run(Object program, String... arguments) {
    return new CommandLine(program)
        .setExecutionExceptionHandler((e, command, parsed) -> {
          e.printStackTrace(command.getErr());
          return command.getCommandSpec().exitCodeOnExecutionException();
        })
        .execute(arguments);
  }
}
