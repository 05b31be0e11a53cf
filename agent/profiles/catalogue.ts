import type { Profile } from './profile.ts';

/** Every profile there is, loaded when it is asked for. */
export const catalogue: Readonly<Record<string, () => Promise<Profile>>> = {
  'till-linux': async () => (await import('./till-linux.ts')).profile,
  'till-windows': async () => (await import('./till-windows.ts')).profile,
  'self-checkout': async () => (await import('./self-checkout.ts')).profile,
  'store-server': async () => (await import('./store-server.ts')).profile,
  'store-gateway': async () => (await import('./store-gateway.ts')).profile,
};
