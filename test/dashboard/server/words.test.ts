import type { Static } from 'typebox';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { ERRORS } from '../../../dashboard/server/errors.ts';
import { preferredLocale } from '../../../dashboard/server/language.ts';
import { writeFigures } from '../../../dashboard/server/prometheus-text.ts';
import { Sessions } from '../../../dashboard/server/sessions.ts';
import type * as Schemas from '../../../dashboard/server/view-schemas.ts';
import type * as Majors from '../../../protocol/majors.ts';
import type * as Views from '../../../protocol/views.ts';

test('schemas and views say the same', () => {
  expectTypeOf<Static<typeof Schemas.StoreAvailability>>().toEqualTypeOf<Views.StoreAvailability>();
  expectTypeOf<Static<typeof Schemas.StoreTile>>().toEqualTypeOf<Views.StoreTile>();
  expectTypeOf<Static<typeof Schemas.AlertView>>().toEqualTypeOf<Views.AlertView>();
  expectTypeOf<Static<typeof Schemas.DeviceView>>().toEqualTypeOf<Views.DeviceView>();
  expectTypeOf<Static<typeof Schemas.IncidentView>>().toEqualTypeOf<Views.IncidentView>();
  expectTypeOf<Static<typeof Schemas.MajorView>>().toEqualTypeOf<Majors.MajorView>();
  expectTypeOf<Static<typeof Schemas.TimelineEntry>>().toEqualTypeOf<Views.TimelineEntry>();
  expectTypeOf<Static<typeof Schemas.WallSnapshot>>().toEqualTypeOf<Views.WallSnapshot>();
  expectTypeOf<Static<typeof Schemas.Reading>>().toEqualTypeOf<Views.Reading>();
});

test.each([
  ['fr-FR,fr;q=0.9,en;q=0.8', 'fr'],
  ['de, en;q=0.5, fr;q=0.7', 'fr'],
  ['en-GB,fr;q=0.9', 'en'],
  ['FR', 'fr'],
  ['fr;q=0', 'en'],
  ['french', 'en'],
  ['*', 'en'],
  ['', 'en'],
  [undefined, 'en'],
])('who accepts %s reads %s', (header, locale) => {
  expect(preferredLocale(header)).toBe(locale);
});

describe.each(Object.entries(ERRORS))('the words of %s', (_code, { words }) => {
  test('stand in both languages, well set', () => {
    expect(words.en).toMatch(/^[A-Z].*\.$/);
    expect(words.fr).toMatch(/^[A-ZÀ-Ý].*\.$/);
    expect(words.fr).not.toMatch(/'|[^\u202f][;:!?]/);
  });
});

test('figures are escaped as Prometheus wants it', () => {
  const text = writeFigures([
    {
      name: 'a',
      help: 'one\\two\nthree',
      type: 'gauge',
      samples: [{ labels: { path: 'C:\\"x"\n' }, value: 1.5 }, { value: Number.NaN }, { value: -Infinity }],
    },
  ]);
  expect(text).toBe('# HELP a one\\\\two\\nthree\n# TYPE a gauge\na{path="C:\\\\\\"x\\"\\n"} 1.5\na NaN\na -Inf\n');
});

describe('a session', () => {
  const key = new Uint8Array(32).fill(1);

  test('is known to every collector that has the key, after a restart too, and to none that has another', () => {
    const id = new Sessions(key, () => 0).open('token-1');
    expect(new Sessions(key, () => 1).tokenOf(id)).toBe('token-1');
    expect(new Sessions(new Uint8Array(32).fill(2), () => 1).tokenOf(id)).toBeUndefined();
  });

  test('does not show its token, and is never twice the same', () => {
    const sessions = new Sessions(key, () => 0);
    const ids = [sessions.open('token-1'), sessions.open('token-1')];
    expect(ids[0]).not.toBe(ids[1]);
    expect(Buffer.from(ids[0] as string, 'base64url').toString('latin1')).not.toContain('token-1');
  });

  test('bent anywhere, is none', () => {
    const sessions = new Sessions(key, () => 0);
    const id = Buffer.from(sessions.open('token-1'), 'base64url');
    for (let at = 0; at < id.length; at++) {
      const bent = Buffer.from(id);
      bent[at] = (bent[at] as number) ^ 1;
      expect(sessions.tokenOf(bent.toString('base64url'))).toBeUndefined();
    }
    for (const other of ['', 'x', id.subarray(0, 20).toString('base64url')]) {
      expect(sessions.tokenOf(other)).toBeUndefined();
    }
  });

  test('signed out, stays out', () => {
    const sessions = new Sessions(key, () => 0);
    const id = sessions.open('token-1');
    sessions.close(id);
    sessions.close('nobody’s');
    expect(sessions.tokenOf(id)).toBeUndefined();
    expect(sessions.tokenOf(sessions.open('token-1'))).toBe('token-1');
  });
});
