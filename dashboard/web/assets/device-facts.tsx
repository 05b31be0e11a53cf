import { useComputed, useSignal } from '@preact/signals';
import { pathParts, SEEN_AROUND } from '../../../protocol/facts.ts';
import type { DeviceKey } from '../../../protocol/names.ts';
import type { AssetDetail } from '../../ports.ts';
import { apiPath } from '../api.ts';
import { partsOf } from '../keys.ts';
import { Mark } from '../parts/mark.tsx';
import { Card } from '../parts/page-head.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { tick } from '../state/clock.ts';
import { locale } from '../state/prefs.ts';
import { useResource } from '../state/resource.ts';
import { assetWords } from '../words/assets.ts';
import { format, ui } from '../words/index.ts';
import { writeDate, writeDay } from '../words/times.ts';
import { Warranty } from './asset-table.tsx';
import { type Change, ChangeTable } from './changes.tsx';
import { type Fact, sectionsOf } from './sections.ts';

export type FactsAnswer = Omit<AssetDetail, 'facts' | 'unread'> & {
  facts: Fact[];
  unread: { path: string; title: string; text: string }[];
};

const MINUTE_MS = 60_000;
const factsPath = (device: DeviceKey): string => apiPath('devices', ...partsOf(device), 'facts');

/** Moves every minute, and with the language: titles come from the server. */
const useMinute = () => useComputed(() => `${Math.floor(tick.value / MINUTE_MS)} ${locale.value}`);

export const useFacts = (device: DeviceKey) => useResource<FactsAnswer>(() => factsPath(device), useMinute());

/** What the books hold of a device is told apart, see `BooksCard`. */
const isBook = ({ path }: Fact): boolean => path.startsWith('book.');

/** What a device is made of, section by section, each fact with where it comes from. */
export function FactsCard({ answer: { data, error, reload } }: { answer: ReturnType<typeof useFacts> }) {
  const words = assetWords.value;
  if (data === undefined) {
    return (
      <Card title={words.madeOf}>
        {error === undefined ? <i class="bone line" /> : <Trouble error={error} retry={reload} />}
      </Card>
    );
  }
  const facts = data.facts.filter((fact) => !isBook(fact) && !SEEN_AROUND.has(pathParts(fact.path).section));
  const differing = facts.filter(({ imported }) => imported !== undefined).length;
  return (
    <section class="card" data-testid="facts">
      <header class="card-head">
        <h2>{words.madeOf}</h2>
        <span class="quiet">
          {differing > 0 && (
            <>
              <Mark as="degraded">{words.differs(differing)}</Mark>{' '}
            </>
          )}
          {data.gatheredAt !== undefined && words.gatheredAt(writeDate(data.gatheredAt))}
        </span>
      </header>
      {facts.length === 0 && <p class="quiet">{words.notGathered}</p>}
      <div class="facts">
        {sectionsOf(facts).map(({ owner, rows }) => (
          <section key={owner}>
            <h3>{owner}</h3>
            <dl class="pairs">
              {rows.map(({ fact, field }) => (
                <div key={fact.path} data-path={fact.path} data-source={fact.source}>
                  <dt>{field}</dt>
                  <dd title={words.sources[fact.source]}>
                    {fact.value}
                    {fact.source === 'imported' && <small class="source">{words.sources.imported}</small>}
                    {fact.imported !== undefined && (
                      <span class="differs">
                        <Mark as="degraded">
                          <span class="wraps">{words.booksSay(fact.imported)}</span>
                        </Mark>
                      </span>
                    )}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        {data.unread.length > 0 && (
          <section>
            <h3>{words.unread}</h3>
            <dl class="pairs">
              {data.unread.map(({ path, title, text }) => (
                <div key={path}>
                  <dt>{title}</dt>
                  <dd class="quiet">{text}</dd>
                </div>
              ))}
            </dl>
          </section>
        )}
      </div>
    </section>
  );
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Warranty, contract and numbers, as the inventory has them. */
export function BooksCard({ answer: { data } }: { answer: ReturnType<typeof useFacts> }) {
  const words = assetWords.value;
  if (data === undefined) return null;
  const books = data.facts.filter(isBook);
  return (
    <Card title={words.books}>
      {books.length === 0 ? (
        <p class="quiet">{words.noBooks}</p>
      ) : (
        <dl class="pairs" data-testid="books">
          {books.map(({ path, title, value }) => (
            <div key={path}>
              <dt>{upperFirst(title.slice(title.lastIndexOf(': ') + 2))}</dt>
              <dd>
                {path === 'book.warrantyUntil' ? (
                  <Warranty until={value} />
                ) : DAY.test(value) ? (
                  writeDay(Date.parse(`${value}T12:00:00`))
                ) : (
                  value
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  );
}

const upperFirst = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

const AT_FIRST = 8;

/** How a device has changed, newest first. */
export function FactHistoryCard({ device }: { device: DeviceKey }) {
  const words = assetWords.value;
  const { data, error, reload } = useResource<{ changes: Change[] }>(() => `${factsPath(device)}/history`, useMinute());
  const isWhole = useSignal(false);
  if (data === undefined && (error === undefined || error.status === 404)) return null;
  if (data === undefined) {
    return <Card title={words.history}>{error !== undefined && <Trouble error={error} retry={reload} />}</Card>;
  }
  const { changes } = data;
  return (
    <section class="card" data-testid="fact-history">
      <h2>{words.history}</h2>
      {changes.length === 0 ? (
        <p class="quiet">{words.noHistory}</p>
      ) : (
        <ChangeTable changes={isWhole.value ? changes : changes.slice(0, AT_FIRST)} withDevice={false} />
      )}
      {changes.length > AT_FIRST && !isWhole.value && (
        <button
          type="button"
          class="button more"
          onClick={() => {
            isWhole.value = true;
          }}
        >
          {words.showAll(format.value.number(changes.length))}
        </button>
      )}
      {changes.length >= 100 && isWhole.value && <p class="quiet">{ui.value.listCut(format.value.number(100))}</p>}
    </section>
  );
}
