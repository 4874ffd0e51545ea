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

/** A {@link SearchReport} for Java Flight Recorder, which needs plain fields. */
@Name("io.omendb.Search")
@Label("Vector Search")
@Description("A search of one segment")
@Category("OmenDB")
@Enabled(false)
@StackTrace(false)
final class SearchEvent extends Event {
  @Label("Segment")
  String segment;

  @Label("Field")
  String field;

  @Label("Vectors")
  int vectors;

  @Label("Results Wanted")
  int k;

  @Label("Regime")
  String regime;

  @Label("Blocks Read")
  int blocks;

  @Label("Codes Scored")
  int codes;

  @Label("Raw Vectors Scored")
  int rows;

  @Label("Table Time")
  @Timespan(Timespan.NANOSECONDS)
  long tableTime;

  @Label("Probe Time")
  @Timespan(Timespan.NANOSECONDS)
  long probeTime;

  @Label("Rerank Time")
  @Timespan(Timespan.NANOSECONDS)
  long rerankTime;

  private SearchEvent() {}

  static void commit(SearchReport report) {
    SearchEvent event = new SearchEvent();
    if (!event.shouldCommit()) {
      return;
    }
    event.segment = report.segment();
    event.field = report.field();
    event.vectors = report.vectors();
    event.k = report.k();
    event.regime = report.cost().regime().name();
    event.blocks = report.cost().blocks();
    event.codes = report.cost().codes();
    event.rows = report.cost().rows();
    event.tableTime = report.cost().tableNanos();
    event.probeTime = report.cost().probeNanos();
    event.rerankTime = report.cost().rerankNanos();
    event.commit();
  }
}
