import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { type RealServer, startRealServer } from './real-server.ts';

export interface VictoriaMetrics {
  url: string;
  server: RealServer;
  /** Its own export of the series that fit, one object each. */
  export(match: string): Promise<{ metric: Record<string, string>; values: number[]; timestamps: number[] }[]>;
  stop(): Promise<void>;
}

/** VictoriaMetrics of Debian, with an empty folder of its own. It takes InfluxDB's writes and speaks no InfluxQL. */
export async function startVictoriaMetrics(): Promise<VictoriaMetrics> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-victoria-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = await startRealServer({
    program: 'victoria-metrics',
    args: [`-httpListenAddr=127.0.0.1:${port}`, `-storageDataPath=${folder}`, '-retentionPeriod=10y'],
    isReady: async () => (await fetch(`${url}/health`)).ok,
  });
  return {
    url,
    server,
    async export(match) {
      // What was written shows after a flush.
      await fetch(`${url}/internal/force_flush`);
      const text = await (await fetch(`${url}/api/v1/export?match[]=${encodeURIComponent(match)}`)).text();
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line));
    },
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
