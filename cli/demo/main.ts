import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Compile } from 'typebox/compile';
import { demoInventory } from './chain.ts';
import type { Fault } from './faults/fault.ts';
import { type FromSimulator, ProcessArguments, type Question, type ToSimulator } from './process-messages.ts';
import { parseDemoDay } from './scenario.ts';
import { type Simulator, type SimulatorStats, startSimulator } from './simulator.ts';

// The simulator as a process of its own: started by `simulator-process.ts`, it ends when its parent is gone.

const tell = (message: FromSimulator) => {
  if (process.connected) process.send?.(message);
};

function start(): Simulator {
  const { inventoryAt, dayFile, stores, devices, seed, ...rest } = readArguments(process.argv[2]);
  return startSimulator({
    ...rest,
    seed,
    inventory: demoInventory({ seed, ...(stores && { stores }), ...(devices && { devices }), now: inventoryAt }),
    day: parseDemoDay(readFileSync(dayFile, 'utf8'), basename(dayFile)),
    now: Date.now,
    log: (event) => tell({ kind: 'event', event }),
  });
}

function readArguments(text: string | undefined): ProcessArguments {
  const validator = Compile(ProcessArguments);
  const value: unknown = JSON.parse(text ?? 'null');
  if (validator.Check(value)) return value;
  const [fault] = validator.Errors(value);
  throw new TypeError(`argument ${fault?.instancePath || '/'} ${fault?.message}`);
}

function serve(simulator: Simulator): void {
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    void simulator.stop().finally(() => process.exit(0));
  };
  process.on('disconnect', end);
  process.on('SIGTERM', end);
  // Ctrl-C reaches the whole group; the parent decides what ends when.
  process.on('SIGINT', () => {});
  process.on('message', (message: ToSimulator) => {
    if (message.kind === 'stop') {
      end();
      return;
    }
    const { id, question } = message;
    try {
      tell({ kind: 'answer', id, value: answer(simulator, question) });
    } catch (error) {
      tell({ kind: 'refusal', id, message: (error as Error).message });
    }
  });
  tell({ kind: 'ready' });
}

function answer(simulator: Simulator, question: Question): Fault[] | SimulatorStats {
  switch (question.about) {
    case 'trigger':
      return simulator.trigger(question.happening);
    case 'happenings':
      return simulator.happenings();
    case 'stats':
      return simulator.stats();
  }
}

try {
  serve(start());
} catch (error) {
  tell({ kind: 'failed', message: (error as Error).message });
  process.exitCode = 1;
  if (process.connected) process.disconnect();
}
