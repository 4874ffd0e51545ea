/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * What operators can see of the format at work: a report of each search of a segment and of each
 * field that is built, to listeners and to Java Flight Recorder. Nothing is kept here.
 */
package io.omendb.lucene.observe;
