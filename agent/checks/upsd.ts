import { Type } from 'typebox';
import type { Point } from '../../protocol/messages.ts';
import { type CheckContext, definePlugin } from '../check.ts';
import { describeError, errorCode } from '../describe-error.ts';
import { parseUpsList, parseVariables, refusalIn, toFields, type UpsVariables } from '../parsers/upsd-answer.ts';
import type { Words } from '../words.ts';

const MOST_UPSES = 16;

/** Uninterruptible power supplies, as Network UPS Tools' `upsd` knows them: on mains or battery, charge, load, time left. */
export const plugin = definePlugin({
  type: 'upsd',
  title: { fr: 'Onduleur', en: 'UPS' },
  options: Type.Object(
    {
      server: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 253,
          default: '127.0.0.1',
          description: 'Host on which upsd runs.',
          fr: 'Hôte où tourne upsd.',
        }),
      ),
      port: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 65_535, default: 3493, description: 'Its TCP port.', fr: 'Son port TCP.' }),
      ),
      upses: Type.Optional(
        Type.Array(Type.String({ pattern: '^[A-Za-z0-9._-]{1,64}$' }), {
          minItems: 1,
          maxItems: MOST_UPSES,
          description: 'UPSes that must be there, by their names in ups.conf; without it all that upsd knows.',
          fr: 'Onduleurs attendus, par leur nom dans ups.conf\u202f; sans cela, tous ceux qu’upsd connaît.',
        }),
      ),
      user: Type.Optional(
        Type.String({
          pattern: '^[A-Za-z0-9._-]{1,64}$',
          description: 'User of upsd.users; reading seldom needs one.',
          fr: 'Utilisateur de upsd.users\u202f; rarement utile pour lire.',
        }),
      ),
      passwordFile: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 4096,
          description: 'File that holds the user’s password, on one line.',
          fr: 'Fichier contenant son mot de passe, sur une ligne.',
        }),
      ),
    },
    { additionalProperties: false, dependentRequired: { user: ['passwordFile'], passwordFile: ['user'] } },
  ),
  example: { server: '127.0.0.1', upses: ['desk'] },
  distinguish: ({ server = '127.0.0.1', port = 3493 }) => `${server}:${port}`,
  create:
    ({ server = '127.0.0.1', port = 3493, upses, user, passwordFile }) =>
    async (ctx) => {
      const login = user !== undefined && passwordFile !== undefined ? await readLogin(ctx, user, passwordFile) : '';
      try {
        const names = upses ?? parseUpsList(await ask('LIST UPS\n', /^(END LIST UPS|ERR .*)$/m)).slice(0, MOST_UPSES);
        const answer =
          names.length === 0 ? '' : await ask(names.map((name) => `LIST VAR ${name}\n`).join(''), ends(names));
        const found = parseVariables(answer);
        const seen = names.map((name) => ({ name, variables: found.get(name) ?? {} }));
        return { points: seen.flatMap(toPoint), statuses: [{ check: ctx.name, ...judge(ctx, seen) }] };
      } catch (error) {
        const code = ctx.signal.aborted ? 'ETIMEDOUT' : (errorCode(error) ?? describeError(error));
        const text = ctx.say({
          fr: `upsd ne répond pas sur ${server}:${port} (${code}).`,
          en: `upsd does not answer on ${server}:${port} (${code}).`,
        });
        return { points: [], statuses: [{ check: ctx.name, status: 'critical', text }] };
      }

      /** Each question on a connection of its own: upsd answers in order, and LOGOUT makes it hang up. */
      async function ask(question: string, end: RegExp): Promise<string> {
        const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');
        const { received } = await ctx.exchange(server, port, {
          send: `${login}${question}LOGOUT\n`,
          until: (bytes) => end.test(text(bytes)),
          maxBytes: 512 * 1024,
        });
        const refusal = refusalIn(text(received));
        if (refusal !== undefined && refusal !== 'UNKNOWN-UPS' && !DRIVER_AWAY.has(refusal)) throw new Error(refusal);
        return text(received);
      }
    },
});

/** upsd is well, the UPS's driver is not. */
const DRIVER_AWAY = new Set(['DRIVER-NOT-CONNECTED', 'DATA-STALE']);

/** As many ends or refusals as there were questions. */
const ends = (names: readonly string[]): RegExp => new RegExp(`(?:^(?:END LIST VAR|ERR) [^]*?){${names.length}}`, 'm');

async function readLogin(ctx: CheckContext, user: string, passwordFile: string): Promise<string> {
  const password = (await ctx.readText(passwordFile)).split(/\r?\n/, 1)[0] ?? '';
  return `USERNAME ${user}\nPASSWORD "${password.replace(/["\\]/g, '\\$&')}"\n`;
}

interface Seen {
  name: string;
  /** Empty: upsd does not know it, or hears nothing of it. */
  variables: UpsVariables;
}

const wordsOf = ({ variables }: Seen): string[] => (variables['ups.status'] ?? '').split(' ').filter(Boolean);

/** upsd has just started and not heard the driver yet. */
const isWaiting = (seen: Seen): boolean => wordsOf(seen).includes('WAIT');

function toPoint(seen: Seen): Point[] {
  const { name, variables } = seen;
  if (wordsOf(seen).length === 0 || isWaiting(seen)) return [];
  const tag = (key: string, value: string | undefined) => value && { [key]: value.slice(0, 256) };
  return [
    {
      m: 'upsd',
      t: {
        ups_name: name,
        ...tag('model', variables['device.model'] ?? variables['ups.model']),
        ...tag('serial', variables['device.serial'] ?? variables['ups.serial']),
      },
      f: toFields(variables, wordsOf(seen)),
    },
  ];
}

/** What NUT's words mean for a store, the gravest first. */
const FINDINGS: readonly [string, 'critical' | 'warning', Words][] = [
  ['LB', 'critical', { fr: 'batterie presque vide', en: 'battery nearly empty' }],
  ['OFF', 'critical', { fr: 'éteint', en: 'switched off' }],
  ['OVER', 'critical', { fr: 'surcharge', en: 'overloaded' }],
  ['OB', 'warning', { fr: 'sur batterie', en: 'on battery' }],
  ['RB', 'warning', { fr: 'batterie à remplacer', en: 'battery to be replaced' }],
  ['BYPASS', 'warning', { fr: 'en dérivation, sans protection', en: 'bypassed, without protection' }],
];

function judge(ctx: CheckContext, all: readonly Seen[]) {
  const texts: string[] = [];
  let worst: 'ok' | 'unknown' | 'warning' | 'critical' = all.length === 0 ? 'critical' : 'ok';
  if (all.length === 0) texts.push(ctx.say({ fr: 'upsd ne connaît aucun onduleur.', en: 'upsd knows no UPS.' }));
  for (const seen of all) {
    const words = wordsOf(seen);
    const found = FINDINGS.filter(([word]) => words.includes(word));
    if (words.length === 0) {
      worst = 'critical';
      texts.push(
        ctx.say({
          fr: `Onduleur ${seen.name}\u202f: upsd n’en sait rien.`,
          en: `UPS ${seen.name}: upsd hears nothing of it.`,
        }),
      );
    } else if (isWaiting(seen)) {
      if (worst === 'ok') worst = 'unknown';
      texts.push(
        ctx.say({
          fr: `Onduleur ${seen.name}\u202f: upsd attend encore son pilote.`,
          en: `UPS ${seen.name}: upsd still waits for its driver.`,
        }),
      );
    } else if (found.length > 0) {
      if (found.some(([, gravity]) => gravity === 'critical')) worst = 'critical';
      else if (worst !== 'critical') worst = 'warning';
      const findings = found.map(([, , said]) => ctx.say(said)).join(', ');
      const left = minutesLeft(ctx, seen);
      texts.push(
        ctx.say({
          fr: `Onduleur ${seen.name}\u202f: ${findings}${left}.`,
          en: `UPS ${seen.name}: ${findings}${left}.`,
        }),
      );
    }
  }
  return texts.length === 0 ? { status: worst } : { status: worst, text: texts.join(' ').slice(0, 512) };
}

function minutesLeft(ctx: CheckContext, seen: Seen): string {
  const seconds = Number(seen.variables['battery.runtime']);
  if (!wordsOf(seen).includes('OB') || !Number.isFinite(seconds)) return '';
  const minutes = Math.floor(seconds / 60);
  return ctx.say({ fr: `, reste ${minutes} min`, en: `, ${minutes} min left` });
}
