import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { isReading } from './access.ts';
import type { App } from './app-types.ts';
import { ApiError } from './errors.ts';

const NOT_BUILT = `Vigie

The web pages are not built yet. Build them with: npm run build
Les pages web ne sont pas encore construites. Pour les construire\u202f: npm run build

API: /api/v1/openapi.json
`;

/** Files the build names after their content: they never change under one name. */
const HASHED = /[\\/]assets[\\/][^\\/]+-[\w-]{8,}\.\w+$/;

/**
 * Serves the web app, and its one page for every address that is not the API's. Without a built app, a text that says
 * how to build it.
 */
export async function serveWeb(app: App, webDir: string | undefined): Promise<void> {
  const isBuilt = webDir !== undefined && existsSync(join(webDir, 'index.html'));
  if (isBuilt) {
    await app.register(fastifyStatic, {
      root: webDir,
      dotfiles: 'ignore',
      cacheControl: false,
      setHeaders: (reply, path) => {
        reply.header('cache-control', HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }

  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/';
    // `/assets` is a page; what is below it with an ending is a file of the build.
    const isPage = isReading(request.method) && !/^\/((api|metrics)(\/|$)|assets\/.*\.\w+$)/.test(path);
    if (!isPage) throw new ApiError('not-found');
    if (isBuilt) return reply.sendFile('index.html');
    return reply.type('text/plain; charset=utf-8').send(NOT_BUILT);
  });
}
