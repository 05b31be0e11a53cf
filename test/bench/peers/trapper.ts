/** Zabbix's sender protocol: a frame is `ZBXD`, a flag byte, the length twice over, and JSON. */
const HEADER_BYTES = 13;

export interface TrapperValue {
  host: string;
  key: string;
  value: string;
}

export function trapperFrame(values: readonly TrapperValue[]): Buffer {
  const body = Buffer.from(JSON.stringify({ request: 'sender data', data: values }));
  const head = Buffer.alloc(HEADER_BYTES);
  head.write('ZBXD\u0001', 'latin1');
  head.writeUInt32LE(body.length, 5);
  return Buffer.concat([head, body]);
}

/** How many values the server says it has taken. */
export function processedCount(answer: Buffer): number {
  return Number(/processed: (\d+);/.exec(answer.toString('latin1', HEADER_BYTES))?.[1] ?? 0);
}
