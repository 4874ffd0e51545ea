/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Compares vector indexes side by side: {@link io.omendb.benchmarks.compare.Peer} is what is
 * compared, {@link io.omendb.benchmarks.compare.PointRace} measures searches, {@link
 * io.omendb.benchmarks.compare.Comparison} goes through the situations, and {@link
 * io.omendb.benchmarks.compare.Figure} is one number that came out.
 */
package io.omendb.benchmarks.compare;
