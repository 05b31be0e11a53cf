import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/xerox.ts';
import { type Answers, readSnapshot } from '../read-snapshot.ts';

test.each<[string, Answers, Record<string, string>]>([
  [
    'one with a device id',
    {
      '1.3.6.1.2.1.1.1.0': 'Xerox Phaser 9999; System 1.2.3, OS 4.5',
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.253.8.62.1.1',
      '1.3.6.1.4.1.253.8.51.1.2.1.20.1': 'MFG:Xerox;CMD:PCL;MDL:Phaser 9999N;CLS:Printer',
    },
    { kind: 'printer', model: 'Phaser 9999N', version: '1.2.3' },
  ],
  [
    'one that only describes itself',
    {
      '1.3.6.1.2.1.1.1.0': 'Xerox WorkCentre 9998; System Software 061.1.2',
    },
    { model: 'WorkCentre 9998', version: '061.1.2' },
  ],
])('%s is known', (_, answers, identity) => {
  expect(readSnapshot(answers, [profile]).identity).toMatchObject(identity);
});
