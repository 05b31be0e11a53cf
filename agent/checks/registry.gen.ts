// Generated from this folder by "npm run generate". Do not edit.
import type { CheckPlugin } from '../check.ts';

/** Every check there is, loaded when it is asked for. */
export const registry: Readonly<Record<string, () => Promise<CheckPlugin>>> = {
  cpu: async () => (await import('./cpu.ts')).plugin as unknown as CheckPlugin,
  disk: async () => (await import('./disk.ts')).plugin as unknown as CheckPlugin,
  diskio: async () => (await import('./diskio.ts')).plugin as unknown as CheckPlugin,
  http_response: async () => (await import('./http_response.ts')).plugin as unknown as CheckPlugin,
  mem: async () => (await import('./mem.ts')).plugin as unknown as CheckPlugin,
  net: async () => (await import('./net.ts')).plugin as unknown as CheckPlugin,
  net_response: async () => (await import('./net_response.ts')).plugin as unknown as CheckPlugin,
  process: async () => (await import('./process.ts')).plugin as unknown as CheckPlugin,
  processes: async () => (await import('./processes.ts')).plugin as unknown as CheckPlugin,
  swap: async () => (await import('./swap.ts')).plugin as unknown as CheckPlugin,
  system: async () => (await import('./system.ts')).plugin as unknown as CheckPlugin,
};
