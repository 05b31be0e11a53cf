import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sign, verifySignature } from '../../../alerting/desks/signature.ts';

const at = 1_790_000_000_000;

describe('signature', () => {
  it('is HMAC-SHA256 of the time, a dot and the body', () => {
    // echo -n '1790000000.{"a":1}' | openssl dgst -sha256 -hmac 'key of the desk'
    expect(sign('{"a":1}', ['key of the desk'], at)).toBe(
      't=1790000000,v1=a9e05aeabb3d1c3934f5114478c9f1d1e57b432ea6b3842dd20dd7c6c31c9fe9',
    );
  });

  it('is found valid by whoever has one of the secrets, whatever the body', () => {
    fc.assert(
      fc.property(
        fc.string().map((text) => `é€😀${text}`),
        fc.uniqueArray(fc.string({ minLength: 16 }), { minLength: 2, maxLength: 3 }),
        (body, secrets) => {
          const header = sign(body, secrets, at);
          for (const secret of secrets) expect(verifySignature(header, body, [secret], at)).toBe('valid');
          expect(verifySignature(header, body, secrets.slice(1), at)).toBe('valid');
          expect(verifySignature(header, `${body}.`, secrets, at)).toBe('wrong');
          expect(verifySignature(header, body, ['another secret altogether'], at)).toBe('wrong');
        },
      ),
      { numRuns: 40 },
    );
  });

  it('grows stale after five minutes, on either side', () => {
    const header = sign('x', ['s'.repeat(16)], at);
    const verdict = (laterMs: number) => verifySignature(header, 'x', ['s'.repeat(16)], at + laterMs);
    expect([300_000, -300_000].map(verdict)).toEqual(['valid', 'valid']);
    expect([301_000, -301_000].map(verdict)).toEqual(['stale', 'stale']);
  });

  it('signs the time: moving it makes the signature wrong', () => {
    const moved = sign('x', ['s'.repeat(16)], at).replace('t=1790000000', 't=1790000001');
    expect(verifySignature(moved, 'x', ['s'.repeat(16)], at)).toBe('wrong');
  });

  it('is malformed in any other form, and never throws', () => {
    const good = sign('x', ['s'.repeat(16)], at);
    const odd = [
      undefined,
      '',
      't=1',
      'v1=00',
      good.toUpperCase(),
      `${good},`,
      `${good},v2=00`,
      good.slice(0, -1),
      ` ${good}`,
    ];
    for (const header of odd)
      expect(verifySignature(header, 'x', ['s'.repeat(16)], at), String(header)).toBe('malformed');
    fc.assert(
      fc.property(fc.string(), (header) => {
        expect(verifySignature(header, 'x', ['s'.repeat(16)], at)).not.toBe('valid');
      }),
      { numRuns: 40 },
    );
  });
});
