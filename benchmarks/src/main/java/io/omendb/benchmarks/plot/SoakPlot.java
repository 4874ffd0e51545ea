/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.plot;

import io.omendb.benchmarks.soak.SoakPoint;
import io.omendb.benchmarks.soak.SoakPoint.Measure;
import java.awt.Color;
import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** What a soak recorded, over time: small panels in one figure. */
public final class SoakPlot {
  private static final int COLUMNS = 2;
  private static final int PANEL_WIDTH = 600;
  private static final int PANEL_HEIGHT = 210;
  private static final Color[] COLOURS = {new Color(0x0072B2), new Color(0xD55E00)};

  private SoakPlot() {}

  /** Measures drawn together. */
  private record Panel(String title, List<Measure> measures, boolean fromZero) {}

  private static final List<Panel> PANELS =
      List.of(
          new Panel("recall@10", List.of(Measure.RECALL, Measure.FILTERED_RECALL), false),
          new Panel(
              "changes and searches a second", List.of(Measure.CHANGES, Measure.SEARCHES), true),
          new Panel("heap after collection, MiB", List.of(Measure.HEAP), true),
          new Panel("anonymous memory, MiB", List.of(Measure.ANONYMOUS), true),
          new Panel("index and mapped files, MiB", List.of(Measure.BYTES, Measure.MAPPED), true),
          new Panel("files and mapped files", List.of(Measure.FILES, Measure.MAPS), true),
          new Panel("open handles and threads", List.of(Measure.HANDLES, Measure.THREADS), true),
          new Panel("segments", List.of(Measure.SEGMENTS), true),
          new Panel("live documents", List.of(Measure.DOCUMENTS), true),
          new Panel(
              "forced merges and restarts",
              List.of(Measure.FORCED_MERGES, Measure.RESTARTS),
              true));

  /** Draws all and returns the name of the files, without their endings. */
  public static String draw(String set, List<SoakPoint> points, Path folder) throws IOException {
    List<XYChart> charts = new ArrayList<>();
    for (Panel panel : PANELS) {
      charts.add(chart(panel, points));
    }
    String name = Drawing.fileName("soak", set);
    Drawing.save(new Stack("soak " + set, charts), folder, name);
    return name;
  }

  private static XYChart chart(Panel panel, List<SoakPoint> points) {
    XYChart chart =
        new XYChartBuilder()
            .width(PANEL_WIDTH)
            .height(PANEL_HEIGHT)
            .title(panel.title)
            .xAxisTitle("minutes")
            .build();
    Drawing.style(chart.getStyler());
    chart.getStyler().setYAxisTickLabelsFormattingFunction(Drawing::number);
    chart.getStyler().setLegendPosition(LegendPosition.InsideSW);
    chart.getStyler().setLegendVisible(panel.measures.size() > 1);
    chart.getStyler().setXAxisTitleVisible(false);
    if (panel.fromZero) {
      chart.getStyler().setYAxisMin(0.0);
    }
    int colour = 0;
    for (Measure measure : panel.measures) {
      List<Double> minutes = new ArrayList<>();
      List<Double> values = new ArrayList<>();
      for (SoakPoint point : points) {
        if (!Double.isNaN(point.get(measure))) {
          minutes.add(point.get(Measure.SECONDS) / 60);
          values.add(point.get(measure));
        }
      }
      if (!values.isEmpty()) {
        XYSeries series = chart.addSeries(measure.column(), minutes, values);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(COLOURS[colour]);
      }
      colour++;
    }
    return chart;
  }

  /** Charts of one size in rows. */
  private record Stack(String title, List<XYChart> charts) implements IChart {
    @Override
    public void paint(Graphics2D graphics, int width, int height) {
      for (int i = 0; i < charts.size(); i++) {
        Graphics2D part = (Graphics2D) graphics.create();
        part.translate(i % COLUMNS * PANEL_WIDTH, i / COLUMNS * PANEL_HEIGHT);
        charts.get(i).paint(part, PANEL_WIDTH, PANEL_HEIGHT);
        part.dispose();
      }
    }

    @Override
    public int getWidth() {
      return COLUMNS * PANEL_WIDTH;
    }

    @Override
    public int getHeight() {
      return (charts.size() + COLUMNS - 1) / COLUMNS * PANEL_HEIGHT;
    }

    @Override
    public String getTitle() {
      return title;
    }
  }
}
