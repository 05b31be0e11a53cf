// Generated from this folder by "npm run generate". Do not edit.
import type { ConnectorPlugin } from '../desks/connector.ts';

/** Every service desk there is a connector for, loaded when one is configured. */
export const registry: Readonly<Record<string, () => Promise<ConnectorPlugin>>> = {
  alertmanager: async () => (await import('./alertmanager.ts')).plugin as unknown as ConnectorPlugin,
  glpi: async () => (await import('./glpi.ts')).plugin as unknown as ConnectorPlugin,
  glpi_api: async () => (await import('./glpi_api.ts')).plugin as unknown as ConnectorPlugin,
  itop: async () => (await import('./itop.ts')).plugin as unknown as ConnectorPlugin,
  jira: async () => (await import('./jira.ts')).plugin as unknown as ConnectorPlugin,
  pagerduty: async () => (await import('./pagerduty.ts')).plugin as unknown as ConnectorPlugin,
  request_tracker: async () => (await import('./request_tracker.ts')).plugin as unknown as ConnectorPlugin,
  servicenow: async () => (await import('./servicenow.ts')).plugin as unknown as ConnectorPlugin,
  servicenow_events: async () => (await import('./servicenow_events.ts')).plugin as unknown as ConnectorPlugin,
  slack: async () => (await import('./slack.ts')).plugin as unknown as ConnectorPlugin,
  smtp: async () => (await import('./smtp.ts')).plugin as unknown as ConnectorPlugin,
  teams: async () => (await import('./teams.ts')).plugin as unknown as ConnectorPlugin,
  webhook: async () => (await import('./webhook.ts')).plugin as unknown as ConnectorPlugin,
  zendesk: async () => (await import('./zendesk.ts')).plugin as unknown as ConnectorPlugin,
};
