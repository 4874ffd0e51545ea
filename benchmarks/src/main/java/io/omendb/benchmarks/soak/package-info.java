/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Keeps one index under steady use for as long as one likes, records how it fares, and says whether
 * anything was lost, slipped or grew.
 */
package io.omendb.benchmarks.soak;
