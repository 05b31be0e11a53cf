import { Compile, type Validator } from 'typebox/compile';
import { Reply } from '../../protocol/commands.ts';
import { Facts } from '../../protocol/facts.ts';
import { Birth, Report, StatusMessage } from '../../protocol/messages.ts';
import { type DeviceKey, deviceKey } from '../../protocol/names.ts';
import { parseDeviceTopic } from '../../protocol/topics.ts';
import type { InboundMessage } from '../ports.ts';

/** A message larger than this is refused unread. */
export const MAX_MESSAGE_BYTES = 1024 * 1024;

interface From {
  device: DeviceKey;
  /** The agent that speaks: the device itself, or the one that watches it. */
  agent: DeviceKey;
}

export type Decoded =
  | (From & { kind: 'birth'; message: Birth })
  | (From & { kind: 'status'; message: StatusMessage })
  | (From & { kind: 'report'; message: Report; payload: Uint8Array })
  | (From & { kind: 'reply'; message: Reply })
  | (From & { kind: 'facts'; message: Facts });

export interface Refused {
  kind: 'refused';
  /** A word for counting, then what was wrong and where. */
  reason: string;
}

const validators = {
  birth: Compile(Birth),
  status: Compile(StatusMessage),
  report: Compile(Report),
  reply: Compile(Reply),
  facts: Compile(Facts),
};
const utf8 = new TextDecoder('utf-8', { fatal: true });

const refused = (reason: string): Refused => ({ kind: 'refused', reason });

/** What a message says, or why it can't be taken. Never throws, whatever the bytes. */
export function decode(message: InboundMessage): Decoded | Refused {
  const topic = parseDeviceTopic(message.topic);
  if (!topic) return refused('unknown-topic');
  if (message.payload.byteLength > MAX_MESSAGE_BYTES) return refused(`too-large: ${message.payload.byteLength} bytes`);
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(message.payload));
  } catch (error) {
    return refused(`not-json: ${(error as Error).message.slice(0, 120)}`);
  }
  const validator: Validator = validators[topic.kind];
  if (!validator.Check(value)) return refused(`schema: ${firstFault(validator, value)}`);
  const device = deviceKey(topic.chain, topic.store, topic.device);
  const by = (value as { by?: string }).by;
  const from = { device, agent: by === undefined ? device : deviceKey(topic.chain, topic.store, by) };
  switch (topic.kind) {
    case 'birth':
      return { kind: 'birth', ...from, message: value as Birth };
    case 'status':
      return { kind: 'status', ...from, message: value as StatusMessage };
    case 'report':
      if (isOfAnother(value as Report, topic.device)) return refused('wrong-device: the report names another');
      return { kind: 'report', ...from, message: value as Report, payload: message.payload };
    case 'reply':
      return { kind: 'reply', ...from, message: value as Reply };
    case 'facts':
      return { kind: 'facts', ...from, message: value as Facts };
  }
}

const isOfAnother = ({ device }: Report, named: string): boolean => device !== undefined && device !== named;

function firstFault(validator: Validator, value: unknown): string {
  const fault = validator.Errors(value).find((error) => error.keyword !== 'boolean');
  return fault ? `${fault.instancePath || '/'} ${fault.message}` : 'does not fit';
}
