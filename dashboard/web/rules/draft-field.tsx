import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { RulesInForce } from '../../ports.ts';
import { apiPath, type Detail, request } from '../api.ts';
import { Confirm } from '../parts/confirm.tsx';
import { Field } from '../parts/field.tsx';
import { toast } from '../parts/toast.tsx';
import { act } from '../state/acts.ts';
import { ui } from '../words/index.ts';
import { rulePageWords } from '../words/rules.ts';
import { draft, draftFaults, isTooLong } from './draft.ts';
import { lineOfFault } from './fault-line.ts';

/** Where rules are written, pasted or loaded; nothing that was written is replaced unasked. */
export function DraftField() {
  const words = rulePageWords.value;
  const area = useRef<HTMLTextAreaElement>(null);
  const file = useRef<HTMLInputElement>(null);
  /** A text that would replace another. */
  const offered = useSignal<string | undefined>(undefined);
  /** What was loaded last: replacing that loses nothing. */
  const loaded = useSignal('');
  const take = (text: string): void => {
    offered.value = undefined;
    loaded.value = text;
    draft.value = text;
  };
  const offer = (text: string): void => {
    const isLost = draft.peek().trim() !== '' && draft.peek() !== loaded.peek() && draft.peek() !== text;
    if (isLost) offered.value = text;
    else take(text);
  };
  const takeNow = (): Promise<void> =>
    act(
      () => request<RulesInForce>('GET', apiPath('rules')),
      ({ text }) => offer(text),
    );
  const load = async (chosen: File | undefined): Promise<void> => {
    if (chosen === undefined) return;
    const text = await chosen.text().catch(() => undefined);
    if (text === undefined) return toast(words.unreadable, true);
    if (isTooLong(text)) return toast(words.tooLarge, true);
    offer(text);
  };
  return (
    <div class="form" data-testid="draft">
      <div class="buttons">
        <button type="button" class="button" data-testid="draft-now" onClick={() => void takeNow()}>
          {words.takeNow}
        </button>
        <button type="button" class="button" data-testid="draft-upload" onClick={() => file.current?.click()}>
          {words.upload}
        </button>
        <input
          ref={file}
          type="file"
          hidden
          accept=".yaml,.yml,application/yaml,text/yaml,text/plain"
          aria-label={words.upload}
          onChange={(event) => {
            void load(event.currentTarget.files?.[0]);
            // The same file may have been changed, and be chosen again.
            event.currentTarget.value = '';
          }}
        />
        {draft.value !== '' && (
          <button type="button" class="button" onClick={() => offer('')}>
            {words.clear}
          </button>
        )}
      </div>
      <Field label={words.draft}>
        {(id) => (
          <textarea
            id={id}
            ref={area}
            class="code-area"
            data-testid="draft-text"
            rows={draft.value === '' ? 8 : 20}
            wrap="off"
            spellcheck={false}
            autocomplete="off"
            autocapitalize="off"
            placeholder={words.draftHint}
            aria-invalid={draftFaults.value?.text === draft.value}
            value={draft.value}
            onInput={(event) => {
              draft.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
      <DraftFaults goTo={(line) => showLine(area.current, line)} />
      {offered.value !== undefined && (
        <Confirm
          title={words.replaceTitle}
          yes={words.replaceYes}
          onYes={() => take(offered.peek() ?? '')}
          onClose={() => {
            offered.value = undefined;
          }}
        >
          <p>{words.replaceMore}</p>
        </Confirm>
      )}
    </div>
  );
}

/** Brings a line of the text into sight, chosen. */
function showLine(area: HTMLTextAreaElement | null, line: number): void {
  if (area === null) return;
  const lines = area.value.split('\n');
  const from = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
  area.focus();
  area.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0));
  area.scrollTop = Math.max(0, ((line - 4) / lines.length) * area.scrollHeight);
  area.scrollLeft = 0;
}

function DraftFaults({ goTo }: { goTo: (line: number) => void }) {
  const words = rulePageWords.value;
  const { text = '', faults = [] } = draftFaults.value ?? {};
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (faults.length > 0) list.current?.scrollIntoView({ block: 'nearest' });
  }, [draftFaults.value]);
  if (faults.length === 0) return null;
  return (
    <div role="alert" ref={list} aria-labelledby={id}>
      <p class="hint fault" id={id}>
        <b>{words.faults(faults.length)}</b>
      </p>
      <ul class="file-faults" data-testid="draft-faults">
        {faults.map((fault) => (
          <FaultLine key={`${fault.path} ${fault.message}`} fault={fault} text={text} goTo={goTo} />
        ))}
      </ul>
    </div>
  );
}

function FaultLine({ fault, text, goTo }: { fault: Detail; text: string; goTo: (line: number) => void }) {
  const words = rulePageWords.value;
  const line = lineOfFault(fault, text);
  const path = fault.path.replace(/^line \d+, column \d+:?/, '');
  return (
    <li class="hint fault">
      {line !== undefined && (
        <button type="button" class="link-button" aria-label={words.goToLine(line)} onClick={() => goTo(line)}>
          {words.line(line)}
        </button>
      )}{' '}
      {path === '' ? fault.message : ui.value.pair(path, fault.message)}
    </li>
  );
}
