import type { Locale } from '../inventory.ts';
import type { Reason } from '../reasons.ts';
import type { Incident } from '../views.ts';
import { adviceFor } from './advice.ts';
import { en } from './en.ts';
import { FORMATS, type Format } from './format.ts';
import { fr } from './fr.ts';
import { nameReading } from './readings.ts';
import type { Told, Words } from './words.ts';

const WORDS: Readonly<Record<Locale, Words>> = { fr, en };

/** The labels of one language: `wordsOf('fr').storeStates.blind` is `Sans nouvelles`. */
export const wordsOf = (locale: Locale): Words => WORDS[locale];

/** How one language writes numbers, amounts, durations and instants. */
export const formatOf = (locale: Locale): Format => FORMATS[locale];

/** The sentence behind a reason, on one line and without a full stop. A param that is missing reads `…`. */
export function say(locale: Locale, reason: Reason): string {
  const sentence = WORDS[locale].reasons[reason.code];
  return typeof sentence === 'string' ? sentence : sentence(tell(locale, reason));
}

/** What to do first about an incident. */
export const advise = (locale: Locale, incident: Pick<Incident, 'cause' | 'fold'>): string =>
  WORDS[locale].advice[adviceFor(incident)];

function tell(locale: Locale, { params = {} }: Reason): Told {
  const format = FORMATS[locale];
  const known = (name: string): boolean => params[name] !== undefined && params[name] !== '';
  const number = (name: string): number => Number(params[name]);
  /** Params come from machines too: no line break of theirs may start a line of ours. */
  const text = (name: string): string => (known(name) ? oneLine(String(params[name])) : '…');
  const figure = (name: string, write: (value: number) => string): string =>
    known(name) && Number.isFinite(number(name)) ? write(number(name)) : text(name);
  return {
    has: known,
    text,
    number,
    count: (name) => figure(name, (value) => format.number(value)),
    duration: (name) => figure(name, format.duration),
    amount: (name) => figure(name, (value) => format.amount(value, String(params.unit ?? ''))),
    percent: (name) => figure(name, format.percent),
    change: (name) => figure(name, (value) => (value > 0 ? '+' : '') + format.amount(value, String(params.unit ?? ''))),
    moment: (name) => figure(name, (at) => format.moment(at, String(params.zone ?? 'UTC'))),
    reading: (name) => nameReading(locale, text(name)),
    target: (name) => shortTarget(text(name)),
    wallTime: (name) => wallTime(text(name), format),
    priority: (name) => figure(name, (value) => `P${value}`),
  };
}

/** Read as UTC and told as UTC: it stays the wall clock's. */
function wallTime(text: string, format: Format): string {
  const at = Date.parse(`${text}Z`);
  return Number.isNaN(at) ? text : format.dateTime(at, 'UTC');
}

const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

/** `chain/store` or `chain/store/device`, and nothing a person would write. */
const PATH = /^[\w.-]+(?:\/[\w.-]+){1,2}$/;

/**
 * The last name of a key. `chain/store/till-1#disk-full#path=/var`, an alert, is `till-1 (disk-full path=/var)`;
 * `chain/store#chain/store/till-1#disk-full#1790000000000`, an incident, is `till-1 (disk-full)`.
 */
function shortTarget(text: string): string {
  const [path = '', ...detail] = text.split('#').filter((part) => part !== '');
  if (!PATH.test(path)) return text;
  const [target, rule] = detail;
  if (target !== undefined && PATH.test(target)) return shortTarget(`${target}#${rule ?? ''}`);
  const name = path.slice(path.lastIndexOf('/') + 1);
  return detail.length === 0 ? name : `${name} (${detail.join(' ')})`;
}
