import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/bintec.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('its board tells what it is, and its idle time how busy it is', () => {
  const { identity, cpu } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.272.4.201.81.49.52.0',
      '1.3.6.1.4.1.272.4.1.26.0': 'V.10.2.12.102 from 2023/01/10 00:00:00',
      '1.3.6.1.4.1.272.4.1.17.1.3.0.0.0': '2.0',
      '1.3.6.1.4.1.272.4.1.17.1.5.0.0.0': 'be.IP plus',
      '1.3.6.1.4.1.272.4.1.17.1.8.0.0.0': 'BI1',
      '1.3.6.1.4.1.272.4.17.4.1.1.18.1.0': 83,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'router', model: 'be.IP plus 2.0', version: 'V.10.2.12.102', serial: 'BI1' });
  expect(cpu).toMatchObject([{ usedPercent: 17 }]);
});
