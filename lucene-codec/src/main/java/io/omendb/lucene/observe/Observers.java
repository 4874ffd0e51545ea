/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.observe;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Those who hear of searches and builds: the observers of this JVM, and Java Flight Recorder if it
 * records the events {@code io.omendb.Search} and {@code io.omendb.Build}, which are off unless a
 * recording asks for them.
 */
public final class Observers {
  private static final Logger LOG = Logger.getLogger(Observers.class.getName());

  private static final List<OmenObserver> ALL = new CopyOnWriteArrayList<>();

  /** Trimmed Java runtimes may come without it. */
  private static final boolean FLIGHT_RECORDER =
      ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private Observers() {}

  /** Adds an observer, which hears of everything from now on. */
  public static void add(OmenObserver observer) {
    ALL.add(Objects.requireNonNull(observer, "observer"));
  }

  /**
   * Removes an observer.
   *
   * @return whether it was there
   */
  public static boolean remove(OmenObserver observer) {
    return ALL.remove(observer);
  }

  /** Tells of a search. */
  public static void searched(SearchReport report) {
    if (FLIGHT_RECORDER) {
      SearchEvent.commit(report);
    }
    tell(observer -> observer.searched(report));
  }

  /** Tells of a build. */
  public static void built(BuildReport report) {
    if (FLIGHT_RECORDER) {
      BuildEvent.commit(report);
    }
    tell(observer -> observer.built(report));
  }

  private static void tell(Consumer<OmenObserver> report) {
    for (OmenObserver observer : ALL) {
      try {
        report.accept(observer);
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "OmenDB observer " + observer + " failed", e);
      }
    }
  }
}
