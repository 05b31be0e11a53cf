import { expect, test } from 'vitest';
import { as, serve } from './harness.ts';

interface Operation {
  summary?: string;
  tags?: string[];
  security?: object[];
  responses: Record<string, { content?: Record<string, { schema?: object }>; description?: string }>;
}

test('every route is described, with its summary, its rights and its answers', async () => {
  const { app, routes } = await serve();
  const response = await app.inject(as('viewer', { url: '/api/v1/openapi.json' }));
  const document = response.json() as {
    openapi: string;
    info: object;
    paths: Record<string, Record<string, Operation>>;
  };
  expect(document.openapi).toBe('3.1.0');
  expect(document.info).toMatchObject({ title: 'Vigie', version: '9.9.9' });

  const ours = routes.filter(({ url, method }) => /^\/(api|metrics)/.test(url) && method !== 'HEAD');
  expect(ours.length).toBeGreaterThan(20);
  for (const { method, url, needs } of ours) {
    const path = url.replaceAll(/:(\w+)/g, '{$1}');
    const operation = document.paths[path]?.[method.toLowerCase()];
    expect(operation?.summary, `${method} ${path}`).toMatch(/^\p{Lu}.{5,}$/u);
    expect(operation?.tags, path).toHaveLength(1);
    expect(operation?.security !== undefined, path).toBe(needs !== 'anyone');
    const answers = Object.entries(operation?.responses ?? {});
    const [good] = answers.filter(([status]) => /^20[0-4]$/.test(status));
    expect(good, path).toBeDefined();
    const [status, answer] = good ?? [];
    if (status !== '204') expect(Object.values(answer?.content ?? {})[0]?.schema, path).toBeDefined();
    for (const refusal of ['4XX', '5XX']) {
      expect(operation?.responses[refusal]?.content?.['application/json']?.schema, path).toEqual({
        $ref: '#/components/schemas/Failure',
      });
    }
  }
  expect(Object.keys(document.paths).length).toBe(new Set(ours.map(({ url }) => url)).size);
});

test('what is shown has names, each described once, and nothing refers to nowhere', async () => {
  const { app } = await serve();
  const response = await app.inject(as('viewer', { url: '/api/v1/openapi.json' }));
  const { components } = response.json();
  const referred = new Set([...response.body.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name));
  expect([...referred].sort()).toEqual(Object.keys(components.schemas).sort());
  expect([...referred]).toEqual(expect.arrayContaining(['StoreTile', 'IncidentView', 'WallSnapshot', 'Failure']));
  expect(components.securitySchemes.token).toEqual({ type: 'http', scheme: 'bearer' });
});

test('no schema mark of the library leaks into the description', async () => {
  const { app } = await serve();
  const { body } = await app.inject(as('viewer', { url: '/api/v1/openapi.json' }));
  expect(body).not.toContain('"~');
});
