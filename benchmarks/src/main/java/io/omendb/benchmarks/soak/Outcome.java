/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.soak;

import java.util.List;

/**
 * How a soak went.
 *
 * @param points what was recorded, in the order of time
 * @param changes made, those that filled the index apart
 * @param searches made, those of the points apart
 * @param commits made
 * @param lost documents that were not there at a restart or at the end, that were there though
 *     deleted, or that had another vector, bit for bit
 * @param problems segments that {@code CheckIndex} found damaged at the end
 * @param failure what ended it early, null if nothing did
 */
public record Outcome(
    List<SoakPoint> points,
    long changes,
    long searches,
    long commits,
    int lost,
    int problems,
    Throwable failure) {}
