import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MetricsStoreError } from '../../../collector/metrics/store-error.ts';
import type { MetricRow, RangeQuery } from '../../../collector/ports.ts';
import { giveToNobody, withoutPrivilege } from '../../support/without-privilege.ts';
import { type EmbeddedFixture, embeddedFixture } from './embedded-fixture.ts';

const T0 = Date.UTC(2026, 2, 1);
const row = (at: number, value: number): MetricRow => ({
  device: 'acme/s1/till-1',
  at,
  measurement: 'cpu',
  tags: {},
  fields: { usage_active: value, usage_idle: 100 - value },
});
const query: RangeQuery = {
  device: 'acme/s1/till-1',
  measurement: 'cpu',
  field: 'usage_active',
  from: T0,
  to: T0 + 1000,
  stepMs: 1,
  aggregate: 'last',
};

describe('the metrics file', () => {
  let fixture: EmbeddedFixture;
  beforeEach(() => {
    fixture = embeddedFixture();
  });
  afterEach(() => fixture.dispose());

  /** Opens it, does nothing, and says why it did not open. */
  const refusal = (): string => {
    try {
      fixture.open();
    } catch (error) {
      expect(error).toBeInstanceOf(MetricsStoreError);
      return (error as Error).message;
    }
    return 'opened';
  };

  const edit = (sql: string): void => {
    const database = new DatabaseSync(fixture.path);
    database.exec(sql);
    database.close();
  };

  it('is refused when it is not a database', () => {
    writeFileSync(fixture.path, 'This is a shopping list, not a database. '.repeat(100));
    expect(refusal()).toBe(`${fixture.path} is not a metrics store: its content is something else.`);
  });

  it('is refused when it is a database of something else', () => {
    edit('CREATE TABLE invoices (id INTEGER)');
    expect(refusal()).toBe(`${fixture.path} is a database, but not a metrics store.`);
  });

  it('is refused when a newer version wrote it', async () => {
    await fixture.open().close();
    edit('PRAGMA user_version = 99');
    expect(refusal()).toBe(`${fixture.path} was written by a newer version (schema 99; this version knows 2).`);
  });

  it('is refused when it is in use', async () => {
    const store = fixture.open();
    expect(refusal()).toBe(`${fixture.path} is in use by another process.`);
    await store.close();
  });

  it('is refused when its folder is not there', () => {
    rmSync(dirname(fixture.path), { recursive: true });
    expect(refusal()).toBe(`${fixture.path} can’t be opened: check that its folder exists and may be written.`);
  });

  it('is refused when it is a folder', () => {
    mkdirSync(fixture.path);
    expect(refusal()).toBe(`${fixture.path} can’t be opened: check that its folder exists and may be written.`);
  });

  it('is refused when it can’t be written', async () => {
    await fixture.open().close();
    giveToNobody(dirname(fixture.path), fixture.path);
    chmodSync(fixture.path, 0o400);
    expect(withoutPrivilege(refusal)).toContain('can’t be written');
  });

  it('opens again after it was refused', async () => {
    writeFileSync(join(dirname(fixture.path), 'other'), '');
    writeFileSync(fixture.path, 'x'.repeat(5000));
    refusal();
    rmSync(fixture.path);
    await fixture.open().close();
  });

  describe('with a damaged chunk', () => {
    const damageChunk = (id: number, sql: string): void =>
      edit(`UPDATE chunk SET columns = CAST(${sql} AS BLOB) WHERE id = ${id}`);

    beforeEach(async () => {
      const store = fixture.open();
      for (let i = 0; i < 3; i++) {
        store.append([row(T0 + i, i)], i + 1);
        await store.flush();
      }
      await store.close();
    });

    it.each([
      ['one bit turned', "substr(columns, 1, 20) || x'ff' || substr(columns, 22)", 'its checksum does not match'],
      ['cut short', 'substr(columns, 1, 3)', 'cut short'],
      ['empty', "x''", 'cut short'],
      ['something else', "x'00112233445566778899'", 'its checksum does not match'],
    ])('(%s) tells the others, and says once which one is damaged', async (_name, sql, reason) => {
      damageChunk(2, sql);
      const store = fixture.open();
      const told = [
        [T0, 0],
        [T0 + 2, 2],
      ];
      expect(store.range(query)[0]?.points).toEqual(told);
      expect(store.range(query)[0]?.points).toEqual(told);
      expect(fixture.damage).toEqual([
        {
          device: 'acme/s1/till-1',
          chunk: 2,
          start: T0 + 1,
          end: T0 + 1,
          samples: 2,
          message: `${fixture.path}: chunk 2 of acme/s1/till-1 (2 samples, 2026-03-01T00:00:00.001Z to 2026-03-01T00:00:00.001Z) is damaged: ${reason}; its samples are left out.`,
        },
      ]);
      await store.close();
    });

    it('merges the others and keeps the damaged one where it is', async () => {
      damageChunk(2, "x'00112233445566778899'");
      const store = fixture.open();
      for (let i = 3; i < 12; i++) {
        store.append([row(T0 + i, i)], i + 1);
        await store.flush();
      }
      expect(await store.compact(10)).toBeGreaterThan(0);
      expect(store.range(query)[0]?.points.map(([, value]) => value)).toEqual([0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
      expect(fixture.damage).toHaveLength(1);
      await store.close();
    });
  });
});
