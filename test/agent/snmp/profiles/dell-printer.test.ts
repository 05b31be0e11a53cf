import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/dell-printer.ts';
import { type Answers, readSnapshot } from '../read-snapshot.ts';

test.each<[string, Answers, Record<string, string>]>([
  [
    'one built by Lexmark',
    {
      '1.3.6.1.2.1.1.1.0': 'Dell Laser Printer 9999n version X1.2 kernel',
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.674.10898.2',
      '1.3.6.1.4.1.674.10898.100.2.1.2.1.3.1': 'COMMAND SET:;MODEL:Dell Laser Printer 9999n',
    },
    { kind: 'printer', vendor: 'Dell', model: 'Dell Laser Printer 9999n', version: 'X1.2' },
  ],
  [
    'one built by Xerox',
    {
      '1.3.6.1.2.1.1.1.0': 'Dell Laser Printer 9998cn; Engine 12.3',
      '1.3.6.1.4.1.253.8.51.10.2.1.7.2.28110202': 'MFG:Dell;MDL:Laser Printer 9998cn;CLS:PRINTER',
    },
    { model: 'Laser Printer 9998cn', version: '12.3' },
  ],
])('%s is known', (_, answers, identity) => {
  expect(readSnapshot(answers, [profile]).identity).toMatchObject(identity);
});
