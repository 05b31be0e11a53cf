import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/lenovo-xcc.ts';
import { readSnapshot } from '../read-snapshot.ts';

test.each([
  ['XCC', '1.3.6.1.4.1.19046.11.1', '1.3.6.1.4.1.19046.11.1.1'],
  ['IMM', '1.3.6.1.4.1.2.3.51.3', '1.3.6.1.4.1.2.3.51.3.1'],
])('%s', (_, id, root) => {
  const { identity, sensors } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': `oid:${id}`,
      [`${root}.5.2.1.5.0`]: 'ThinkSystem SR630',
      [`${root}.5.2.1.3.0`]: 'J3000',
      [`${root}.5.1.1.3.1`]: 'CDI386M',
      [`${root}.4.1.0`]: 255,
      [`${root}.1.2.1.2.1`]: 'Ambient Temp',
      [`${root}.1.2.1.3.1`]: 24,
      [`${root}.3.2.1.2.1`]: 'Fan 1',
      [`${root}.3.2.1.3.1`]: '34%',
      [`${root}.11.2.1.2.1`]: 'Power Supply 1',
      [`${root}.11.2.1.6.1`]: 'Critical',
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'bmc', model: 'ThinkSystem SR630', serial: 'J3000', version: 'CDI386M' });
  expect(sensors).toMatchObject([
    { name: 'System Health Status', status: 'ok' },
    { kind: 'temperature', name: 'Ambient Temp', value: 24 },
    { kind: 'percent', name: 'Fan 1', value: 34 },
    { name: 'Power Supply 1', status: 'critical' },
  ]);
});
