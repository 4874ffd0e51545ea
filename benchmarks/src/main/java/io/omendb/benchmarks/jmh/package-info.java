/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

/** JMH benchmarks of inner loops, and data for them. */
package io.omendb.benchmarks.jmh;
