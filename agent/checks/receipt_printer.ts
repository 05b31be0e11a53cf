import { Type } from 'typebox';
import { type CheckContext, definePlugin } from '../check.ts';
import { describeError, errorCode } from '../describe-error.ts';
import {
  decodeStatus,
  isWholeStatus,
  PRINTER_FLAGS,
  type PrinterFlag,
  type PrinterStatus,
  STATUS_QUESTION,
} from '../parsers/escpos-status.ts';
import type { Words } from '../words.ts';

/**
 * Whether a receipt printer is reachable and ready, as it says itself: paper, cover, cutter, errors, cash drawer. Only its
 * real-time status is asked for, which prints nothing and may be asked between two lines of a receipt.
 */
export const plugin = definePlugin({
  type: 'receipt_printer',
  title: { fr: 'Imprimante ticket', en: 'Receipt printer' },
  options: Type.Object(
    {
      server: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 253,
          description: 'Name or address of a printer on the network.',
          fr: 'Nom ou adresse d’une imprimante du réseau.',
        }),
      ),
      port: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 65_535,
          default: 9100,
          description: 'Its TCP port for raw printing.',
          fr: 'Son port TCP d’impression brute.',
        }),
      ),
      device: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 1024,
          description: 'Device file of a printer on this host, e.g. `/dev/usb/lp0`; not while a program keeps it open.',
          fr: 'Fichier de périphérique d’une imprimante de cet hôte, par exemple `/dev/usb/lp0`\u202f; pas tant qu’un programme le garde ouvert.',
        }),
      ),
      answerMs: Type.Optional(
        Type.Integer({
          minimum: 50,
          maximum: 10_000,
          default: 1000,
          description:
            'Milliseconds it has to answer; one that takes connections and stays silent is reachable, no more.',
          fr: 'Millisecondes qu’elle a pour répondre\u202f; celle qui accepte la connexion et se tait est joignable, sans plus.',
        }),
      ),
      drawerOpenLevel: Type.Optional(
        Type.Enum(['high', 'low'], {
          description:
            'Level of pin 3 of its drawer connector while the drawer is open, high or low: gives drawer_open.',
          fr: 'Niveau de la broche 3 du connecteur tiroir quand le tiroir est ouvert, high ou low\u202f: donne drawer_open.',
        }),
      ),
    },
    {
      additionalProperties: false,
      oneOf: [{ required: ['server'] }, { required: ['device'] }],
      description: 'Needs `server` or `device`, one of them.',
      fr: 'Demande `server` ou `device`, l’un des deux.',
    },
  ),
  example: { server: '10.0.0.73', port: 9100 },
  distinguish: ({ server, port = 9100, device }) => (server === undefined ? (device ?? '') : `${server}:${port}`),
  create: ({ server, port = 9100, device = '', answerMs = 1000, drawerOpenLevel }) => {
    const source = server === undefined ? device : `${server}:${port}`;
    const question = { send: STATUS_QUESTION, until: isWholeStatus, answerMs, maxBytes: 256 };
    return async (ctx) => {
      let received: Uint8Array;
      try {
        ({ received } = await (server === undefined
          ? ctx.exchangeFile(device, question)
          : ctx.exchange(server, port, question)));
      } catch (error) {
        return answer({ reachable: 0 }, 'critical', tellUnreachable(ctx, source, error));
      }
      const status = decodeStatus(received);
      if (!status) return answer({ reachable: 1, status_known: 0 }, 'ok', tellSilent(ctx, source));
      const [gravity, reasons] = judge(status);
      return answer(
        { reachable: 1, status_known: 1, ...measure(status, drawerOpenLevel) },
        gravity,
        reasons.length === 0 ? undefined : tell(ctx, source, reasons),
      );

      function answer(f: Record<string, number>, verdict: Gravity, text?: string) {
        return {
          points: [{ m: 'receipt_printer', t: { source }, f }],
          statuses: [{ check: ctx.name, status: verdict, ...(text !== undefined && { text: text.slice(0, 512) }) }],
        };
      }
    };
  },
});

type Gravity = 'ok' | 'warning' | 'critical';

/** What keeps a receipt from being printed. The first of them is the cause, the others often follow from it. */
const STOPS: readonly PrinterFlag[] = [
  'unrecoverable_error',
  'cutter_error',
  'recoverable_error',
  'auto_recoverable_error',
  'cover_open',
  'paper_end',
  'paper_stop',
];

/** Said where no cause is given with it. */
const VAGUE: readonly PrinterFlag[] = ['error', 'offline'];

function judge(status: PrinterStatus): [Gravity, PrinterFlag[]] {
  const causes = STOPS.filter((flag) => status[flag] && !(flag === 'paper_stop' && status.paper_end));
  const stops = causes.length > 0 ? causes : VAGUE.filter((flag) => status[flag]).slice(0, 1);
  if (stops.length > 0) return ['critical', stops];
  return status.paper_near_end ? ['warning', ['paper_near_end']] : ['ok', []];
}

function measure(status: PrinterStatus, drawerOpenLevel: 'high' | 'low' | undefined): Record<string, number> {
  const flags = PRINTER_FLAGS.filter((flag) => flag !== 'offline').map((flag) => [flag, status[flag] ? 1 : 0]);
  const isDrawerOpen = drawerOpenLevel !== undefined && status.drawer_pin_high === (drawerOpenLevel === 'high');
  return {
    online: status.offline ? 0 : 1,
    ...Object.fromEntries(flags),
    ...(drawerOpenLevel !== undefined && { drawer_open: isDrawerOpen ? 1 : 0 }),
  };
}

const REASONS: Partial<Record<PrinterFlag, Words>> = {
  unrecoverable_error: {
    fr: 'erreur non récupérable (panne\u202f: éteindre, rallumer, sinon remplacer)',
    en: 'unrecoverable error (switch it off and on, else replace it)',
  },
  cutter_error: { fr: 'coupe-papier bloqué', en: 'cutter jammed' },
  recoverable_error: { fr: 'erreur récupérable', en: 'recoverable error' },
  auto_recoverable_error: {
    fr: 'tête trop chaude ou tension anormale, elle reprendra seule',
    en: 'head too hot or voltage off, it will resume by itself',
  },
  cover_open: { fr: 'capot ouvert', en: 'cover open' },
  paper_end: { fr: 'plus de papier', en: 'out of paper' },
  paper_stop: { fr: 'arrêt faute de papier', en: 'stopped for want of paper' },
  error: { fr: 'erreur', en: 'error' },
  offline: { fr: 'hors ligne', en: 'offline' },
  paper_near_end: { fr: 'bientôt plus de papier', en: 'paper nearly out' },
};

function tell(ctx: CheckContext, source: string, reasons: readonly PrinterFlag[]): string {
  const causes = reasons.map((flag) => ctx.say(REASONS[flag] ?? { fr: flag, en: flag })).join(', ');
  return ctx.say({ fr: `Imprimante ${source}\u202f: ${causes}.`, en: `Printer ${source}: ${causes}.` });
}

const tellSilent = (ctx: CheckContext, source: string): string =>
  ctx.say({
    fr: `L’imprimante ${source} est joignable, mais ne dit pas son état.`,
    en: `The printer ${source} can be reached, but does not tell its status.`,
  });

function tellUnreachable(ctx: CheckContext, source: string, error: unknown): string {
  const code = ctx.signal.aborted ? 'ETIMEDOUT' : (errorCode(error) ?? describeError(error));
  return code === 'EBUSY'
    ? ctx.say({
        fr: `L’imprimante ${source} est prise par un autre programme (EBUSY).`,
        en: `The printer ${source} is held by another program (EBUSY).`,
      })
    : ctx.say({
        fr: `L’imprimante ${source} est injoignable (${code}).`,
        en: `The printer ${source} cannot be reached (${code}).`,
      });
}
