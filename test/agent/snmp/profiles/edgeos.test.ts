import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/edgeos.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('Ubiquiti EdgeRouter', () => {
  it('knows its whole name from how its daemon was started', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.41112.1.5',
        '1.3.6.1.2.1.1.1.0': 'EdgeOS v2.0.9-hotfix.7',
        '1.3.6.1.2.1.25.4.2.1.5.10': '-d',
        '1.3.6.1.2.1.25.4.2.1.5.11': '-M 4 -S UBNT EdgeRouter X 5-Port running on',
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({ kind: 'router', model: 'EdgeRouter X 5-Port', version: '2.0.9' });
  });
});
