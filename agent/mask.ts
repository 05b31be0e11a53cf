/**
 * Takes secrets out of what a program printed or a log says, before it leaves the machine: what follows a word for a
 * secret, the account in an address, bearer tokens, keys in PEM, long tokens, and runs of digits as long as a card's.
 */
export function maskSecrets(text: string): string {
  return RULES.reduce((masked, [pattern, replacement]) => masked.replace(pattern, replacement), text);
}

const MASK = '***';

/** Words that a secret follows, in our two languages. */
const NAMES = [
  'pass(?:word|wd|phrase)?',
  'pwd',
  'pin',
  'mot[ _-]?de[ _-]?passe',
  'mdp',
  'secret',
  '(?:api|access|private|session|auth|bearer|refresh|id)?[ _-]?(?:token|jeton)',
  '(?:api|access|private|secret|encryption)[ _-]?(?:key|cl[eé])',
  'credentials?',
  'cookie',
  'cvv2?',
  'cvc2?',
  'track[12]?',
  'pan',
].join('|');

/** The longest first: what one rule leaves, the next may still take. */
const RULES: readonly [RegExp, string][] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, MASK],
  // user:password@ of an address.
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, `$1${MASK}@`],
  [/\b(authorization["']?\s*[:=]\s*["']?)(?:(?:basic|bearer|digest|negotiate)\s+)?[^\s"',;]+/gi, `$1${MASK}`],
  [/\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, `$1 ${MASK}`],
  // password=…, "password": "…", --password …, MOT DE PASSE : …
  [
    new RegExp(
      `((?:^|[^\\p{L}\\p{N}])(?:[\\p{L}\\p{N}]{1,40}[_.-]){0,6}(?:${NAMES})["']?\\s{0,4}[:=]\\s{0,4})(?:"[^"\\n]*"?|'[^'\\n]*'?|[^\\s,;&}\\])]+)`,
      'giu',
    ),
    `$1${MASK}`,
  ],
  [
    new RegExp(`(--?(?:\\w{1,40}-){0,6}(?:${NAMES})\\s{1,4})(?:"[^"\\n]*"?|'[^'\\n]*'?|[^\\s-]\\S*)`, 'giu'),
    `$1${MASK}`,
  ],
  // A JSON web token.
  [/\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?/g, MASK],
  // A card's magnetic stripe.
  [/[%;]B?\d{8,19}[\^=][^?\n]{0,120}\??/g, MASK],
  // A card number: 12 to 19 digits, in one run or in groups.
  [/(?<![\d.])\d(?:[ -]?\d){11,18}(?!\d)/g, MASK],
  // A run of letters and digits too long to be a word or a version.
  [/\b(?=[A-Za-z0-9_-]*\d)(?=[A-Za-z0-9_-]*[A-Za-z])[A-Za-z0-9_-]{32,}\b/g, MASK],
];
