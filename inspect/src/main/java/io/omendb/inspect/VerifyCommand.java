/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.inspect;

import io.omendb.lucene.CodeCheck;
import io.omendb.lucene.SegmentLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.apache.lucene.index.CheckIndex;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentReader;
import org.apache.lucene.store.Directory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads everything and says what is wrong. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lucene's CheckIndex, which reads every file; then what it cannot know: that codes are those of"
          + " their vectors and that every block can be reached. Needs the lock of the index: no"
          + " writer may be open."
    })
final class VerifyCommand implements Callable<Integer> {
  @Mixin private IndexSource source;
  @Spec private CommandSpec spec;

  @Option(
      names = "--codes",
      paramLabel = "N",
      defaultValue = "100000",
      description =
          "Encode at most N vectors of each field and segment anew (default: ${DEFAULT-VALUE}).")
  private int codes;

  /** What {@code --json} prints. */
  record Answer(String folder, boolean sound, List<String> problems) {}

  @Override
  public Integer call() throws IOException {
    if (codes < 0) {
      throw new ParameterException(
          spec.commandLine(), "--codes must be at least 0 and is " + codes);
    }
    List<String> problems = new ArrayList<>();
    try (Directory directory = source.open()) {
      checkIndex(directory, problems);
      if (problems.isEmpty()) {
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
          checkFields(reader, problems);
        }
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (source.json()) {
      Json.print(out, new Answer(source.folder().toString(), problems.isEmpty(), problems));
    } else {
      problems.forEach(out::println);
      out.println(problems.isEmpty() ? "no problems" : problems.size() + " problems");
      out.flush();
    }
    return problems.isEmpty() ? 0 : Main.DAMAGED;
  }

  private static void checkIndex(Directory directory, List<String> problems) throws IOException {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    try (CheckIndex check = new CheckIndex(directory)) {
      check.setInfoStream(new PrintStream(log, false, StandardCharsets.UTF_8));
      check.setLevel(CheckIndex.Level.MIN_LEVEL_FOR_INTEGRITY_CHECKS);
      CheckIndex.Status status = check.checkIndex();
      if (status.clean) {
        return;
      }
      boolean told = false;
      for (CheckIndex.Status.SegmentInfoStatus segment : status.segmentInfos) {
        if (segment.error != null) {
          problems.add("segment " + segment.name + ": " + segment.error.getMessage());
          told = true;
        }
      }
      if (!told) {
        problems.add(log.toString(StandardCharsets.UTF_8));
      }
    }
  }

  private void checkFields(DirectoryReader reader, List<String> problems) throws IOException {
    try (ProgressBar progress = Progress.bar("segments", reader.leaves().size())) {
      for (LeafReaderContext context : reader.leaves()) {
        for (FieldInfo field : context.reader().getFieldInfos()) {
          if (source.wants(field.name)) {
            checkField(context.reader(), field.name, problems);
          }
        }
        progress.step();
      }
    }
  }

  private void checkField(LeafReader leaf, String field, List<String> problems) throws IOException {
    String where =
        "segment " + ((SegmentReader) leaf).getSegmentName() + ", field \"" + field + "\": ";
    CodeCheck check = CodeCheck.of(leaf, field, codes);
    if (check != null && check.wrong() > 0) {
      problems.add(
          where
              + check.wrong()
              + " of "
              + check.checked()
              + " codes are not those of their vectors");
    }
    SegmentLayout layout = SegmentLayout.of(leaf, field);
    if (layout != null && layout.graph() != null && layout.graph().reachable() < layout.blocks()) {
      problems.add(
          where
              + "links lead to "
              + layout.graph().reachable()
              + " of "
              + layout.blocks()
              + " blocks");
    }
  }
}
