import type { App, RouteContext } from '../app-types.ts';
import { addActionRoutes } from './actions.ts';
import { addAgentConfigRoutes } from './agent-configs.ts';
import { addAgentRoutes } from './agents.ts';
import { addAssetRoutes } from './assets.ts';
import { addAuditRoutes } from './audit.ts';
import { addAvailabilityRoutes } from './availability.ts';
import { addBacktestRoutes } from './backtests.ts';
import { addDeskNewsRoutes } from './desk-news.ts';
import { addDeviceRuleRoutes } from './device-rules.ts';
import { addDeviceRoutes } from './devices.ts';
import { addDiscoveryRoutes } from './discovery.ts';
import { addEventRoutes } from './events.ts';
import { addHealthRoutes } from './health.ts';
import { addIncidentRoutes } from './incidents.ts';
import { addInventoryRoutes } from './inventory.ts';
import { addLiveRoutes } from './live.ts';
import { addMaintenanceRoutes } from './maintenance.ts';
import { addMajorRoutes } from './majors.ts';
import { addMetricsRoutes } from './metrics.ts';
import { addOnCallRoutes } from './on-call.ts';
import { addOpenApiRoutes } from './openapi.ts';
import { addOutsideAlertRoutes } from './outside-alerts.ts';
import { addPackRuleRoute } from './pack-rules.ts';
import { addPrometheusRoutes } from './prometheus.ts';
import { addReleaseRoutes } from './releases.ts';
import { addReviewRoutes } from './reviews.ts';
import { addRuleRevisionRoutes } from './rule-revisions.ts';
import { addSessionRoutes } from './session.ts';
import { addSetAsideRoutes } from './set-aside.ts';
import { addStorePageRoutes } from './store-pages.ts';
import { addStoreRoutes } from './stores.ts';
import { addTicketRoutes } from './tickets.ts';
import { addTokenRoutes } from './tokens.ts';
import { addTopologyRoutes } from './topology.ts';
import { addWallRoutes } from './wall.ts';

const GROUPS = [
  addHealthRoutes,
  addSessionRoutes,
  addWallRoutes,
  addLiveRoutes,
  addStoreRoutes,
  addStorePageRoutes,
  addTopologyRoutes,
  addAvailabilityRoutes,
  addDeviceRoutes,
  addDeviceRuleRoutes,
  addEventRoutes,
  addAssetRoutes,
  addActionRoutes,
  addIncidentRoutes,
  addMajorRoutes,
  addReviewRoutes,
  addMaintenanceRoutes,
  addRuleRevisionRoutes,
  addPackRuleRoute,
  addBacktestRoutes,
  addMetricsRoutes,
  addInventoryRoutes,
  addTokenRoutes,
  addAgentRoutes,
  addAgentConfigRoutes,
  addDiscoveryRoutes,
  addReleaseRoutes,
  addAuditRoutes,
  addSetAsideRoutes,
  addTicketRoutes,
  addOnCallRoutes,
  addOutsideAlertRoutes,
  addDeskNewsRoutes,
  addOpenApiRoutes,
  addPrometheusRoutes,
];

/** Lays every route of the API. */
export function addRoutes(app: App, context: RouteContext): void {
  for (const add of GROUPS) add(app, context);
}
