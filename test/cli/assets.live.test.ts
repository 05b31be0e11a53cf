import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { runVigie, type VigieProcess } from '../support/vigie-process.ts';

let folder: string;
const running: VigieProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-assets-'));
});
afterEach(async () => {
  for (const process of running.splice(0).reverse()) await process.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

const keep = (process: VigieProcess): VigieProcess => {
  running.push(process);
  return process;
};

/** Asks until it is so; the agent looks again every few seconds. */
async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await ask();
    if (found !== undefined) return found;
    await pause(100);
  }
}

async function toEnd(args: string[]): Promise<{ code: number | string; output: string }> {
  const process = runVigie([...args, '--lang=en']);
  const code = await process.end('SIGCONT');
  return { code, output: process.output() };
}

test('a real agent tells of this machine; a new version of the till software is in its history, and is searched for', async () => {
  const [http, mqtt] = [await freePort(), await freePort()];
  const dataDir = join(folder, 'server');
  const server = keep(
    runVigie(['server', `--data-dir=${dataDir}`, `--http-port=${http}`, `--mqtt-port=${mqtt}`, '--lang=en']),
  );
  await server.says(/Ctrl-C/);
  const url = `http://127.0.0.1:${http}`;
  const inventory = join(folder, 'inventory.csv');
  writeFileSync(
    inventory,
    'chain,chain_title,store,store_title,time_zone,device,kind,serial,warranty_until,contract\nc,C,s,Lyon,Europe/Paris,till-1,till,BOOK-1,2027-03-31,Gold\nc,C,s,,,till-2,till,BOOK-2,2020-01-01,\n',
  );
  const there = [`--url=${url}`, `--data-dir=${dataDir}`];
  expect(await toEnd(['import', inventory, ...there])).toMatchObject({ code: 0 });

  const version = join(folder, 'VERSION');
  writeFileSync(version, 'POS build 8.4.1\n');
  const config = join(folder, 'agent.yaml');
  writeFileSync(
    config,
    JSON.stringify({
      chain: 'c',
      store: 's',
      device: 'till-1',
      server: `mqtt://127.0.0.1:${mqtt}`,
      dataDir: join(folder, 'agent'),
      central: false,
      inventory: {
        afterS: 0,
        everyH: 0.0003,
        software: [
          { name: 'pos', file: version, pattern: 'build ([\\d.]+)' },
          { name: 'node', command: [process.execPath, '--version'] },
          { name: 'missing', file: join(folder, 'nothing') },
        ],
      },
    }),
  );
  const agent = keep(runVigie(['agent', `--config=${config}`]));

  const page = `${url}/api/v1/devices/c/s/till-1/facts`;
  const read = async <T>(path: string) => (await fetch(path)).json() as Promise<T>;
  const { facts, gatheredAt } = await until(async () => {
    const body = await read<{ facts: { path: string; value: string }[]; gatheredAt?: number }>(page);
    return body.gatheredAt === undefined ? undefined : body;
  });
  const told = Object.fromEntries(facts.map(({ path, value }) => [path, value]));
  expect(told).toMatchObject({
    'software[pos].version': '8.4.1',
    'software[node].version': process.version,
    'agent.runtime': process.version,
    'book.contract': 'Gold',
    'os.kernel': expect.stringMatching(/\d/),
  });
  expect(told).not.toHaveProperty(['software[missing].version']);
  expect(Number(told['memory.megabytes'])).toBeGreaterThan(100);
  expect(Math.abs(Date.now() - (gatheredAt as number))).toBeLessThan(60_000);

  writeFileSync(version, 'POS build 8.5.0\n');
  const changes = await until(async () => {
    const body = await read<{ changes: object[] }>(`${page}/history?path=software*`);
    return body.changes.length > 0 ? body.changes : undefined;
  });
  expect(changes).toMatchObject([{ device: 'c/s/till-1', path: 'software[pos].version', from: '8.4.1', to: '8.5.0' }]);

  const found = await toEnd(['assets', 'search', 'software.pos>=8.5', 'warranty_until>=2027-01-01', ...there]);
  expect(found.output).toContain('c/s/till-1');
  expect(found.output).toContain('1 device(s)');
  const out = join(folder, 'assets.csv');
  expect(
    await toEnd(['assets', 'export', 'warranty_until<2021-01-01', `--output=${out}`, '--bom', ...there]),
  ).toMatchObject({ code: 0 });
  const [header, row, ...rest] = readFileSync(out, 'utf8').split('\r\n');
  expect(header?.startsWith('\uFEFFkey,chain,store,')).toBe(true);
  expect(row?.startsWith('c/s/till-2,c,s,Lyon,')).toBe(true);
  expect(rest).toEqual(['']);
  const wrong = await toEnd(['assets', 'search', 'colour:red', ...there]);
  expect(wrong.code).not.toBe(0);
  expect(wrong.output).toContain('the column “colour” is not known');
  expect(await agent.end('SIGTERM')).toBe(0);
});
