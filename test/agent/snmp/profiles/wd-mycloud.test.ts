import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/wd-mycloud.ts';
import { readSnapshot } from '../read-snapshot.ts';

const read = (model: number) => {
  const agent = `1.3.6.1.4.1.5127.1.1.1.${model}.1`;
  return readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': `oid:1.3.6.1.4.1.5127.1.1.1.${model}`,
      [`${agent}.2.0`]: '5.27.1 (5.27.1.0101.2024)',
      [`${agent}.7.0`]: 'Centigrade:34 \tFahrenheit:93',
      [`${agent}.8.0`]: 'fan0: running    ',
      [`${agent}.10.1.1.1`]: 1,
      [`${agent}.10.1.3.1`]: 'RED 4T',
      [`${agent}.10.1.5.1`]: 'Centigrade:37',
    },
    [profile],
  );
};

test('version, fan and temperatures under the model’s own number', () => {
  const { identity, sensors = [] } = read(8);
  expect(identity).toMatchObject({
    kind: 'nas',
    vendor: 'Western Digital',
    model: 'My Cloud EX2 Ultra',
    version: '5.27.1',
  });
  expect(sensors.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
    ['temperature', 'System', 34, 'ok'],
    ['state', 'Fan', 0, 'ok'],
    ['temperature', 'Disk 1 RED 4T', 37, 'ok'],
  ]);
});

test('a model whose name is not known is read as well', () => {
  const { identity, sensors = [] } = read(11);
  expect([identity.model, identity.version, sensors.length]).toEqual([undefined, '5.27.1', 3]);
});
