import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';

/** What the API's description says besides its routes. Rights come from each route's own `needs`. */
export function openApiOptions(version: string): FastifyDynamicSwaggerOptions {
  return {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Vigie',
        version,
        description: 'Stores, devices and incidents of retail chains, live. Times are milliseconds since 1970, UTC.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: 'vigie_session' },
        },
      },
    },
    transform: ({ schema, url, route }) => {
      const needs = route.config?.needs;
      if (needs === undefined || needs === 'anyone' || schema === undefined) return { schema, url };
      const security = [{ token: [] }, { session: [] }];
      const open = needs === 'viewer' && route.method === 'GET' ? [...security, {}] : security;
      const description = [schema.description, `Role: ${needs}.`].filter(Boolean).join('\n\n');
      return { schema: { ...schema, description, security: open }, url };
    },
    transformObject: (document) => ('openapiObject' in document ? nameSchemas(document.openapiObject) : {}),
  };
}

/** Moves every schema that has a title to the components, once, and refers to it: clients get types with names. */
function nameSchemas<Document extends object>(document: Document): Document {
  const schemas: Record<string, unknown> = {};
  const name = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(name);
    if (typeof node !== 'object' || node === null) return node;
    const named = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, name(value)]));
    if (typeof named.title !== 'string' || named.type !== 'object') return named;
    schemas[named.title] = named;
    return { $ref: `#/components/schemas/${named.title}` };
  };
  const { components, ...rest } = name(document) as { components: object };
  return { ...rest, components: { ...components, schemas } } as unknown as Document;
}
