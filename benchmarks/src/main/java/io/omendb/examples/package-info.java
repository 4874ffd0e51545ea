/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

/** What programs of other packages need of the examples. */
package io.omendb.examples;
