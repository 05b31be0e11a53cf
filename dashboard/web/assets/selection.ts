import { batch, computed, signal } from '@preact/signals';
import { apiPath } from '../api.ts';

/** What narrows a search, each by a list or a field of its own. */
const FILTERS = ['kind', 'store', 'region', 'os', 'agent', 'warranty'] as const;
export type Filter = (typeof FILTERS)[number];

const asked = new URLSearchParams(location.pathname === '/assets' ? location.search : '');

/** As it is typed, and as it is asked for once typing pauses. */
export const typed = signal(asked.get('q') ?? '');
const search = signal(typed.peek());
const filters = Object.fromEntries(FILTERS.map((name) => [name, signal(asked.get(name) ?? '')])) as Record<
  Filter,
  ReturnType<typeof signal<string>>
>;
export const sort = signal(asked.get('sort') ?? 'key');

export const filterOf = (name: Filter): string => filters[name].value ?? '';

const PAUSE_MS = 300;
let later: ReturnType<typeof setTimeout> | undefined;

/** Asks once no key has been pressed for a moment. */
export function searchSoon(): void {
  clearTimeout(later);
  later = setTimeout(() => {
    search.value = typed.peek().trim();
    keepAddress();
  }, PAUSE_MS);
}

export function setFilter(name: Filter, value: string): void {
  filters[name].value = value;
  keepAddress();
}

/** Sorts by a column, and the other way round when it does already. */
export function sortBy(column: string): void {
  sort.value = sort.peek() === column ? `-${column}` : column;
  keepAddress();
}

export function clearSelection(): void {
  batch(() => {
    typed.value = '';
    search.value = '';
    for (const name of FILTERS) filters[name].value = '';
  });
  keepAddress();
}

/** So that a selection can be shared, and comes back with the page. */
function keepAddress(): void {
  const query = new URLSearchParams();
  if (search.peek() !== '') query.set('q', search.peek());
  for (const name of FILTERS) {
    const value = filters[name].peek() ?? '';
    if (value !== '') query.set(name, value);
  }
  if (sort.peek() !== 'key') query.set('sort', sort.peek());
  if (location.pathname === '/assets')
    history.replaceState(null, '', query.size === 0 ? '/assets' : `/assets?${query}`);
}

/** A value in a term: in quotation marks where it has a space. */
const quoted = (value: string): string => (/\s/.test(value) ? `"${value.replaceAll('"', '')}"` : value);

/** A value as a comparison where it begins with one, such as `<1.2`; otherwise as a pattern. */
const compared = (column: string, value: string): string =>
  /^[<>]/.test(value) ? `${column}${quoted(value.replaceAll(' ', ''))}` : `${column}:${quoted(value)}`;

const TERMS: Record<Filter, (value: string) => string> = {
  kind: (value) => `kind:${value}`,
  store: (value) => `store:${quoted(value)}`,
  region: (value) => `region:${quoted(value)}`,
  os: (value) => compared('os', value),
  agent: (value) => compared('agent', value),
  warranty: (value) => `warranty_until<${value}`,
};

/** The whole search, as the API knows it. */
const query = computed(() =>
  [
    search.value,
    ...FILTERS.flatMap((name) => {
      const value = filterOf(name).trim();
      return value === '' ? [] : [TERMS[name](value)];
    }),
  ]
    .filter(Boolean)
    .join(' '),
);

export const isNarrowed = computed(() => query.value !== '');

/** `q=…&sort=…`: the same for the list and for the export. */
export const selection = computed(() => {
  const params = new URLSearchParams({ sort: sort.value });
  if (query.value !== '') params.set('q', query.value);
  return params.toString();
});

const EXPORTS = {
  csv: 'format=csv&bom=true&separator=semicolon',
  servicenow: 'format=csv&names=servicenow',
  json: 'format=json',
} as const;
export const EXPORT_KINDS = Object.keys(EXPORTS) as (keyof typeof EXPORTS)[];

export const exportHref = (kind: keyof typeof EXPORTS): string =>
  `${apiPath('assets', 'export')}?${selection.value}&${EXPORTS[kind]}`;
