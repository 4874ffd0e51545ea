/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.plot;

import static java.util.Locale.ROOT;

import io.omendb.benchmarks.compare.Figure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;

/** Bars of index rates, a plot for each set. */
final class RatePlots {
  private RatePlots() {}

  /** Draws all and returns the names of the files, without their endings. */
  static List<String> draw(List<Figure> figures, Path folder) throws IOException {
    Map<String, Map<String, Map<String, Double>>> rates = new LinkedHashMap<>();
    for (Figure figure : figures) {
      if (figure.measure().equals("index rate")) {
        String how =
            String.format(
                ROOT,
                "%d thread%s, %,d vectors",
                figure.threads(),
                figure.threads() == 1 ? "" : "s",
                figure.rows());
        rates
            .computeIfAbsent(figure.set(), each -> new LinkedHashMap<>())
            .computeIfAbsent(how, each -> new LinkedHashMap<>())
            .put(figure.peer(), figure.value());
      }
    }
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, Map<String, Map<String, Double>>> each : rates.entrySet()) {
      String name = Drawing.fileName("index-rate", each.getKey());
      Drawing.save(chart(each.getKey(), each.getValue()), folder, name);
      names.add(name);
    }
    return names;
  }

  private static CategoryChart chart(String set, Map<String, Map<String, Double>> rates) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(Drawing.WIDTH)
            .height(Drawing.HEIGHT)
            .title(set + ": adding, committing and merging into one segment")
            .xAxisTitle("")
            .yAxisTitle("vectors a second")
            .build();
    Drawing.style(chart.getStyler());
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setXAxisLabelRotation(30);
    chart.getStyler().setYAxisTickLabelsFormattingFunction(Drawing::number);
    rates.forEach((how, ofPeers) ->
        chart.addSeries(how, List.copyOf(ofPeers.keySet()), List.copyOf(ofPeers.values())));
    return chart;
  }
}
