/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Draws what {@link io.omendb.benchmarks.SideBySide} measured, and writes its tables, from result
 * files alone.
 */
package io.omendb.benchmarks.plot;
