import { Field } from '../parts/field.tsx';
import { Pop } from '../parts/pop.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { places, revision, tileOf } from '../state/wall.ts';
import { assetWords } from '../words/assets.ts';
import { format, shared } from '../words/index.ts';
import {
  clearSelection,
  EXPORT_KINDS,
  exportHref,
  type Filter,
  filterOf,
  isNarrowed,
  searchSoon,
  setFilter,
  typed,
} from './selection.ts';

/** The search with its filters, how many it finds, and the file of them. */
export function AssetTools({ total }: { total: number | undefined }) {
  const words = assetWords.value;
  return (
    <>
      <div class="tool-row">
        <SearchField of={typed} label={words.search} hint={words.searchHint} onInput={searchSoon} />
        <Help />
        <span class="quiet" role="status" data-testid="assets-total" data-total={total}>
          {total === undefined ? '' : words.found(total, format.value.number(total))}
        </span>
        {isNarrowed.value && (
          <button type="button" class="link-button" onClick={clearSelection}>
            {words.clear}
          </button>
        )}
        <Export />
      </div>
      <div class="filters">
        <Choice
          of="kind"
          label={words.kind}
          any={words.anyKind}
          choices={Object.entries(shared.value.deviceKinds) as [string, string][]}
        />
        <Choice
          of="region"
          label={words.region}
          any={words.anyRegion}
          choices={regions().map((region): [string, string] => [region, region])}
        />
        <Words of="store" label={words.store} hint="1001" />
        <Words of="os" label={words.os} hint={words.osHint} />
        <Words of="agent" label={words.version} hint={words.versionHint} />
        <Field label={words.warranty}>
          {(id) => (
            <input
              id={id}
              type="date"
              value={filterOf('warranty')}
              onChange={(event) => setFilter('warranty', event.currentTarget.value)}
            />
          )}
        </Field>
      </div>
    </>
  );
}

function regions(): string[] {
  revision.value;
  const named = new Set(places.value.map((key) => tileOf(key)?.peek().region ?? ''));
  named.delete('');
  return [...named].sort((a, b) => a.localeCompare(b));
}

function Choice({
  of,
  label,
  any,
  choices,
}: {
  of: Filter;
  label: string;
  any: string;
  choices: readonly [value: string, word: string][];
}) {
  return (
    <Field label={label}>
      {(id) => (
        <select
          id={id}
          data-testid={`filter-${of}`}
          value={filterOf(of)}
          onChange={(event) => setFilter(of, event.currentTarget.value)}
        >
          <option value="">{any}</option>
          {choices.map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** Taken when Enter is pressed or the field is left. */
function Words({ of, label, hint }: { of: Filter; label: string; hint: string }) {
  return (
    <Field label={label}>
      {(id) => (
        <input
          id={id}
          autocomplete="off"
          spellcheck={false}
          placeholder={hint}
          value={filterOf(of)}
          onChange={(event) => setFilter(of, event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

function Help() {
  const words = assetWords.value;
  return (
    <Pop summary={words.help} look="link-button" testId="search-help">
      <dl class="pop-card terms">
        {words.helpTerms.map(([term, means]) => (
          <div key={term}>
            <dt>
              <code>{term}</code>
            </dt>
            <dd>{means}</dd>
          </div>
        ))}
      </dl>
    </Pop>
  );
}

/** Links to files of the same selection. They are the server’s: the page never holds them. */
function Export() {
  const words = assetWords.value;
  return (
    <Pop summary={words.export} look="button" testId="export" class="export">
      <div class="pop-card">
        <p class="hint">{words.exportHint}</p>
        {EXPORT_KINDS.map((kind) => (
          <a key={kind} class="settings-row" href={exportHref(kind)} download data-testid={`export-${kind}`}>
            {words.exportAs[kind]}
          </a>
        ))}
      </div>
    </Pop>
  );
}
