/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Programs that measure: {@link io.omendb.benchmarks.Acceptance} checks what the product promises,
 * {@link io.omendb.benchmarks.BakeOff} compares two shapes of the bottom layer, {@link
 * io.omendb.benchmarks.SideBySide} compares the format with its peers, and {@link
 * io.omendb.benchmarks.Plots} draws what that found.
 */
package io.omendb.benchmarks;
