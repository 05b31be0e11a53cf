import { Type } from 'typebox';
import type { Point } from '../../protocol/messages.ts';
import { type CheckContext, definePlugin } from '../check.ts';
import { describeError, errorCode } from '../describe-error.ts';
import { publicUrl, readHeaders, request } from '../http-request.ts';
import { parseScrape, partOf, type Sample, type Scrape } from '../parsers/prometheus-text.ts';
import { nameMatcher } from '../platform/find-files.ts';

const BODY_BYTES_MAX = 4 * 1024 * 1024;
/** The wire's limits for one point: see `protocol/messages.ts`. */
const MOST_FIELDS = 64;
const MOST_TAGS = 16;
const LONGEST_NAME = 64;
const LONGEST_VALUE = 256;

const Patterns = (description: string, fr: string) =>
  Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { minItems: 1, maxItems: 100, description, fr });

/** Takes over what a program tells about itself in Prometheus's text format, as far as it is asked for. */
export const plugin = definePlugin({
  type: 'prometheus',
  title: { fr: 'Mesures Prometheus', en: 'Prometheus endpoint' },
  options: Type.Object(
    {
      url: Type.String({
        pattern: '^https?://[^\\s]+$',
        maxLength: 1024,
        format: 'url',
        description: 'Address of the metrics, `http://` or `https://`.',
        fr: 'Adresse des mesures, `http://` ou `https://`.',
      }),
      metrics: Patterns(
        'Names of the metrics to take, where * and ? stand for any characters; nothing else is taken.',
        'Noms des mesures à prendre, où * et ? remplacent des caractères\u202f; rien d’autre n’est pris.',
      ),
      labels: Type.Optional(
        Patterns(
          'Names of the labels to keep as tags, with * and ?; without it all of them.',
          'Noms des étiquettes à garder, avec * et ?\u202f; sans cela, toutes.',
        ),
      ),
      dropLabels: Type.Optional(
        Patterns(
          'Names of labels to leave out, with * and ?, also of those kept.',
          'Noms des étiquettes à écarter, avec * et ?, même parmi celles gardées.',
        ),
      ),
      sumsAndCounts: Type.Optional(
        Type.Boolean({
          default: false,
          description:
            'Whether to take `_sum` and `_count` of histograms and summaries; buckets and quantiles never are.',
          fr: 'Prendre `_sum` et `_count` des histogrammes et résumés\u202f; les tranches et quantiles ne le sont jamais.',
        }),
      ),
      maxSeries: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 1000,
          default: 200,
          description: 'Values to take at most; beyond, the rest is dropped and the check warns.',
          fr: 'Valeurs à prendre au plus\u202f; le reste est abandonné et la mesure avertit.',
        }),
      ),
      headersFile: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 4096,
          description: 'File with headers to send, one `Name: value` per line, for keys and tokens.',
          fr: 'Fichier d’en-têtes à envoyer, un `Nom: valeur` par ligne, pour les clés et jetons.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  example: { url: 'http://127.0.0.1:9100/metrics', metrics: ['node_load*', 'pos_*'], dropLabels: ['instance'] },
  distinguish: ({ url }) => publicUrl(url).slice(0, 100),
  create: ({ url, metrics, labels = ['*'], dropLabels = [], sumsAndCounts = false, maxSeries = 200, headersFile }) => {
    const shown = publicUrl(url).slice(0, LONGEST_VALUE);
    const isWanted = matcher(metrics);
    const isKept = matcher(labels);
    const isDropped = matcher(dropLabels);
    return async (ctx) => {
      let answer: Awaited<ReturnType<typeof request>>;
      try {
        answer = await request(ctx, url, {
          headers: { Accept: 'text/plain; version=0.0.4', ...(headersFile && (await readHeaders(ctx, headersFile))) },
          maxBytes: BODY_BYTES_MAX,
        });
      } catch (error) {
        return {
          points: [],
          statuses: [{ check: ctx.name, status: 'critical', text: tellUnreachable(ctx, shown, error) }],
        };
      }
      if (answer.status !== 200 || answer.bodyError !== undefined) {
        const text = ctx.say({ fr: `${shown} répond ${answer.status}.`, en: `${shown} answers ${answer.status}.` });
        return { points: [], statuses: [{ check: ctx.name, status: 'critical', text }] };
      }
      // What is asked for is judged by the family: pos_sale also takes pos_sale_sum.
      const scrape = parseScrape(answer.text, (name) => isWanted(name) || isWanted(name.replace(/_(sum|count)$/, '')));
      const all = scrape.samples.filter((sample) => isTaken(sample, scrape, sumsAndCounts));
      const points = toPoints(all.slice(0, maxSeries), shown, (label) => isKept(label) && !isDropped(label));
      return {
        points,
        statuses: [{ check: ctx.name, ...judge(ctx, shown, all.length, maxSeries, answer.isCut, scrape) }],
      };
    };
  },
});

const matcher = (patterns: readonly string[]): ((name: string) => boolean) => {
  const matchers = patterns.map(nameMatcher);
  return (name) => matchers.some((takes) => takes(name));
};

function isTaken({ name, value }: Sample, { types }: Scrape, sumsAndCounts: boolean): boolean {
  if (!Number.isFinite(value)) return false;
  const { type, part } = partOf(name, types);
  if (type !== 'histogram' && type !== 'summary') return true;
  return sumsAndCounts && (part === 'sum' || part === 'count');
}

/** Values with the same labels make one point, as Telegraf's second metric version does. */
function toPoints(samples: readonly Sample[], url: string, isKept: (label: string) => boolean): Point[] {
  const open = new Map<string, Point>();
  const points: Point[] = [];
  for (const { name, labels, value } of samples) {
    const t = toTags(labels, url, isKept);
    const key = JSON.stringify(t);
    const field = fitName(name);
    let point = open.get(key);
    // A label left out makes two series one: the first is kept, since their sum may mean nothing.
    if (point && field in point.f) continue;
    if (!point || Object.keys(point.f).length >= MOST_FIELDS) {
      point = { m: 'prometheus', t, f: {} };
      open.set(key, point);
      points.push(point);
    }
    point.f[field] = value;
  }
  return points;
}

function toTags(labels: Sample['labels'], url: string, isKept: (label: string) => boolean): Record<string, string> {
  const kept = Object.entries(labels)
    .filter(([label]) => isKept(label))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, MOST_TAGS - 1)
    .map(([label, value]) => [fitName(label === 'url' ? 'exported_url' : label), value.slice(0, LONGEST_VALUE)]);
  return Object.fromEntries([['url', url], ...kept]);
}

/** A name the wire takes: no colon, and not too long; what is cut off is told apart by a sum of the whole. */
function fitName(name: string): string {
  const clean = name.replaceAll(':', '_');
  if (clean.length <= LONGEST_NAME) return clean;
  let sum = 0;
  for (const letter of clean) sum = (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0;
  const mark = `_${sum.toString(36)}`;
  return clean.slice(0, LONGEST_NAME - mark.length) + mark;
}

function judge(ctx: CheckContext, url: string, found: number, most: number, isCut: boolean, { unreadable }: Scrape) {
  if (found === 0) {
    const text = ctx.say({
      fr: `${url} ne donne aucune des mesures demandées.`,
      en: `${url} gives none of the metrics asked for.`,
    });
    return { status: 'critical', text } as const;
  }
  if (isCut || unreadable > 0) {
    const text = ctx.say({
      fr: `La réponse de ${url} est trop longue ou en partie illisible.`,
      en: `The answer of ${url} is too long or partly unreadable.`,
    });
    return { status: 'warning', text } as const;
  }
  if (found <= most) return { status: 'ok' } as const;
  const text = ctx.say({
    fr: `${url} donne ${found} valeurs\u202f: seules ${most} sont prises.`,
    en: `${url} gives ${found} values: only ${most} are taken.`,
  });
  return { status: 'warning', text } as const;
}

function tellUnreachable(ctx: CheckContext, url: string, error: unknown): string {
  const code = ctx.signal.aborted ? 'ETIMEDOUT' : (errorCode(error) ?? describeError(error));
  return ctx.say({ fr: `${url} est injoignable (${code}).`, en: `${url} cannot be reached (${code}).` });
}
