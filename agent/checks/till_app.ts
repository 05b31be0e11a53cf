import { Type } from 'typebox';
import { type CheckContext, definePlugin, type RunCheck } from '../check.ts';
import { errorCode } from '../describe-error.ts';

/** A sentence about what is wrong; undefined: nothing is. */
type Verdict = string | undefined;

interface Part {
  /** As its field is called. */
  name: 'process' | 'port' | 'heartbeat' | 'http';
  judge(ctx: CheckContext): Promise<Verdict>;
}

const TcpPort = (description: string, fr: string) => Type.Integer({ minimum: 1, maximum: 65_535, description, fr });

/**
 * Whether the till's application is fit to sell: its process, its port, the file it touches while it works and its page,
 * as far as they are given, taken as one verdict that names what fails.
 */
export const plugin = definePlugin({
  type: 'till_app',
  title: { fr: 'Application de caisse', en: 'Till application' },
  options: Type.Object(
    {
      app: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 64,
          default: 'pos',
          description: 'What people call the application.',
          fr: 'Nom d’usage de l’application.',
        }),
      ),
      program: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 200,
          description: 'Name of its program, e.g. `posd` or `pos.exe`.',
          fr: 'Nom de son programme, par exemple `posd` ou `pos.exe`.',
        }),
      ),
      pattern: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 200,
          format: 'regex',
          description: 'Regular expression in its command line, where its program is another’s, e.g. `java`.',
          fr: 'Expression régulière dans sa ligne de commande, quand son programme sert à d’autres, par exemple `java`.',
        }),
      ),
      port: Type.Optional(
        TcpPort(
          'TCP port of this host on which it takes connections.',
          'Port TCP de cet hôte où elle accepte les connexions.',
        ),
      ),
      heartbeatFile: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 1024,
          description: 'File it writes again and again while it works.',
          fr: 'Fichier qu’elle réécrit sans cesse tant qu’elle marche.',
        }),
      ),
      heartbeatMaxS: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 86_400,
          default: 120,
          description: 'Seconds after which that file is too old.',
          fr: 'Secondes après lesquelles ce fichier est trop vieux.',
        }),
      ),
      url: Type.Optional(
        Type.String({
          pattern: '^https?://[^\\s]+$',
          maxLength: 1024,
          format: 'url',
          description: 'Page of it that must answer with a status below 400.',
          fr: 'Page qui doit répondre par un code inférieur à 400.',
        }),
      ),
      match: Type.Optional(
        Type.String({
          maxLength: 512,
          format: 'regex',
          description: 'Regular expression that page must hold.',
          fr: 'Expression régulière que cette page doit contenir.',
        }),
      ),
    },
    {
      additionalProperties: false,
      anyOf: ['program', 'pattern', 'port', 'heartbeatFile', 'url'].map((key) => ({ required: [key] })),
      dependentRequired: { match: ['url'], heartbeatMaxS: ['heartbeatFile'] },
      description: 'Needs at least one of `program`, `pattern`, `port`, `heartbeatFile`, `url`.',
      fr: 'Demande au moins l’un de `program`, `pattern`, `port`, `heartbeatFile`, `url`.',
    },
  ),
  example: { app: 'pos', program: 'posd', port: 8443, heartbeatFile: '/run/pos/heartbeat', heartbeatMaxS: 60 },
  distinguish: ({ app = 'pos' }) => app,
  create: (wanted) => {
    const { app = 'pos' } = wanted;
    const parts = listParts(wanted);
    return async (ctx) => {
      const verdicts = await Promise.all(parts.map(async (part) => ({ ...part, wrong: await part.judge(ctx) })));
      const texts = verdicts.flatMap(({ wrong }) => (wrong === undefined ? [] : [wrong]));
      const age = wanted.heartbeatFile === undefined ? undefined : await ageOf(ctx, wanted.heartbeatFile);
      return {
        points: [
          {
            m: 'till_app',
            t: { app },
            f: {
              selling: texts.length === 0 ? 1 : 0,
              ...Object.fromEntries(verdicts.map(({ name, wrong }) => [name, wrong === undefined ? 1 : 0])),
              ...(age !== undefined && { heartbeat_age_seconds: age }),
            },
          },
        ],
        statuses: [
          texts.length === 0
            ? { check: ctx.name, status: 'ok' }
            : { check: ctx.name, status: 'critical', text: texts.join(' ').slice(0, 512) },
        ],
      };
    };
  },
});

type Wanted = Parameters<(typeof plugin)['create']>[0];

/** Process, port and page are judged by the checks that judge them alone, loaded where they are asked for. */
function listParts({ program, pattern, port, heartbeatFile, heartbeatMaxS = 120, url, match }: Wanted): Part[] {
  const parts: Part[] = [];
  if (program !== undefined || pattern !== undefined) {
    const options = { ...(program !== undefined && { program }), ...(pattern !== undefined && { pattern }) };
    parts.push(judgedBy('process', async () => (await import('./process.ts')).plugin.create(options)));
  }
  if (port !== undefined) {
    const options = { server: '127.0.0.1', port };
    parts.push(judgedBy('port', async () => (await import('./net_response.ts')).plugin.create(options)));
  }
  if (heartbeatFile !== undefined) {
    parts.push({ name: 'heartbeat', judge: (ctx) => judgeHeartbeat(ctx, heartbeatFile, heartbeatMaxS) });
  }
  if (url !== undefined) {
    const options = { url, ...(match !== undefined && { match }) };
    parts.push(judgedBy('http', async () => (await import('./http_response.ts')).plugin.create(options)));
  }
  return parts;
}

function judgedBy(name: Part['name'], load: () => Promise<RunCheck>): Part {
  let loading: Promise<RunCheck> | undefined;
  return {
    name,
    async judge(ctx) {
      loading ??= load();
      const { statuses } = await (await loading)(ctx);
      const wrong = statuses.find(({ status }) => status !== 'ok');
      return wrong && (wrong.text ?? name);
    },
  };
}

async function judgeHeartbeat(ctx: CheckContext, file: string, maxS: number): Promise<Verdict> {
  const age = await ageOf(ctx, file);
  if (age === undefined) {
    return ctx.say({ fr: `${file} est introuvable.`, en: `${file} cannot be found.` });
  }
  if (age <= maxS) return undefined;
  const seconds = Math.round(age);
  return ctx.say({
    fr: `${file} n’est plus écrit depuis ${seconds} s (au plus ${maxS} s).`,
    en: `${file} has not been written for ${seconds} s (at most ${maxS} s).`,
  });
}

/** Seconds since it was written; undefined while it is not there. */
async function ageOf(ctx: CheckContext, file: string): Promise<number | undefined> {
  try {
    return Math.max(0, (ctx.now() - (await ctx.stat(file)).mtimeMs) / 1000);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
