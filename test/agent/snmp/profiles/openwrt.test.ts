import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/openwrt.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('OpenWrt', () => {
  it('is told by two scripts of its agent', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.8072.3.2.10',
        '1.3.6.1.4.1.8072.1.3.2.3.1.1.6.100.105.115.116.114.111': 'OpenWrt 23.05.2',
        '1.3.6.1.4.1.8072.1.3.2.3.1.1.8.104.97.114.100.119.97.114.101': 'GL.iNet GL-MT300N-V2',
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({ kind: 'router', model: 'GL.iNet GL-MT300N-V2', version: '23.05.2' });
  });
});
