import { Worker } from 'node:worker_threads';
import type { RulePack } from '../../alerting/engine/types.ts';
import { parseRulePack, RulePackError, toRulePack, type WrittenPack } from '../../alerting/rules/parse-rule-pack.ts';
import type { RuleFault } from '../../alerting/rules/schema-faults.ts';

/** What the thread is given. */
export interface RulesToRead {
  text: string;
  source: string;
}

/** What it has made of it. */
export type RulesRead = { written: WrittenPack } | { faults: readonly RuleFault[] };

/** What is shorter is read sooner than a thread has started. */
const SHORT = 48 * 1024;
/** A megabyte takes a few seconds. */
const TIMEOUT_MS = 60_000;
const MEMORY_MB = 512;

/** Reads rule packs as `parseRulePack` does, and leaves this thread to others meanwhile. */
export class RulesReader {
  #last: { text: string; pack: RulePack } | undefined;
  #before: Promise<unknown> = Promise.resolve();

  /**
   * One after the other: however many ask, one thread reads. What was read last is not read again.
   * @throws {RulePackError} as `parseRulePack` does; also where it takes too much time or memory.
   */
  read(text: string, source: string): Promise<RulePack> {
    const reading = this.#before.then(() => this.#read(text, source));
    this.#before = reading.catch(() => {});
    return reading;
  }

  async #read(text: string, source: string): Promise<RulePack> {
    if (this.#last?.text === text) return this.#last.pack;
    const pack = text.length <= SHORT ? parseRulePack(text, source) : toRulePack(await readBeside({ text, source }));
    this.#last = { text, pack };
    return pack;
  }
}

async function readBeside(workerData: RulesToRead): Promise<WrittenPack> {
  const worker = new Worker(new URL('./read-worker.ts', import.meta.url), {
    workerData,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  const { source } = workerData;
  let timer: NodeJS.Timeout | undefined;
  try {
    const read = await new Promise<RulesRead>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      timer = setTimeout(() => reject(new Error(`took longer than ${TIMEOUT_MS / 1000} s to read`)), TIMEOUT_MS);
    });
    if ('written' in read) return read.written;
    throw new RulePackError(source, read.faults);
  } catch (cause) {
    if (cause instanceof RulePackError) throw cause;
    throw new RulePackError(source, [{ path: '', message: (cause as Error).message }], { cause });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
