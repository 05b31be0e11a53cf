import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Fault } from './faults/fault.ts';
import type { FromSimulator, ProcessArguments, Question, ToSimulator } from './process-messages.ts';
import type { Happening } from './scenario.ts';
import type { SimulatorEvent, SimulatorStats } from './simulator.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const DEFAULT_DAY = fileURLToPath(new URL('../../deploy/samples/demo-day.yaml', import.meta.url));
const READY_WITHIN_MS = 20_000;
const ANSWER_WITHIN_MS = 5_000;
const STOP_WITHIN_MS = 4_000;

export interface SimulatorProcessOptions extends Omit<ProcessArguments, 'dayFile'> {
  /** The sample day by default. */
  dayFile?: string;
  onEvent: (event: SimulatorEvent) => void;
  /** It ended without being asked to. */
  onLost: (code: number | null) => void;
}

export interface SimulatorProcess {
  pid: number;
  trigger(happening: Happening): Promise<Fault[]>;
  happenings(): Promise<Fault[]>;
  stats(): Promise<SimulatorStats>;
  /** Every agent says goodbye and the process ends; within 4 s, by force if need be. */
  stop(): Promise<void>;
}

interface Asked {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

/**
 * Starts the simulator in a process of its own, so that it takes nothing from the server’s event loop. It makes the same
 * inventory as `demoInventory` with the same seed, stores, devices and `inventoryAt`.
 * Rejects with a sentence that says why when it can’t start.
 */
export async function startSimulatorProcess(options: SimulatorProcessOptions): Promise<SimulatorProcess> {
  const { onEvent, onLost, ...given } = options;
  const child = fork(MAIN, [JSON.stringify({ dayFile: DEFAULT_DAY, ...given } satisfies ProcessArguments)], {
    // Live data is some 40 MB; without bounds V8 lets garbage grow to several times that before it looks.
    execArgv: ['--max-semi-space-size=2', '--max-old-space-size=160'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const questions = new Map<number, Asked>();
  let asked = 0;
  let stopping = false;

  child.on('message', (message: FromSimulator) => {
    if (message.kind === 'event') onEvent(message.event);
    if (message.kind !== 'answer' && message.kind !== 'refusal') return;
    const question = questions.get(message.id);
    questions.delete(message.id);
    if (message.kind === 'answer') question?.resolve(message.value);
    else question?.reject(new RangeError(message.message));
  });

  await ready(child);
  child.on('error', () => {});
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code) => {
      for (const { reject } of questions.values()) reject(new Error('the simulator has ended'));
      questions.clear();
      if (!stopping) onLost(code);
      resolve();
    });
  });

  const ask = <T>(question: Question) =>
    new Promise<T>((resolve, reject) => {
      const id = ++asked;
      const timer = setTimeout(() => {
        questions.delete(id);
        reject(new Error(`the simulator gave no answer within ${ANSWER_WITHIN_MS / 1000} s`));
      }, ANSWER_WITHIN_MS);
      const settle =
        <V>(then: (value: V) => void) =>
        (value: V) => {
          clearTimeout(timer);
          then(value);
        };
      questions.set(id, { resolve: settle((value) => resolve(value as T)), reject: settle(reject) });
      child.send(
        { kind: 'question', id, question } satisfies ToSimulator,
        (error) => error && questions.get(id)?.reject(error),
      );
    });

  return {
    pid: child.pid ?? 0,
    trigger: (happening) => ask<Fault[]>({ about: 'trigger', happening }),
    happenings: () => ask<Fault[]>({ about: 'happenings' }),
    stats: () => ask<SimulatorStats>({ about: 'stats' }),
    async stop() {
      stopping = true;
      const force = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      if (child.connected) child.send({ kind: 'stop' } satisfies ToSimulator, () => {});
      await ended;
      clearTimeout(force);
    },
  };
}

/** Resolves once the child says it runs. */
function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail(`the simulator did not start within ${READY_WITHIN_MS / 1000} s`);
    }, READY_WITHIN_MS);
    const hear = (message: FromSimulator) => {
      if (message.kind === 'failed') fail(message.message);
      if (message.kind !== 'ready') return;
      settle();
      resolve();
    };
    const exited = (code: number | null) => fail(`the simulator ended at its start (exit code ${code})`);
    const failed = (error: Error) => fail(error.message);
    const settle = () => {
      clearTimeout(timer);
      child.off('message', hear).off('exit', exited).off('error', failed);
    };
    const fail = (why: string) => {
      settle();
      reject(new Error(why));
    };
    child.on('message', hear).on('exit', exited).on('error', failed);
  });
}
