/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch.stats;

import org.opensearch.action.ActionType;

/** Statistics of vector fields. */
public final class OmenStatsAction extends ActionType<OmenStatsResponse> {
  /** Name, by which permissions are given: one of those for monitoring indexes. */
  public static final String NAME = "indices:monitor/omen/stats";

  /** The action. */
  public static final OmenStatsAction INSTANCE = new OmenStatsAction();

  private OmenStatsAction() {
    super(NAME, OmenStatsResponse::new);
  }
}
