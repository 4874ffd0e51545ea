/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.soak;

import io.omendb.benchmarks.Progress;
import io.omendb.benchmarks.soak.SoakPoint.Measure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * Fills an index and keeps it in use: one thread changes documents, one makes the changes visible
 * each second, one commits, merges and restarts, some search with and without a filter, and the
 * calling one records.
 */
public final class SoakRun {
  private static final double REFRESHES_A_SECOND = 1;
  private static final double KEEPINGS_A_SECOND = 20;

  private final SoakPlan plan;
  private final Path folder;
  private final float[][] queries;
  private final SplittableRandom random;
  private final LiveDocuments documents;
  private final AtomicLong changes = new AtomicLong();
  private final AtomicLong searches = new AtomicLong();
  private final AtomicLong commits = new AtomicLong();
  private final AtomicInteger forcedMerges = new AtomicInteger();
  private final AtomicInteger restarts = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final CountDownLatch over = new CountDownLatch(1);

  /**
   * Prepares.
   *
   * @param folder of the index, empty or not there yet
   * @param vectors of unit length
   * @param queries of unit length
   */
  public SoakRun(SoakPlan plan, Path folder, float[][] vectors, float[][] queries) {
    this.plan = plan;
    this.folder = folder;
    this.queries = queries;
    this.random = new SplittableRandom(plan.seed());
    this.documents = new LiveDocuments(vectors, plan.documents(), random.split());
  }

  /** Runs until the time is over or something fails. */
  public Outcome run() throws IOException, InterruptedException {
    List<SoakPoint> points = new ArrayList<>();
    try (SoakIndex index = new SoakIndex(folder)) {
      fill(index);
      List<Thread> threads = start(index);
      try {
        record(index, points);
      } catch (IOException | RuntimeException e) {
        fail(e);
      }
      over.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
    }
    try (Directory directory = FSDirectory.open(folder)) {
      return new Outcome(
          points,
          changes.get(),
          searches.get(),
          commits.get(),
          lost.get() + FinalCheck.lost(directory, documents),
          FinalCheck.problems(directory),
          failure.get());
    }
  }

  private void fill(SoakIndex index) throws IOException {
    Progress progress = new Progress("fill", plan.documents());
    for (int key = 0; key < plan.documents(); key++) {
      index.apply(documents, documents.add(key));
      progress.step(1);
    }
    index.commit();
    index.refresh();
    progress.done();
  }

  private List<Thread> start(SoakIndex index) {
    List<Thread> threads = new ArrayList<>();
    threads.add(
        start(
            "changer",
            plan.changes(),
            () -> {
              index.change(documents);
              changes.incrementAndGet();
            }));
    threads.add(start("refresher", REFRESHES_A_SECOND, index::refresh));
    Schedule commit = new Schedule(plan.seconds(), plan.commits());
    Schedule merge = new Schedule(plan.seconds(), plan.forcedMerges());
    Schedule restart = new Schedule(plan.seconds(), plan.restarts());
    threads.add(
        start(
            "keeper",
            KEEPINGS_A_SECOND,
            () -> {
              if (commit.due()) {
                index.commit();
                commits.incrementAndGet();
              }
              if (merge.due()) {
                index.forceMerge();
                forcedMerges.incrementAndGet();
              }
              if (restart.due()) {
                lost.addAndGet(index.restart(documents));
                restarts.incrementAndGet();
              }
            }));
    for (int i = 0; i < plan.searchers(); i++) {
      SplittableRandom own = random.split();
      threads.add(start("searcher", plan.searches() / plan.searchers(), () -> search(index, own)));
    }
    return threads;
  }

  private interface Step {
    void run() throws Exception;
  }

  /** Repeats a step until all is over, which it is as soon as one fails. */
  private Thread start(String name, double perSecond, Step step) {
    Pace pace = new Pace(perSecond);
    Thread thread =
        new Thread(
            () -> {
              try {
                while (over.getCount() > 0) {
                  step.run();
                  pace.await();
                }
              } catch (Throwable t) {
                fail(t);
              }
            },
            name);
    thread.start();
    return thread;
  }

  private void fail(Throwable t) {
    failure.compareAndSet(null, t);
    over.countDown();
  }

  private void search(SoakIndex index, SplittableRandom own) throws IOException {
    int place = own.nextInt(queries.length);
    boolean filtered = own.nextBoolean();
    index.search(
        searcher -> searcher.search(Snapshot.query(queries[place], place, filtered), Snapshot.K));
    searches.incrementAndGet();
  }

  private void record(SoakIndex index, List<SoakPoint> points)
      throws IOException, InterruptedException {
    Progress progress = new Progress("soak", plan.points());
    SplittableRandom own = random.split();
    long interval = (long) (plan.seconds() * 1e9 / plan.points());
    long start = System.nanoTime();
    long last = start;
    long lastChanges = changes.get();
    long lastSearches = searches.get();
    for (int i = 1; i <= plan.points(); i++) {
      long wait = start + i * interval - System.nanoTime();
      if (over.await(Math.max(0, wait), TimeUnit.NANOSECONDS)) {
        return;
      }
      long now = System.nanoTime();
      long nowChanges = changes.get();
      long nowSearches = searches.get();
      SoakPoint point = new SoakPoint();
      point.with(Measure.SECONDS, (now - start) / 1e9);
      point.with(Measure.CHANGES, (nowChanges - lastChanges) * 1e9 / (now - last));
      point.with(Measure.SEARCHES, (nowSearches - lastSearches) * 1e9 / (now - last));
      last = now;
      lastChanges = nowChanges;
      lastSearches = nowSearches;
      addSnapshot(point, index, own);
      addResources(point);
      points.add(point);
      progress.step(1);
    }
    progress.done();
  }

  private void addSnapshot(SoakPoint point, SoakIndex index, SplittableRandom own)
      throws IOException {
    float[][] asked = new float[plan.queries()][];
    for (int q = 0; q < asked.length; q++) {
      asked[q] = queries[own.nextInt(queries.length)];
    }
    index.search(searcher -> {
      Snapshot snapshot = Snapshot.of(searcher, documents, asked);
      IndexReader reader = searcher.getIndexReader();
      return point
          .with(Measure.RECALL, snapshot.recall())
          .with(Measure.FILTERED_RECALL, snapshot.filteredRecall())
          .with(Measure.WRONG, snapshot.wrong())
          .with(Measure.DOCUMENTS, snapshot.documents())
          .with(Measure.SEGMENTS, reader.leaves().size());
    });
  }

  private void addResources(SoakPoint point) throws IOException {
    Resources used = Resources.now();
    FolderSize size = FolderSize.of(folder);
    point
        .with(Measure.HEAP, used.heap())
        .with(Measure.DIRECT, used.direct())
        .with(Measure.MAPPED, used.mapped())
        .with(Measure.MAPS, used.maps())
        .with(Measure.ANONYMOUS, used.anonymous())
        .with(Measure.HANDLES, used.handles())
        .with(Measure.THREADS, used.threads())
        .with(Measure.FILES, size.files())
        .with(Measure.BYTES, size.bytes() / (double) (1 << 20))
        .with(Measure.FORCED_MERGES, forcedMerges.get())
        .with(Measure.RESTARTS, restarts.get());
  }
}
