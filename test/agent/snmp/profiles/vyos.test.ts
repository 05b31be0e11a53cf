import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/vyos.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('VyOS', () => {
  it('is told by its description', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.44641',
        '1.3.6.1.2.1.1.1.0': 'VyOS 1.4.0',
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({ kind: 'router', vendor: 'VyOS', version: '1.4.0' });
  });
});
