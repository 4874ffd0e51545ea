/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A {@link BuildReport} for Java Flight Recorder, which needs plain fields. */
@Name("io.omendb.Build")
@Label("Vector Field Build")
@Description("Codes and blocks of a field of a new segment")
@Category("OmenDB")
@Enabled(false)
@StackTrace(false)
final class BuildEvent extends Event {
  @Label("Segment")
  String segment;

  @Label("Field")
  String field;

  @Label("Vectors")
  int vectors;

  @Label("Merge")
  boolean merge;

  @Label("Codebook Trained")
  boolean trained;

  @Label("Codebook Error")
  float codebookError;

  @Label("Codes Copied")
  int copied;

  @Label("Training Time")
  @Timespan(Timespan.NANOSECONDS)
  long trainTime;

  @Label("Encoding Time")
  @Timespan(Timespan.NANOSECONDS)
  long encodeTime;

  @Label("Layout Time")
  @Timespan(Timespan.NANOSECONDS)
  long layoutTime;

  private BuildEvent() {}

  static void commit(BuildReport report) {
    BuildEvent event = new BuildEvent();
    if (!event.shouldCommit()) {
      return;
    }
    event.segment = report.segment();
    event.field = report.field();
    event.vectors = report.vectors();
    event.merge = report.merge();
    event.trained = report.trained();
    event.codebookError = report.codebookError();
    event.copied = report.copied();
    event.trainTime = report.trainNanos();
    event.encodeTime = report.encodeNanos();
    event.layoutTime = report.layoutNanos();
    event.commit();
  }
}
