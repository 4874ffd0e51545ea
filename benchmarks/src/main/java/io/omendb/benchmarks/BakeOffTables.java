/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import static java.util.Locale.ROOT;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What a {@link BakeOff} found: summaries to print, and all figures to keep. */
final class BakeOffTables {
  private static final double[] RECALLS = {.90, .95, .99};

  private final Table built =
      new Table("set", "shape", "train s", "encode s", "build s", "code B", "index B", "hot B");

  private final Table compared =
      new Table("set", "filter", "shape", "qps at .90", "qps at .95", "qps at .99", "best recall");

  private final Table figures =
      new Table(
          "set", "shape", "measure", "filter", "width", "shortlist", "recall", "scored", "value");

  /** Notes what a shape took to build and how large it is; the codebook is not counted. */
  void built(String set, CodedVectors coded, Shape shape) {
    String build = decimals(shape.buildSeconds(), 1);
    String codeBytes = decimals(shape.codeBytes(), 2);
    String indexBytes = decimals(shape.indexBytes(), 2);
    built.add(
        set,
        shape.name(),
        decimals(coded.trainSeconds(), 1),
        decimals(coded.encodeSeconds(), 1),
        build,
        codeBytes,
        indexBytes,
        decimals(shape.codeBytes() + shape.indexBytes(), 2));
    figure(set, "build seconds", shape, build);
    figure(set, "code bytes", shape, codeBytes);
    figure(set, "index bytes", shape, indexBytes);
  }

  private void figure(String set, String what, Shape shape, String value) {
    figures.add(set, shape.name(), what, "", "", "", "", "", value);
  }

  /** Notes the results of a race. */
  void raced(String set, String filter, List<Race.Result> results) {
    Map<String, List<Curve.Point>> points = new LinkedHashMap<>();
    for (Race.Result result : results) {
      String shape = result.setting().shape().name();
      points
          .computeIfAbsent(shape, name -> new ArrayList<>())
          .add(new Curve.Point(result.recall(), result.qps()));
      figures.add(
          set,
          shape,
          "qps",
          filter,
          String.valueOf(result.setting().width()),
          String.valueOf(result.setting().shortlist()),
          decimals(result.recall(), 4),
          decimals(result.scored(), 0),
          decimals(result.qps(), 0));
    }
    points.forEach((shape, measured) -> {
      Curve curve = new Curve(measured);
      String[] qps = new String[RECALLS.length];
      for (int i = 0; i < qps.length; i++) {
        OptionalDouble at = curve.qpsAt(RECALLS[i]);
        qps[i] = at.isPresent() ? decimals(at.getAsDouble(), 0) : "not reached";
      }
      double best = curve.points().get(curve.points().size() - 1).recall();
      compared.add(set, filter, shape, qps[0], qps[1], qps[2], decimals(best, 4));
      System.err.println("  " + shape + ", qps at .90, .95, .99: " + String.join(", ", qps));
    });
  }

  List<Table> summaries() {
    return List.of(built, compared);
  }

  Table figures() {
    return figures;
  }

  private static String decimals(double value, int places) {
    return String.format(ROOT, "%." + places + "f", value);
  }
}
