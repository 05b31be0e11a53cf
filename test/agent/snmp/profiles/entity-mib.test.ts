import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/entity-mib.ts';
import { readSnapshot } from '../read-snapshot.ts';

const ENTITY = '1.3.6.1.2.1.47.1.1.1.1';

test('of the chassis, not of what is in it, and not what says nothing', () => {
  const { identity } = readSnapshot(
    {
      [`${ENTITY}.5.1`]: 9,
      [`${ENTITY}.5.2`]: 3,
      [`${ENTITY}.5.13`]: 3,
      [`${ENTITY}.13.1`]: 'PSU-1',
      [`${ENTITY}.13.2`]: 'N/A',
      [`${ENTITY}.13.13`]: 'SW-48',
      [`${ENTITY}.11.1`]: 'S1',
      [`${ENTITY}.11.2`]: 'S2',
      [`${ENTITY}.10.2`]: ' ',
      [`${ENTITY}.9.2`]: '1.2',
    },
    [profile],
  );
  expect(identity).toMatchObject({ model: 'SW-48', serial: 'S2', version: '1.2' });
});

test('of the stack where no chassis tells it', () => {
  const { identity } = readSnapshot({ [`${ENTITY}.5.1`]: 11, [`${ENTITY}.13.1`]: 'Stack' }, [profile]);
  expect(identity.model).toBe('Stack');
});

test('a memory that nothing was burnt into tells no model', () => {
  const { identity } = readSnapshot(
    {
      [`${ENTITY}.5.1`]: 3,
      [`${ENTITY}.13.1`]: 'hex:ff ff ff ff',
      [`${ENTITY}.5.2`]: 3,
      [`${ENTITY}.13.2`]: 'AP-2',
    },
    [profile],
  );
  expect(identity.model).toBe('AP-2');
});
