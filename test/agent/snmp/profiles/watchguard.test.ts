import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/watchguard.ts';
import { readSnapshot } from '../read-snapshot.ts';

const STATISTICS = '1.3.6.1.4.1.3097.6.3';

test.each([
  ['M370', 'M370', '12.5.2'],
  ['WatchGuard Firebox T40 v12.8', 'Firebox T40', '12.8'],
])('%s', (sysDescr, model, version) => {
  const reading = readSnapshot(
    {
      '1.3.6.1.2.1.1.1.0': sysDescr,
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.3097.1.5.999',
      [`${STATISTICS}.1.0`]: '<sysa:12.5.2><sysb:12.5.1>',
      [`${STATISTICS}.78.0`]: 250,
      [`${STATISTICS}.80.0`]: 77,
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { kind: 'firewall', model, version },
    cpu: [{ usedPercent: 2.5 }],
    sensors: [{ kind: 'count', value: 77 }],
  });
});
