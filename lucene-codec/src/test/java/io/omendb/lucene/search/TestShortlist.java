/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestShortlist {
  private final Shortlist shortlist = new Shortlist();

  /** Adds a cost where the limit lets it, as a search does; its slot tells it apart. */
  private void offer(int[] costs, int slot) {
    if (costs[slot] < shortlist.limit()) {
      shortlist.add(costs[slot], slot);
    }
  }

  private List<Integer> costs(int[] costs) {
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < shortlist.length(); i++) {
      kept.add(costs[shortlist.slot(i)]);
    }
    Collections.sort(kept);
    return kept;
  }

  private static List<Integer> least(int[] costs, int offered, int size) {
    List<Integer> sorted = new ArrayList<>();
    for (int i = 0; i < offered; i++) {
      sorted.add(costs[i]);
    }
    Collections.sort(sorted);
    return sorted.subList(0, Math.min(size, offered));
  }

  /** Many cuts, also in the middle; a cost below the limit can always enter. */
  @ParameterizedTest
  @CsvSource({"1, 8000", "2, 8000", "7, 3", "50, 8000", "50, 5", "50, 1", "1000, 8000"})
  void testKeepsTheLeast(int size, int values) {
    int[] costs = new SplittableRandom(size).ints(900, 0, values).toArray();
    shortlist.reset(size);
    for (int slot = 0; slot < costs.length; slot++) {
      offer(costs, slot);
      if (slot % 97 == 0) {
        shortlist.cut();
        assertEquals(least(costs, slot + 1, size), costs(costs));
      }
      assertTrue(shortlist.length() <= 2 * size);
    }
    shortlist.cut();
    assertEquals(least(costs, costs.length, size), costs(costs));
  }

  @Test
  void testLimit() {
    shortlist.reset(3);
    assertEquals(Shortlist.NO_LIMIT, shortlist.limit());
    int[] costs = {50, 40, 30, 20, 40, 39};
    for (int slot = 0; slot < 3; slot++) {
      shortlist.add(costs[slot], slot);
    }
    shortlist.cut();
    assertEquals(Shortlist.NO_LIMIT, shortlist.limit(), "not full beyond its size");
    shortlist.add(costs[3], 3);
    shortlist.cut();
    assertEquals(40, shortlist.limit(), "the greatest that is kept");
    offer(costs, 4);
    assertEquals(3, shortlist.length());
    offer(costs, 5);
    shortlist.cut();
    assertEquals(List.of(20, 30, 39), costs(costs));
    assertEquals(39, shortlist.limit());
  }

  /** The limit only ever falls, by whichever of the two bounds is the lower. */
  @Test
  void testLowerLimit() {
    shortlist.reset(2);
    shortlist.lowerLimit(45);
    assertEquals(45, shortlist.limit());
    shortlist.lowerLimit(60);
    assertEquals(45, shortlist.limit());
    int[] costs = {44, 43, 42, 41, 30};
    for (int slot = 0; slot < 4; slot++) {
      offer(costs, slot);
    }
    assertEquals(42, shortlist.limit());
    shortlist.lowerLimit(35);
    offer(costs, 4);
    shortlist.cut();
    assertEquals(List.of(30, 41), costs(costs));
    assertEquals(35, shortlist.limit());
    shortlist.reset(2);
    assertEquals(Shortlist.NO_LIMIT, shortlist.limit());
  }

  /** What stays may be all or nothing, and costs of the bound go. */
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 3", "40, 3", "41, 5", "50, 6", "51, 7"})
  void testKeepBelow(int bound, int left) {
    int[] costs = {40, 0, 50, 0, 41, 40, 0};
    shortlist.reset(10);
    for (int slot = 0; slot < costs.length; slot++) {
      shortlist.add(costs[slot], slot);
    }
    shortlist.keepBelow(bound);
    assertEquals(left, shortlist.length());
    for (int cost : costs(costs)) {
      assertTrue(cost < bound);
    }
  }

  @Test
  void testResetForgets() {
    shortlist.reset(2);
    for (int slot = 0; slot < 4; slot++) {
      shortlist.add(slot, slot);
    }
    shortlist.reset(10);
    assertEquals(0, shortlist.length());
    assertEquals(Shortlist.NO_LIMIT, shortlist.limit());
    shortlist.reset(1);
    int[] costs = {7, 6};
    shortlist.add(costs[0], 0);
    shortlist.add(costs[1], 1);
    shortlist.cut();
    assertEquals(List.of(6), costs(costs));
  }

  @Test
  void testSort() {
    int[] costs = {5, 3, 9, 3};
    shortlist.reset(4);
    for (int slot = 0; slot < 4; slot++) {
      shortlist.add(costs[slot], slot);
    }
    shortlist.sort();
    List<Integer> slots = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      slots.add(shortlist.slot(i));
    }
    assertEquals(List.of(1, 3, 0, 2), slots);
  }

  @Test
  void testCostOfRank() {
    int[] costs = new SplittableRandom(1).ints(60, 0, 30).toArray();
    shortlist.reset(60);
    for (int slot = 0; slot < costs.length; slot++) {
      shortlist.add(costs[slot], slot);
    }
    List<Integer> sorted = least(costs, 60, 60);
    for (int rank = 1; rank <= 60; rank++) {
      assertEquals(sorted.get(rank - 1), shortlist.cost(rank));
    }
    assertEquals(sorted, costs(costs));
  }

  /** Entries of the bound itself stay; so do the best, however much they cost. */
  @ParameterizedTest
  @CsvSource({"9, 0", "10, 3", "14, 5", "0, 0", "-1, 7", "100, 5", "9, 60", "9, 100"})
  void testTrim(int bound, int atLeast) {
    int[] costs = new SplittableRandom(2).ints(60, 0, 30).toArray();
    shortlist.reset(60);
    for (int slot = 0; slot < costs.length; slot++) {
      shortlist.add(costs[slot], slot);
    }
    List<Integer> sorted = least(costs, 60, 60);
    int below = (int) sorted.stream().filter(cost -> cost <= bound).count();
    shortlist.trim(bound, atLeast);
    assertEquals(sorted.subList(0, Math.min(60, Math.max(below, atLeast))), costs(costs));
  }
}
