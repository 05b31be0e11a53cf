import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/zebra-print-server.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('its interfaces have no speed worth telling', () => {
  const interfaces = {
    '1.3.6.1.2.1.2.2.1.2.1': 'Ethernet',
    '1.3.6.1.2.1.2.2.1.5.1': 770_586_370,
    '1.3.6.1.2.1.2.2.1.7.1': 1,
    '1.3.6.1.2.1.2.2.1.8.1': 1,
    '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.683.6',
  };
  const read = (sysDescr: string) =>
    readSnapshot({ ...interfaces, '1.3.6.1.2.1.1.1.0': sysDescr }, [profile]).interfaces;
  expect(read('ZebraNet Wired PS')).toEqual([{ index: 1, name: 'Ethernet', status: 'up', isEnabled: true }]);
  expect(read('Another print server')).toMatchObject([{ speedBps: 770_586_370 }]);
});
