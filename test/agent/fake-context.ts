import type { CheckContext } from '../../agent/check.ts';
import type { SystemInformation } from '../../agent/platform/system-information.ts';
import { sayIn } from '../../agent/words.ts';

const refuse = (what: string) => async (): Promise<never> => {
  throw new Error(`the test gives no ${what}`);
};

export interface FakeOutside extends Partial<Omit<CheckContext, 'systemInformation'>> {
  /** Content by path; a folder's listing is made of them. */
  files?: Record<string, string>;
  information?: Partial<Record<keyof SystemInformation, unknown>>;
}

/** A context that answers only what the test gives it. */
export function createFakeContext({ files = {}, information, ...given }: FakeOutside = {}): CheckContext {
  return {
    name: 'the-check',
    platform: 'linux',
    signal: new AbortController().signal,
    now: () => 1_800_000_000_000,
    monotonicMs: () => 0,
    wait: async () => {},
    readText: async (path) => {
      const text = files[path];
      if (text === undefined) throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
      return text;
    },
    listDir: async (path) => {
      const below = Object.keys(files).filter((file) => file.startsWith(`${path}/`));
      return [...new Set(below.map((file) => file.slice(path.length + 1).split('/')[0] ?? ''))];
    },
    isDirectory: async () => true,
    stat: async (path) => {
      const text = files[path];
      if (text === undefined) throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
      return { size: Buffer.byteLength(text), mtimeMs: 1_800_000_000_000, ino: 1, isFile: true };
    },
    readPart: async (path, from, bytes) => {
      const text = files[path];
      if (text === undefined) throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
      return Buffer.from(text).subarray(from, from + bytes);
    },
    statfs: refuse('statfs'),
    host: {
      loadAverage: () => [0.5, 0.25, 0.125],
      uptimeS: () => 3600.7,
      cpuCount: () => 4,
      cpuTimes: () => ({ user: 0, nice: 0, sys: 0, idle: 0, irq: 0 }),
      memory: () => ({ total: 1000, free: 250 }),
    },
    connect: refuse('connection'),
    exchange: refuse('exchange'),
    exchangeFile: refuse('device file'),
    tlsPeer: refuse('TLS server'),
    resolve: refuse('name server'),
    exchangeDatagram: refuse('datagram'),
    fetch: refuse('answer'),
    exec: refuse('program'),
    systemInformation: async () =>
      Object.fromEntries(
        Object.entries(information ?? {}).map(([call, answer]) => [call, async () => answer]),
      ) as unknown as SystemInformation,
    say: sayIn('en'),
    ...given,
  };
}
