import { expect, test } from 'vitest';
import { writeCsv } from '../../../dashboard/server/assets-csv.ts';
import { ASSET, DEVICE, NOW } from './fake-ports.ts';
import { as, errorCodeOf, serve } from './harness.ts';

test('a search is handed on with its order, and its columns are named in the reader’s language', async () => {
  const { app, calls } = await serve();
  const url = '/api/v1/assets?q=kind:till+os:%22windows+10%22&sort=-model&store=acme/lyon-01&limit=7&after=x';
  const response = await app.inject(as('viewer', { url, headers: { 'accept-language': 'fr' } }));
  expect(response.json()).toMatchObject({ total: 1, next: 'more', assets: [ASSET] });
  expect(response.json().columns[1]).toEqual({ id: 'model', title: 'Modèle', servicenow: 'model_id' });
  const query = { q: 'kind:till os:"windows 10"', sort: 'model', descending: true, store: 'acme/lyon-01' };
  expect(calls).toContainEqual(['assets', query, { limit: 7, after: 'x' }]);
});

test('a search that cannot be understood says where, in the reader’s language', async () => {
  const { app } = await serve();
  const ask = { url: '/api/v1/assets?q=%3F%3F', headers: { 'accept-language': 'fr' } };
  const response = await app.inject(as('viewer', ask));
  expect(errorCodeOf(response)).toBe('invalid');
  expect(response.json().error.details).toEqual([{ path: 'query.q ??', message: 'inconnu' }]);
});

test('an export is a file: rows as RFC 4180 has them, and no cell becomes a formula', async () => {
  const { app } = await serve();
  const response = await app.inject(as('viewer', { url: '/api/v1/assets/export' }));
  expect(response.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(response.headers['content-disposition']).toBe('attachment; filename="vigie-assets-2026-11-02.csv"');
  expect(response.body).toBe(`key,model,usb\r\n${DEVICE.key},"'=cmd|""x""",04b8:0202; 0c2e:0901\r\n`);
});

test('an export for ServiceNow bears its names, and a spreadsheet gets its mark and semicolons', async () => {
  const { app } = await serve();
  const url = '/api/v1/assets/export?names=servicenow&separator=semicolon&bom=true';
  const response = await app.inject(as('viewer', { url }));
  expect(response.body).toBe(`\uFEFFcorrelation_id;model_id\r\n${DEVICE.key};"'=cmd|""x"""\r\n`);
  const json = await app.inject(as('viewer', { url: '/api/v1/assets/export?format=json&names=servicenow' }));
  expect(json.json()).toEqual([{ correlation_id: DEVICE.key, model_id: '=cmd|"x"' }]);
});

test('line breaks and separators stay within their cell', () => {
  const columns = [{ id: 'a', fr: 'a', en: 'a' }];
  const csv = writeCsv(
    [
      { key: 'c/s/d', values: { a: 'x\r\n-y,"z"' } },
      { key: 'c/s/e', values: {} },
    ],
    columns,
    {
      names: 'vigie',
      separator: ',',
      bom: false,
    },
  );
  expect(csv).toBe('a\r\n"x\r\n-y,""z"""\r\n\r\n');
});

test('a device’s facts and history bear titles', async () => {
  const { app, calls } = await serve();
  const url = '/api/v1/devices/acme/lyon-01/till-2/facts';
  const page = await app.inject(as('viewer', { url, headers: { 'accept-language': 'fr' } }));
  expect(page.json()).toMatchObject({
    gatheredAt: NOW,
    facts: [{ path: 'machine.serial', title: 'Machine\u202f: numéro de série', source: 'observed', imported: 'B2' }],
    unread: [{ path: 'disk', title: 'Disque', reason: 'permission', text: 'l’agent n’a pas le droit de le lire' }],
  });
  const history = await app.inject(as('viewer', { url: `${url}/history?path=software*&since=2026-01-01&limit=5` }));
  expect(history.json().changes).toEqual([
    {
      device: DEVICE.key,
      at: NOW,
      path: 'software[pos].version',
      title: 'Software pos: version',
      from: '8.4',
      to: '8.5',
    },
  ]);
  const since = Date.UTC(2026, 0, 1);
  expect(calls).toContainEqual(['asset-changes', { device: DEVICE.key, path: 'software*', since, limit: 5 }]);
  expect(errorCodeOf(await app.inject(as('viewer', { url: url.replace('till-2', 'nobody') })))).toBe('no-such-device');
  expect(errorCodeOf(await app.inject(as('viewer', { url: '/api/v1/assets/changes?since=now' })))).toBe('invalid');
});
