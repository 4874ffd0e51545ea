/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.plot;

import io.omendb.benchmarks.compare.Figure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;

/** Hot bytes a vector against the recall of all settings over one segment, a plot for each set. */
final class BytesPlots {
  private BytesPlots() {}

  /** Draws all and returns the names of the files, without their endings. */
  static List<String> draw(List<Figure> figures, Path folder) throws IOException {
    Set<String> sets = new LinkedHashSet<>();
    Map<String, Double> hot = new LinkedHashMap<>();
    for (Figure figure : figures) {
      if (figure.measure().equals("hot bytes")) {
        sets.add(figure.set());
        hot.put(figure.set() + " " + figure.peer(), figure.value());
      }
    }
    CurveStyle style = new CurveStyle();
    figures.forEach(figure -> style.colour(figure.peer()));
    List<String> names = new ArrayList<>();
    for (String set : sets) {
      List<Figure> searches =
          figures.stream()
              .filter(figure -> figure.set().equals(set) && figure.situation().equals("one"))
              .filter(figure -> figure.measure().equals("qps"))
              .toList();
      for (int k : searches.stream().mapToInt(Figure::k).distinct().toArray()) {
        List<Figure> ofK = searches.stream().filter(figure -> figure.k() == k).toList();
        String name = Drawing.fileName("bytes-recall", set, "k" + k);
        Drawing.save(chart(set, k, ofK, hot, style), folder, name);
        names.add(name);
      }
    }
    return names;
  }

  private static XYChart chart(
      String set, int k, List<Figure> searches, Map<String, Double> hot, CurveStyle style) {
    XYChart chart =
        new XYChartBuilder()
            .width(Drawing.WIDTH)
            .height(Drawing.HEIGHT)
            .title(set + ", one segment: bytes that every search reads, and recall")
            .xAxisTitle("hot bytes a vector, logarithmic")
            .yAxisTitle("recall@" + k + " of each setting")
            .build();
    Drawing.style(chart.getStyler());
    chart.getStyler().setXAxisLogarithmic(true).setXAxisLogarithmicDecadeOnly(false);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0);
    chart.getStyler().setXAxisTickLabelsFormattingFunction(Drawing::logarithmic);
    Map<String, List<Double>> recalls = new LinkedHashMap<>();
    Map<String, Double> bytes = new LinkedHashMap<>();
    for (Figure figure : searches) {
      recalls.computeIfAbsent(figure.curve(), each -> new ArrayList<>()).add(figure.recall());
      bytes.put(figure.curve(), hot.get(set + " " + figure.peer()));
    }
    recalls.forEach((curve, values) -> {
      values.sort(null);
      XYSeries series =
          chart.addSeries(curve, Collections.nCopies(values.size(), bytes.get(curve)), values);
      series.setLineColor(style.colour(curve));
      series.setMarkerColor(style.colour(curve));
      series.setLineStyle(CurveStyle.stroke(curve));
    });
    return chart;
  }
}
