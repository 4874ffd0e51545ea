/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.plot;

import static java.util.Locale.ROOT;

import io.omendb.benchmarks.Curve;
import io.omendb.benchmarks.compare.Figure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;

/** Queries a second against recall, a plot for each set and situation, a line for each curve. */
final class RecallPlots {
  /** Below, no one would use a setting. */
  private static final double LEAST_RECALL = .6;

  private RecallPlots() {}

  /** What one plot shows. */
  private record Plot(String set, int rows, String situation, int k, int threads) {}

  /** Draws all and returns the names of the files, without their endings. */
  static List<String> draw(List<Figure> figures, Path folder) throws IOException {
    Map<Plot, Map<String, List<Curve.Point>>> plots = new LinkedHashMap<>();
    for (Figure figure : figures) {
      boolean single = figure.situation().equals("indexing");
      if (figure.measure().equals("qps") && !single && figure.recall() >= LEAST_RECALL) {
        plots
            .computeIfAbsent(
                new Plot(
                    figure.set(), figure.rows(), figure.situation(), figure.k(), figure.threads()),
                each -> new LinkedHashMap<>())
            .computeIfAbsent(figure.curve(), each -> new ArrayList<>())
            .add(new Curve.Point(figure.recall(), figure.value()));
      }
    }
    CurveStyle style = new CurveStyle();
    figures.forEach(figure -> style.colour(figure.peer()));
    List<String> names = new ArrayList<>();
    for (Map.Entry<Plot, Map<String, List<Curve.Point>>> each : plots.entrySet()) {
      Plot plot = each.getKey();
      String name =
          Drawing.fileName(
              "recall-qps",
              plot.set,
              plot.situation,
              "k" + plot.k,
              plot.threads + (plot.threads == 1 ? "-thread" : "-threads"));
      Drawing.save(chart(plot, each.getValue(), style), folder, name);
      names.add(name);
    }
    return names;
  }

  private static XYChart chart(Plot plot, Map<String, List<Curve.Point>> curves, CurveStyle style) {
    XYChart chart =
        new XYChartBuilder()
            .width(Drawing.WIDTH)
            .height(Drawing.HEIGHT)
            .title(
                String.format(
                    ROOT,
                    "%s, %,d vectors, %s, %d search thread%s",
                    plot.set,
                    plot.rows,
                    title(plot.situation),
                    plot.threads,
                    plot.threads == 1 ? "" : "s"))
            .xAxisTitle("recall@" + plot.k + " (settings below " + LEAST_RECALL + " left out)")
            .yAxisTitle("queries a second, logarithmic")
            .build();
    Drawing.style(chart.getStyler());
    chart.getStyler().setYAxisLogarithmic(true).setYAxisLogarithmicDecadeOnly(false);
    chart.getStyler().setXAxisMin(LEAST_RECALL).setXAxisMax(1.0);
    chart.getStyler().setXAxisDecimalPattern("0.00");
    chart.getStyler().setYAxisTickLabelsFormattingFunction(Drawing::logarithmic);
    curves.forEach((curve, points) -> {
      points.sort(Comparator.comparingDouble(Curve.Point::recall));
      XYSeries series =
          chart.addSeries(
              curve,
              points.stream().mapToDouble(Curve.Point::recall).toArray(),
              points.stream().mapToDouble(Curve.Point::qps).toArray());
      series.setLineColor(style.colour(curve));
      series.setMarkerColor(style.colour(curve));
      series.setLineStyle(CurveStyle.stroke(curve));
    });
    return chart;
  }

  /** Words for a situation. */
  static String title(String situation) {
    return switch (situation) {
      case "one" -> "one segment";
      case "many" -> "several segments";
      case "memory" -> "memory limited";
      default -> situation;
    };
  }
}
