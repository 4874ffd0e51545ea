/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * A command-line tool that looks into an index directory, of whatever codec, and says what is in
 * its vector fields, how large they are, how well they answer and whether they are sound.
 */
package io.omendb.inspect;
