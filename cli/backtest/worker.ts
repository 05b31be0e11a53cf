import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { Inquiry } from '../../alerting/backtest/asked.ts';
import type { DevicePast, SeriesName, StorePast } from '../../alerting/backtest/ports.ts';
import { StoreReplay } from '../../alerting/backtest/store-replay.ts';
import { outcomeOf } from '../../alerting/backtest/summary.ts';
import { parseRulePack } from '../../alerting/rules/parse-rule-pack.ts';
import { PackedReader } from '../../collector/metrics/packed-past.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import type { FromWorker, SentPast, Task, ToWorker } from './messages.ts';

/*
 * Judges the past of one store after the other, beside whoever judges live. It opens no store of its own: both may belong
 * to one process alone, and what is still packed costs that process little to hand out.
 */

const { rules, from } = workerData as Task;
const packs = rules.map((text) => parseRulePack(text, 'rules'));
const port = parentPort as NonNullable<typeof parentPort>;
const inquiry = new Inquiry(packs);
const reader = new PackedReader();
let at: { past: StorePast; replay: StoreReplay } | undefined;

// Of this thread alone, on Linux; elsewhere it would be the whole process's.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW);

const tell = (message: FromWorker): void => port.postMessage(message);

port.on('message', (message: ToWorker) => {
  if (message.kind === 'store') {
    at = { past: message.past, replay: new StoreReplay(message.past, packs, inquiry, from) };
    return;
  }
  const { past, replay } = at as NonNullable<typeof at>;
  if (message.kind === 'end') {
    tell({ kind: 'outcome', outcome: outcomeOf(past, replay.end(), from) });
    at = undefined;
    return;
  }
  reader.learn(message.names);
  const pasts = new Map(message.devices.map(([device, sent]) => [device, open(replay, device, sent, message)]));
  if (message.kind === 'before') replay.foresee(pasts);
  else replay.take(pasts, message.to);
  tell({ kind: 'taken' });
});

function open(
  replay: StoreReplay,
  device: DeviceKey,
  sent: SentPast,
  { kind, from: since, to }: Extract<ToWorker, { devices: unknown }>,
): DevicePast {
  if ('opened' in sent) return sent.opened;
  const isBefore = kind === 'before';
  const wanted = (name: SeriesName): boolean => (isBefore ? replay.foresees(device, name) : replay.wants(device, name));
  return reader.open(sent.packed, since, to, wanted, !isBefore);
}
