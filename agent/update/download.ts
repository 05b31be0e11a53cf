import { createWriteStream, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { filesOf, readIdentity } from '../identity/folder.ts';
import { proveDoor } from '../identity/prove-door.ts';

const IDLE_TIMEOUT_MS = 60_000;

export interface Download {
  /** On the agents' door of the server this device is enrolled with. */
  path: string;
  /** Bytes there are; more is refused. */
  size: number;
  /** Where it goes. What an earlier attempt left there is gone on from. */
  to: string;
  /** Where this device's identity is. */
  dataDir: string;
  signal: AbortSignal;
  bytesPerSecond: number;
}

/** Fetches a file over HTTPS as the enrolled device, slowly. Rejects where it did not arrive whole; what came is kept. */
export async function download(wanted: Download): Promise<void> {
  const { size, to: path, signal, bytesPerSecond } = wanted;
  mkdirSync(dirname(path), { recursive: true });
  const have = sizeOf(path);
  if (have === size) return;
  if (have > size) rmSync(path);
  const from = have > size ? 0 : have;
  const answer = await ask(wanted, from);
  // A server that does not know of ranges begins anew.
  const isRest = answer.statusCode === 206;
  if (!isRest && answer.statusCode !== 200) {
    answer.destroy();
    throw new Error(`the server answered ${answer.statusCode}`);
  }
  let bytes = isRest ? from : 0;
  const file = createWriteStream(path, { flags: isRest ? 'a' : 'w', flush: true });
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > size) throw new Error(`is larger than the ${size} bytes that were signed`);
      await new Promise<void>((resolve, reject) => {
        file.write(chunk, (error) => (error ? reject(error) : resolve()));
      });
      await pause((chunk.length / bytesPerSecond) * 1000, undefined, { signal });
    }
  } finally {
    await new Promise<void>((resolve) => {
      file.once('error', () => resolve());
      file.end(() => resolve());
    });
    if (bytes > size) rmSync(path, { force: true });
  }
  if (bytes < size) throw new Error(`ended after ${bytes} of ${size} bytes`);
}

function ask({ path, dataDir, signal }: Download, from: number): Promise<IncomingMessage> {
  const identity = readIdentity(dataDir);
  if (!identity) throw new Error('this device is not enrolled');
  const { request } = process.getBuiltinModule('node:https');
  const { key, certificate, authority } = filesOf(dataDir);
  return new Promise((resolve, reject) => {
    const asked = request(new URL(path, identity.https), {
      key: readFileSync(key, 'utf8'),
      cert: readFileSync(certificate, 'utf8'),
      ca: readFileSync(authority, 'utf8'),
      checkServerIdentity: proveDoor,
      signal,
      agent: false,
      ...(from > 0 && { headers: { range: `bytes=${from}-` } }),
    });
    asked.setTimeout(IDLE_TIMEOUT_MS, () => asked.destroy(new Error(`silent for ${IDLE_TIMEOUT_MS / 1000} s`)));
    asked.once('response', resolve);
    asked.once('error', reject);
    asked.end();
  });
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
