// Generated from this folder by "npm run generate". Do not edit.
import type { ActionPlugin } from '../action.ts';

/** Every action there is, loaded when it is allowed. */
export const registry: Readonly<Record<string, () => Promise<ActionPlugin>>> = {
  clear_spool: async () => (await import('./clear_spool.ts')).plugin as unknown as ActionPlugin,
  restart_service: async () => (await import('./restart_service.ts')).plugin as unknown as ActionPlugin,
  restart_spooler: async () => (await import('./restart_spooler.ts')).plugin as unknown as ActionPlugin,
  rotate_log: async () => (await import('./rotate_log.ts')).plugin as unknown as ActionPlugin,
  wake_on_lan: async () => (await import('./wake_on_lan.ts')).plugin as unknown as ActionPlugin,
};
