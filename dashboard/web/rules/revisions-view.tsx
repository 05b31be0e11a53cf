import { signal, useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { RuleRevisionView, RulesInForce } from '../../ports.ts';
import { apiPath, request } from '../api.ts';
import { Skeleton } from '../pages/skeleton.tsx';
import { Mark } from '../parts/mark.tsx';
import { Segments } from '../parts/menu.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { tick } from '../state/clock.ts';
import { useReading } from '../state/resource.ts';
import { may } from '../state/session.ts';
import { rulePageWords } from '../words/rules.ts';
import { writeDate } from '../words/times.ts';
import { ShortOf, TextChanges } from './text-changes.tsx';
import { diffTexts, type TextDiff } from './text-diff.ts';
import { textOf } from './texts.ts';
import { UndoDialog } from './undo-dialog.tsx';

const MINUTE_MS = 60_000;
const PAGE = 10;

type Against = 'previous' | 'now';

const against = signal<Against>('previous');

interface Revisions {
  now: RulesInForce;
  revisions: RuleRevisionView[];
}

/** Who changed the rules, when, why and in what; any of them can hold again. */
export function RevisionsView() {
  const words = rulePageWords.value;
  const shown = useSignal(PAGE);
  const looked = useSignal<number | undefined>(undefined);
  const undoing = useSignal<number | undefined>(undefined);
  const { data, error, reload } = useReading<Revisions>(
    async () => {
      const [now, { revisions }] = await Promise.all([
        request<RulesInForce>('GET', apiPath('rules')),
        request<{ revisions: RuleRevisionView[] }>('GET', `${apiPath('rules', 'revisions')}?limit=${shown.value + 1}`),
      ]);
      return { now, revisions };
    },
    useComputed(() => [Math.floor(tick.value / MINUTE_MS), shown.value]),
  );
  if (data === undefined) return error === undefined ? <Skeleton /> : <Trouble error={error} retry={reload} />;
  const { now, revisions } = data;
  const hasMore = revisions.length > shown.value;
  const rows = revisions.slice(0, shown.value);
  const row = {
    now,
    looked: looked.value,
    onLook: (id: number) => {
      looked.value = looked.value === id ? undefined : id;
    },
    onUndo: (to: number) => {
      undoing.value = to;
    },
  };
  return (
    <section class="card" data-testid="revisions">
      {rows.length === 0 && <p class="quiet revisions-none">{words.noRevisions}</p>}
      <ul class="revisions">
        {rows.map((revision) => (
          <Revision key={revision.id} id={revision.id} revision={revision} {...row} />
        ))}
        {!hasMore && <Revision key={0} id={0} revision={undefined} {...row} />}
      </ul>
      {hasMore && (
        <button
          type="button"
          class="button more"
          onClick={() => {
            shown.value += PAGE;
          }}
        >
          {words.older}
        </button>
      )}
      {undoing.value !== undefined && (
        <UndoDialog
          to={undoing.value}
          newest={now.newest}
          onClose={(isDone) => {
            undoing.value = undefined;
            if (isDone) reload();
          }}
        />
      )}
    </section>
  );
}

function Revision({
  id,
  revision,
  now,
  looked,
  onLook,
  onUndo,
}: {
  id: number;
  revision: RuleRevisionView | undefined;
  now: RulesInForce;
  looked: number | undefined;
  onLook: (id: number) => void;
  onUndo: (to: number) => void;
}) {
  const words = rulePageWords.value;
  const isLooked = looked === id;
  const isNewest = id === now.newest;
  return (
    <li data-revision={id} data-holds={id === now.revision}>
      <div class="revision-head">
        <p class="revision-number">
          {id === 0 ? words.serverFile : `${words.number} ${id}`}
          {id === now.revision && <Mark as="up">{words.holds}</Mark>}
        </p>
        <div class="revision-said">
          {revision === undefined ? (
            <p class="quiet">{words.serverFileMore}</p>
          ) : (
            <>
              <p>{revision.why}</p>
              <p class="quiet revision-who">
                {revision.by}, <time dateTime={new Date(revision.at).toISOString()}>{writeDate(revision.at)}</time>
                {revision.backTo !== undefined && <span>{words.wentBack(revision.backTo)}</span>}
              </p>
              <Short id={id} />
            </>
          )}
        </div>
        <div class="buttons">
          <button type="button" class="button" data-testid="look" aria-expanded={isLooked} onClick={() => onLook(id)}>
            {isLooked ? words.hide : words.look}
          </button>
          {may('operator') && now.newest > 0 && (
            <button type="button" class="button" data-testid="undo" onClick={() => onUndo(isNewest ? id - 1 : id)}>
              {isNewest ? words.undo : words.back}
            </button>
          )}
        </div>
      </div>
      {isLooked && <Look id={id} now={now} />}
    </li>
  );
}

/** In what a revision differs from the one before, in a few words. */
function Short({ id }: { id: number }) {
  const diff = useSignal<TextDiff | undefined>(undefined);
  useEffect(() => {
    Promise.all([textOf(id - 1), textOf(id)]).then(
      ([before, after]) => {
        if (before !== undefined && after !== undefined) diff.value = diffTexts(before, after);
      },
      // It is told again, with its fault, to who looks.
      () => {},
    );
  }, [id]);
  return diff.value === undefined ? null : <ShortOf diff={diff.value} />;
}

function Look({ id, now }: { id: number; now: RulesInForce }) {
  const words = rulePageWords.value;
  const toNow = id === 0 || against.value === 'now';
  return (
    <div class="revision-look" data-testid="look-at">
      {id > 0 && (
        <Segments
          of={against}
          values={['previous', 'now']}
          words={words.against}
          name="against"
          label={words.againstLabel}
        />
      )}
      {toNow && id === now.revision ? (
        <p class="quiet">{words.isNow}</p>
      ) : (
        <Compared key={`${id} ${toNow}`} id={id} to={toNow ? now.text : undefined} />
      )}
    </div>
  );
}

/** A revision beside the one before, or beside a later text. */
function Compared({ id, to }: { id: number; to: string | undefined }) {
  const words = rulePageWords.value;
  const { data, error, reload } = useReading(
    async () => {
      const [own, previous] = await Promise.all([textOf(id), to === undefined ? textOf(id - 1) : undefined]);
      return to === undefined ? { before: previous, after: own } : { before: own, after: to };
    },
    useComputed(() => 0),
  );
  if (data === undefined) {
    return error === undefined ? <i class="bone line" /> : <Trouble error={error} retry={reload} />;
  }
  const { before, after } = data;
  return before === undefined || after === undefined ? (
    <p class="quiet">{words.notKept}</p>
  ) : (
    <TextChanges before={before} after={after} inShort={to !== undefined} />
  );
}
