import { Type } from 'typebox';
import { type CheckContext, definePlugin } from '../check.ts';
import { describeError, errorCode } from '../describe-error.ts';
import type { FileStats } from '../outside/files.ts';
import { listMatches } from '../platform/list-matches.ts';
import type { Words } from '../words.ts';

const count = (description: string, fr: string, minimum = 0) =>
  Type.Optional(Type.Integer({ minimum, maximum: Number.MAX_SAFE_INTEGER, description, fr }));

/** Age, size and number of files: a backup, a batch of sales, a price list that must come, a folder that must not fill. */
export const plugin = definePlugin({
  type: 'filestat',
  title: { fr: 'Fichiers', en: 'Files' },
  options: Type.Object(
    {
      path: Type.String({
        minLength: 1,
        maxLength: 1024,
        description:
          'The file; its name, not its folder, may hold `*`, e.g. `/srv/backup/*.tar.gz`: the newest one is judged.',
        fr: 'Le fichier\u202f; son nom, mais pas son dossier, peut contenir `*`, par exemple `/srv/backup/*.tar.gz`\u202f: le plus récent est jugé.',
      }),
      maxAgeS: count(
        'Seconds since the newest file was written, at most.',
        'Secondes depuis l’écriture du plus récent, au plus.',
        1,
      ),
      minBytes: count('Size of the newest file, at least.', 'Taille du plus récent, au moins.'),
      maxBytes: count('Size of the newest file, at most.', 'Taille du plus récent, au plus.'),
      minFiles: count('Files there must be, 1 by default.', 'Nombre de fichiers attendus, 1 par défaut.'),
      maxFiles: count(
        'Files there may be, for a folder that is emptied as it goes.',
        'Nombre de fichiers admis, pour un dossier vidé au fil de l’eau.',
      ),
      severity: Type.Optional(
        Type.Union([Type.Literal('warning'), Type.Literal('critical')], {
          default: 'critical',
          description: 'What a missed expectation is.',
          fr: 'Gravité d’une attente déçue.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  example: { path: '/srv/backup/*.tar.gz', maxAgeS: 93_600, minBytes: 1_000_000, severity: 'warning' },
  distinguish: ({ path }) => path.slice(-100),
  create: (wanted) => async (ctx) => {
    const files = await look(ctx, wanted.path);
    const newest = files.reduce<FileStats | undefined>(
      (best, file) => (best && best.mtimeMs >= file.mtimeMs ? best : file),
      undefined,
    );
    const ageS = newest && Math.max(0, (ctx.now() - newest.mtimeMs) / 1000);
    const faults = findFaults(wanted, files.length, newest?.size, ageS);
    return {
      points: [
        {
          m: 'filestat',
          t: { file: wanted.path.slice(-256) },
          f: {
            exists: files.length > 0 ? 1 : 0,
            files: files.length,
            ...(newest && { size_bytes: newest.size, age_seconds: Math.round(ageS ?? 0) }),
          },
        },
      ],
      statuses: [
        faults.length === 0
          ? { check: ctx.name, status: 'ok' }
          : {
              check: ctx.name,
              status: wanted.severity ?? 'critical',
              text: `${shorten(wanted.path)}${ctx.say({ fr: '\u202f: ', en: ': ' })}${faults.map(ctx.say).join(', ')}.`,
            },
      ],
    };
  },
});

type Wanted = Parameters<(typeof plugin)['create']>[0];

/** What exists and is a file. A folder that cannot be read is no empty folder: that rejects. */
async function look(ctx: CheckContext, path: string): Promise<FileStats[]> {
  const files: FileStats[] = [];
  for (const match of await listMatches(ctx, path)) {
    try {
      const found = await ctx.stat(match);
      if (found.isFile) files.push(found);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw new Error(`${match}: ${describeError(error)}`);
    }
  }
  return files;
}

function findFaults(wanted: Wanted, files: number, size: number | undefined, ageS: number | undefined): Words[] {
  const { minFiles = 1, maxFiles, minBytes, maxBytes, maxAgeS } = wanted;
  const faults: Words[] = [];
  if (files < minFiles) {
    faults.push(
      files === 0
        ? { fr: 'introuvable', en: 'not there' }
        : { fr: `${files} fichier(s), ${minFiles} attendus`, en: `${files} file(s), ${minFiles} expected` },
    );
  }
  if (maxFiles !== undefined && files > maxFiles) {
    faults.push({ fr: `${files} fichiers, ${maxFiles} admis`, en: `${files} files, ${maxFiles} allowed` });
  }
  if (maxAgeS !== undefined && ageS !== undefined && ageS > maxAgeS) {
    faults.push({
      fr: `écrit il y a ${inWords(ageS, 'fr')}, ${inWords(maxAgeS, 'fr')} au plus`,
      en: `written ${inWords(ageS, 'en')} ago, ${inWords(maxAgeS, 'en')} at most`,
    });
  }
  if (minBytes !== undefined && size !== undefined && size < minBytes) {
    faults.push({ fr: `${size} octets, ${minBytes} au moins`, en: `${size} bytes, ${minBytes} at least` });
  }
  if (maxBytes !== undefined && size !== undefined && size > maxBytes) {
    faults.push({ fr: `${size} octets, ${maxBytes} au plus`, en: `${size} bytes, ${maxBytes} at most` });
  }
  return faults;
}

/** A duration in the largest unit that leaves at least two of it. */
function inWords(seconds: number, locale: 'fr' | 'en'): string {
  if (seconds >= 172_800) return `${Math.floor(seconds / 86_400)} ${locale === 'fr' ? 'j' : 'd'}`;
  if (seconds >= 7200) return `${Math.floor(seconds / 3600)} h`;
  if (seconds >= 120) return `${Math.floor(seconds / 60)} min`;
  return `${Math.floor(seconds)} s`;
}

const shorten = (path: string): string => (path.length > 200 ? `…${path.slice(-200)}` : path);
