import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { errorCodeOf, serve } from './harness.ts';

const root = mkdtempSync(join(tmpdir(), 'vigie-web-'));
const webDir = join(root, 'web');

beforeAll(() => {
  mkdirSync(join(webDir, 'assets'), { recursive: true });
  writeFileSync(join(webDir, 'index.html'), '<!doctype html><title>Vigie</title>');
  writeFileSync(join(webDir, 'icon.svg'), '<svg/>');
  writeFileSync(join(webDir, '.secret'), 'hidden');
  writeFileSync(join(webDir, 'assets', 'wall-B1a2C3d4.js'), 'export {};');
  writeFileSync(join(root, 'outside.txt'), 'outside');
});
afterAll(() => rmSync(root, { recursive: true }));

test.each(['/', '/index.html', '/stores/acme/lyon-01', '/incidents/7?tab=1', '/fr'])(
  '%s gives the page, asked for anew each time',
  async (url) => {
    const { app } = await serve({ webDir });
    const response = await app.inject({ url });
    expect([response.statusCode, response.body]).toEqual([200, '<!doctype html><title>Vigie</title>']);
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(response.headers['cache-control']).toBe('no-cache');
  },
);

test('files named after their content are kept for good, others are not', async () => {
  const { app } = await serve({ webDir });
  const asset = await app.inject({ url: '/assets/wall-B1a2C3d4.js' });
  const icon = await app.inject({ url: '/icon.svg' });
  expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(asset.headers['content-type']).toMatch(/^(text|application)\/javascript;/);
  expect(icon.headers['cache-control']).toBe('no-cache');
});

test.each(['/assets/gone-00000000.js', '/api/v2/x', '/api', '/metrics/x'])('%s is not the page', async (url) => {
  const { app } = await serve({ webDir });
  expect(errorCodeOf(await app.inject({ url }))).toBe('not-found');
});

test.each(['/../outside.txt', '/..%2foutside.txt', '/assets/..%2f..%2foutside.txt', '/.secret', '/%00'])(
  '%s gives nothing that lies outside or hides',
  async (url) => {
    const { app } = await serve({ webDir });
    const response = await app.inject({ url });
    expect(response.statusCode).toBeLessThan(500);
    expect(response.body).not.toMatch(/outside|hidden/);
  },
);

test('nothing is posted to a page', async () => {
  const { app } = await serve({ webDir });
  expect(errorCodeOf(await app.inject({ method: 'POST', url: '/', payload: {} }))).toBe('not-found');
});

test('without a built app, a text says how to build it', async () => {
  const { app } = await serve({ webDir: join(root, 'nowhere') });
  const response = await app.inject({ url: '/stores' });
  expect(response.headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(response.body).toContain('npm run build');
});

test.each(['/', '/api/v1/health', '/api/v1/nothing'])('%s lets a browser load nothing foreign', async (url) => {
  const { app } = await serve({ webDir });
  const { headers } = await app.inject({ url });
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  expect(headers['x-content-type-options']).toBe('nosniff');
});
