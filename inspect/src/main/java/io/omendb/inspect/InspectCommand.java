/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.inspect;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.Directory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says what is in an index. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Segments, vector fields, bytes by part, codebooks, blocks and graphs; with --recall, how well"
          + " default searches answer."
    })
final class InspectCommand implements Callable<Integer> {
  @Mixin private IndexSource source;
  @Spec private CommandSpec spec;

  @Option(
      names = "--recall",
      paramLabel = "N",
      defaultValue = "0",
      description = "Estimate recall by N vectors of the index, each compared with all.")
  private int queries;

  @Option(
      names = "--k",
      defaultValue = "10",
      description = "Neighbours asked for to estimate recall (default: ${DEFAULT-VALUE}).")
  private int k;

  @Option(
      names = "--min-recall",
      defaultValue = "0",
      description = "Exit with 1 if an estimate is below (default: ${DEFAULT-VALUE}).")
  private double minRecall;

  /** What {@code --json} prints. */
  record Answer(String folder, List<IndexReport.Segment> segments, List<RecallEstimate> recall) {}

  @Override
  public Integer call() throws IOException {
    check("--recall", queries, 0);
    check("--k", k, 1);
    if (!(minRecall >= 0 && minRecall <= 1)) {
      throw new ParameterException(
          spec.commandLine(), "--min-recall must be from 0 to 1 and is " + minRecall);
    }
    try (Directory directory = source.open();
        DirectoryReader reader = DirectoryReader.open(directory)) {
      IndexReport report = IndexReport.of(reader, source::wants);
      List<RecallEstimate> estimates = new ArrayList<>();
      if (queries > 0) {
        TreeSet<String> fields = new TreeSet<>();
        report.segments().forEach(s -> s.fields().forEach(f -> fields.add(f.name())));
        for (String field : fields) {
          RecallEstimate estimate = RecallEstimate.of(reader, field, k, queries);
          if (estimate != null) {
            estimates.add(estimate);
          }
        }
      }
      PrintWriter out = spec.commandLine().getOut();
      if (source.json()) {
        Json.print(out, new Answer(source.folder().toString(), report.segments(), estimates));
      } else {
        new ReportPrinter(out).print(report, estimates);
      }
      return below(estimates, minRecall) ? Main.DAMAGED : 0;
    }
  }

  static boolean below(List<RecallEstimate> estimates, double minRecall) {
    return estimates.stream().anyMatch(estimate -> estimate.recall() < minRecall);
  }

  private void check(String option, int value, int least) {
    if (value < least) {
      throw new ParameterException(
          spec.commandLine(), option + " must be at least " + least + " and is " + value);
    }
  }
}
