/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.inspect;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The tool: {@code inspect} and {@code verify}. */
@Command(
    name = "omendb-inspect",
    description = "Looks into the vector fields of a Lucene index. Never writes to it.",
    mixinStandardHelpOptions = true,
    version = "omendb-inspect 0.1.0",
    subcommands = {InspectCommand.class, VerifyCommand.class},
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:all is well",
      "1:the index is damaged, or answers worse than was asked for",
      "2:the command line is wrong",
      "3:the index cannot be read"
    })
public final class Main {
  static final int DAMAGED = 1;
  static final int UNREADABLE = 3;

  private Main() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler((e, commandLine, parsed) -> {
          PrintWriter err = commandLine.getErr();
          err.println(e.getClass().getSimpleName() + ": " + e.getMessage());
          return UNREADABLE;
        });
  }
}
