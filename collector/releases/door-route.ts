import { Type } from 'typebox';
import { PLATFORMS, VERSION_PATTERN } from '../../protocol/releases.ts';
import type { DoorRoutes } from '../admission/door.ts';
import type { ReleaseFiles } from './release-files.ts';

/** Downloads at once: a link of the centre is shared by all stores. */
const MOST_AT_ONCE = 50;
const RETRY_S = 120;

/** The executables of releases, for enrolled agents: whole, or from where an earlier download broke off. */
export const releaseRoute =
  (files: ReleaseFiles, mostAtOnce = MOST_AT_ONCE): DoorRoutes =>
  (app, { bearer }) => {
    let running = 0;
    app.get(
      '/v1/releases/:version/:platform',
      {
        // A slow line takes minutes.
        handlerTimeout: 3_600_000,
        schema: {
          params: Type.Object({
            version: Type.String({ pattern: VERSION_PATTERN }),
            platform: Type.Enum([...PLATFORMS]),
          }),
        },
      },
      async (request, reply) => {
        await bearer(request);
        const { version, platform } = request.params;
        const size = files.size(version, platform);
        if (size === undefined) return reply.code(404).send({ reason: 'no-such-release' });
        const from = Number(/^bytes=(\d{1,12})-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
        if (from >= size) return reply.code(416).header('content-range', `bytes */${size}`).send();
        if (running >= mostAtOnce) return reply.code(503).header('retry-after', RETRY_S).send();
        running += 1;
        const body = files.read(version, platform, from);
        body.once('close', () => {
          running -= 1;
        });
        if (from > 0) reply.code(206).header('content-range', `bytes ${from}-${size - 1}/${size}`);
        return reply
          .type('application/zstd')
          .header('content-length', size - from)
          .send(body);
      },
    );
  };
