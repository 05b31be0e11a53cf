import type { Logger } from 'pino';
import type { DashboardPorts } from '../ports.ts';
import { buildApp } from './app.ts';

/** After this long, a closing server no longer waits for requests under way. */
const CLOSE_PATIENCE_MS = 2000;

interface DashboardOptions {
  host: string;
  /** 0 takes any free port. */
  port: number;
  ports: DashboardPorts;
  /** The built web app; undefined when there is none. */
  webDir: string | undefined;
  log: Logger;
  version: string;
  now?: () => number;
}

/**
 * Serves the API, the live stream and the web app until closed. `url` is where people open it.
 * @throws the listening error with its `code` (`EADDRINUSE`, `EACCES`, …); nothing is left behind then.
 */
export async function startDashboard(options: DashboardOptions): Promise<{ url: string; close(): Promise<void> }> {
  const app = await buildApp({ ...options, now: options.now ?? Date.now });
  try {
    await app.listen({ host: options.host, port: options.port });
  } catch (error) {
    await app.close();
    throw error;
  }
  return {
    url: urlOf(options.host, (app.server.address() as { port: number }).port),
    async close() {
      const timer = setTimeout(() => app.server.closeAllConnections(), CLOSE_PATIENCE_MS);
      await app.close();
      clearTimeout(timer);
    },
  };
}

function urlOf(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
