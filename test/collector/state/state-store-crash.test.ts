import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqliteStateStore } from '../../../collector/state/sqlite-state-store.ts';

const LOOP = new URL('commit-loop.ts', import.meta.url).pathname;

describe('a process that dies', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigie-crash-'));
    path = join(folder, 'state.db');
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** Runs the commit loop until `stop` says so; returns all it said. */
  async function runLoop(command: string[], stop: (line: string) => boolean): Promise<string[]> {
    const [program, ...rest] = command as [string, ...string[]];
    const child = spawn(program, [...rest, process.execPath, LOOP, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (stop(line)) child.kill('SIGKILL');
    }
    return lines;
  }

  /** What the store holds, having checked that its parts tell the same. */
  async function commitsHeld(): Promise<number> {
    const store = openSqliteStateStore(path);
    const partition = await store.partition({ index: 0, of: 1 });
    try {
      const held = [...(await partition.loadCursors())][0]?.seen[0]?.[1] ?? 0;
      expect((await partition.logSize()).rows).toBe(held);
      expect((await partition.loadIncidents()).lastNumber).toBe(held);
      expect((await store.incident(held))?.timeline).toHaveLength(1);
      expect(await partition.dueTicketWork(held, held + 1)).toHaveLength(held);
      const frames = (await partition.readLog(0, held + 1)).map((row) => row.frames[19_999]);
      expect(frames).toEqual(Array.from({ length: held }, (_, i) => (i + 1) % 251));
      return held;
    } finally {
      await store.close();
    }
  }

  test('kill -9 loses no commit that returned, and leaves none half done', async () => {
    let held = 0;
    for (const commits of [1, 23, 61, 142]) {
      const goal = held + commits;
      const lines = await runLoop(['env'], (line) => Number(line) >= goal);
      const returned = Number(lines.at(-1));
      expect(returned).toBeGreaterThanOrEqual(goal);
      held = await commitsHeld();
      // The commit under way at the kill may have made it to the disk, or not.
      expect([returned, returned + 1]).toContain(held);
    }
  });

  test('a disk that takes no more fails the commit whole, in plain words, and loses nothing before it', async () => {
    const lines = await runLoop(['sh', '-c', 'ulimit -f 4096; exec "$@"', 'sh'], () => false);
    const failure = /^failed at (\d+), holds (\d+): state store .*state\.db: it cannot be read or written/;
    const [, failed, holds] = failure.exec(lines.at(-1) as string) as unknown as [string, string, string];
    expect(lines.at(-2)).toBe(holds);
    expect(Number(failed)).toBe(Number(holds) + 1);
    expect(await commitsHeld()).toBe(Number(holds));
  });
});
