/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import io.omendb.benchmarks.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.DoubleAdder;

/**
 * Measures points of curves in turns: each round runs every point once for a while, beginning
 * elsewhere than the round before, so that no point has the machine's good hour to itself. A first
 * round counts recall and warms up.
 */
final class PointRace implements AutoCloseable {
  /** Queries before each timed while of an index whose memory is limited. */
  private static final int WARM_UP = 10;

  private final int threads;
  private final int rounds;
  private final double seconds;
  private final Workers workers;
  private final Map<PeerIndex, PeerIndex.RowSearcher[]> searchers = new HashMap<>();

  /**
   * A way to search an index.
   *
   * @param truth queries, and their right answers in that index
   * @param index the one that is timed
   * @param counted the one by which recall is counted: another where that is quicker
   * @param pages what the timed one is read through, null for memory mapping
   */
  record Entry(
      Peer peer,
      Setting setting,
      Truth truth,
      PeerIndex index,
      PeerIndex counted,
      PageCache pages) {}

  /**
   * What came out.
   *
   * @param p50 microseconds
   * @param p99 microseconds
   * @param pages pages read for a query by each round; null with memory mapping
   */
  record Result(Entry entry, double recall, Spread qps, double p50, double p99, Spread pages) {}

  /** What one point has gathered. */
  private final class Course {
    private final Entry entry;
    private final double[] qps = new double[rounds];
    private final double[] pages = new double[rounds];
    private final Latencies latencies = new Latencies();
    private double recall;
    private int next;

    Course(Entry entry) {
      this.entry = entry;
    }

    Result result() {
      return new Result(
          entry,
          recall,
          Spread.of(qps),
          latencies.micros(.5),
          latencies.micros(.99),
          entry.pages == null ? null : Spread.of(pages));
    }
  }

  /**
   * Prepares to measure.
   *
   * @param seconds that each point runs in a round
   */
  PointRace(int threads, int rounds, double seconds) {
    this.threads = threads;
    this.rounds = rounds;
    this.seconds = seconds;
    this.workers = new Workers(threads);
  }

  /**
   * Measures.
   *
   * @param filter number of the filter in the truth
   */
  List<Result> run(String name, List<Entry> entries, int filter) throws IOException {
    List<Course> courses = new ArrayList<>();
    for (Entry entry : entries) {
      courses.add(new Course(entry));
    }
    Progress progress = new Progress(name, (rounds + 1L) * courses.size());
    for (Course course : courses) {
      countRecall(course, filter);
      progress.step(1);
    }
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < courses.size(); i++) {
        int first = round * courses.size() / rounds;
        time(courses.get((first + i) % courses.size()), round, filter);
        progress.step(1);
      }
    }
    progress.done();
    return courses.stream().map(Course::result).toList();
  }

  private PeerIndex.RowSearcher[] searchers(PeerIndex index) throws IOException {
    PeerIndex.RowSearcher[] known = searchers.get(index);
    if (known == null) {
      known = new PeerIndex.RowSearcher[threads];
      for (int thread = 0; thread < threads; thread++) {
        known[thread] = index.searcher();
      }
      searchers.put(index, known);
    }
    return known;
  }

  private void countRecall(Course course, int filter) throws IOException {
    PeerIndex.RowSearcher[] each = searchers(course.entry.counted);
    DoubleAdder sum = new DoubleAdder();
    Truth truth = course.entry.truth;
    int queries = truth.queries().length;
    workers.run(thread -> {
      for (int q = thread; q < queries; q += threads) {
        sum.add(truth.recall(filter, q, search(each[thread], course.entry, q, filter)));
      }
    });
    course.recall = sum.sum() / queries;
  }

  /** Fills a limited page cache with what this setting reads, since all of an index share it. */
  private void warmUp(Course course, int filter) throws IOException {
    if (course.entry.pages != null) {
      PeerIndex.RowSearcher searcher = searchers(course.entry.index)[0];
      for (int i = 0; i < WARM_UP; i++) {
        int query = course.next++ % course.entry.truth.queries().length;
        search(searcher, course.entry, query, filter);
      }
    }
  }

  private int[] search(PeerIndex.RowSearcher searcher, Entry entry, int query, int filter)
      throws IOException {
    Truth truth = entry.truth;
    return searcher.search(truth.queries()[query], truth.k(), entry.setting, truth.filter(filter));
  }

  private void time(Course course, int round, int filter) throws IOException {
    PeerIndex.RowSearcher[] each = searchers(course.entry.index);
    Latencies[] latencies = new Latencies[threads];
    int queries = course.entry.truth.queries().length;
    warmUp(course, filter);
    int first = course.next;
    long misses = misses(course.entry);
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    workers.run(thread -> {
      latencies[thread] = new Latencies();
      long now = System.nanoTime();
      for (int q = first + thread; latencies[thread].size() == 0 || now < end; q += threads) {
        int query = q % queries;
        search(each[thread], course.entry, query, filter);
        long then = now;
        now = System.nanoTime();
        latencies[thread].add(now - then);
      }
    });
    double took = (System.nanoTime() - start) / 1e9;
    int done = 0;
    for (Latencies some : latencies) {
      course.latencies.addAll(some);
      done += some.size();
    }
    course.qps[round] = done / took;
    course.pages[round] = (double) (misses(course.entry) - misses) / done;
    course.next = (first + done) % queries;
  }

  private static long misses(Entry entry) {
    return entry.pages == null ? 0 : entry.pages.misses();
  }

  @Override
  public void close() throws IOException {
    workers.close();
    for (PeerIndex.RowSearcher[] each : searchers.values()) {
      for (PeerIndex.RowSearcher searcher : each) {
        searcher.close();
      }
    }
  }
}
