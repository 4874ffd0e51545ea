/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestObservers {
  private static final SearchReport SEARCH =
      new SearchReport(
          "_7",
          "title",
          5000,
          10,
          new SearchCost(SearchCost.Regime.FEW, 40, 77, 33, 11_000, 22_000, 44_000));

  private static final BuildReport BUILD =
      new BuildReport("_8", "title", 9000, true, true, 0.25f, 400, 1_000_000, 2_000_000, 3_000_000);

  @Test
  void observersHearUntilTheyAreRemoved() {
    List<Object> heard = new ArrayList<>();
    OmenObserver observer = listener(heard);
    Observers.add(observer);
    try {
      Observers.searched(SEARCH);
      Observers.built(BUILD);
    } finally {
      assertTrue(Observers.remove(observer));
    }
    Observers.searched(SEARCH);
    assertFalse(Observers.remove(observer));
    assertEquals(List.of(SEARCH, BUILD), heard);
  }

  @Test
  void oneThatFailsKeepsNobodyFromHearing() {
    OmenObserver failing =
        new OmenObserver() {
          @Override
          public void searched(SearchReport report) {
            throw new IllegalStateException("on purpose");
          }
        };
    List<Object> heard = new ArrayList<>();
    OmenObserver observer = listener(heard);
    Observers.add(failing);
    Observers.add(observer);
    try {
      Observers.searched(SEARCH);
    } finally {
      Observers.remove(failing);
      Observers.remove(observer);
    }
    assertEquals(List.of(SEARCH), heard);
  }

  @Test
  void flightRecorderRecordsWhatIsAskedFor(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("events.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("io.omendb.Search");
      recording.enable("io.omendb.Build");
      recording.start();
      Observers.searched(SEARCH);
      Observers.built(BUILD);
      recording.stop();
      recording.dump(file);
    }
    RecordedEvent search = only(file, "io.omendb.Search");
    assertEquals("_7", search.getString("segment"));
    assertEquals("title", search.getString("field"));
    assertEquals(5000, search.getInt("vectors"));
    assertEquals(10, search.getInt("k"));
    assertEquals("FEW", search.getString("regime"));
    assertEquals(40, search.getInt("blocks"));
    assertEquals(77, search.getInt("codes"));
    assertEquals(33, search.getInt("rows"));
    assertEquals(Duration.ofNanos(11_000), search.getDuration("tableTime"));
    assertEquals(Duration.ofNanos(22_000), search.getDuration("probeTime"));
    assertEquals(Duration.ofNanos(44_000), search.getDuration("rerankTime"));
    RecordedEvent build = only(file, "io.omendb.Build");
    assertEquals("_8", build.getString("segment"));
    assertEquals("title", build.getString("field"));
    assertEquals(9000, build.getInt("vectors"));
    assertTrue(build.getBoolean("merge"));
    assertTrue(build.getBoolean("trained"));
    assertEquals(0.25f, build.getFloat("codebookError"));
    assertEquals(400, build.getInt("copied"));
    assertEquals(Duration.ofMillis(1), build.getDuration("trainTime"));
    assertEquals(Duration.ofMillis(2), build.getDuration("encodeTime"));
    assertEquals(Duration.ofMillis(3), build.getDuration("layoutTime"));
  }

  @Test
  void flightRecorderRecordsNothingUnasked(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("events.jfr");
    try (Recording recording = new Recording()) {
      recording.start();
      Observers.searched(SEARCH);
      recording.stop();
      recording.dump(file);
    }
    assertEquals(List.of(), events(file, "io.omendb.Search"));
  }

  private static RecordedEvent only(Path file, String name) throws IOException {
    List<RecordedEvent> events = events(file, name);
    assertEquals(1, events.size(), name);
    return events.get(0);
  }

  private static List<RecordedEvent> events(Path file, String name) throws IOException {
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().equals(name))
        .toList();
  }

  private static OmenObserver listener(List<Object> heard) {
    return new OmenObserver() {
      @Override
      public void searched(SearchReport report) {
        heard.add(report);
      }

      @Override
      public void built(BuildReport report) {
        heard.add(report);
      }
    };
  }
}
