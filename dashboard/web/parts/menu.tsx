import { type Signal, useComputed } from '@preact/signals';
import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { DeskStanding } from '../../ports.ts';
import { apiPath } from '../api.ts';
import { tick } from '../state/clock.ts';
import { locale, sound, THEMES, theme } from '../state/prefs.ts';
import { useResource } from '../state/resource.ts';
import { may, person, signInAsked, signOut } from '../state/session.ts';
import { en } from '../words/en.ts';
import { fr } from '../words/fr.ts';
import { format, ui } from '../words/index.ts';
import { keysShown } from './dialogs.tsx';
import { Icon } from './icon.tsx';

const MINUTE_MS = 60_000;
const LANGUAGES = ['fr', 'en'] as const;
/** In every language, for those who can't read the one shown. */
const LANGUAGE = `${fr.language} / ${en.language}`;

const PAGES = [
  { href: '/', word: 'wall', key: 'w' },
  { href: '/incidents', word: 'incidents', key: 'i' },
  { href: '/maintenance', word: 'maintenance', key: 'm' },
  { href: '/rules', word: 'rules', key: 'r' },
  { href: '/agents', word: 'agents', key: 'g' },
  { href: '/assets', word: 'assets', key: 'p' },
] as const;

/** The pages, language, appearance, sound, keys and who is signed in. */
export function Menu() {
  const words = ui.value;
  const card = useRef<HTMLDetailsElement>(null);
  useEffect(() => closeWhenLeft(card), []);
  return (
    <div class="menu">
      <div class="languages">
        <Segments of={locale} values={LANGUAGES} words={{ fr: 'FR', en: 'EN' }} name="language" label={LANGUAGE} />
      </div>
      <details class="settings" ref={card}>
        <summary class="icon-button" aria-label={words.menu} title={words.menu} data-testid="settings">
          <Icon name="list" />
        </summary>
        <div class="settings-card">
          <nav class="settings-pages" aria-label={words.pages}>
            {PAGES.map(({ href, word, key }) => (
              <a key={href} class="settings-row" href={href} data-testid={`menu-${word}`}>
                {words[word]} <kbd>{key}</kbd>
              </a>
            ))}
            {may('operator') && <TicketsRow />}
          </nav>
          <div class="settings-row settings-languages">
            <Segments
              of={locale}
              values={LANGUAGES}
              words={{ fr: fr.language, en: en.language }}
              name="language-named"
              label={LANGUAGE}
            />
          </div>
          <Row label={words.theme}>
            <Segments of={theme} values={THEMES} words={words.themes} name="theme" label={words.theme} />
          </Row>
          <Row label={words.sound}>
            <input
              type="checkbox"
              class="switch"
              role="switch"
              aria-label={words.sound}
              checked={sound.value === 'on'}
              aria-checked={sound.value === 'on'}
              onChange={(event) => {
                sound.value = event.currentTarget.checked ? 'on' : 'off';
              }}
            />
          </Row>
          <button
            type="button"
            class="settings-row"
            onClick={() => {
              keysShown.value = true;
            }}
          >
            {words.keys} <kbd>?</kbd>
          </button>
          <SignedIn />
        </div>
      </details>
    </div>
  );
}

/** Ticket work that was set aside waits for a person: how much there is stands in the menu. */
function TicketsRow() {
  const words = ui.value;
  const { data } = useResource<{ desks: DeskStanding[] }>(
    () => apiPath('tickets', 'desks'),
    useComputed(() => Math.floor(tick.value / MINUTE_MS)),
  );
  const aside = data?.desks.reduce((sum, { dead }) => sum + dead, 0) ?? 0;
  return (
    <a class="settings-row" href="/tickets" data-testid="menu-tickets">
      <span>
        {words.tickets}
        {aside > 0 && <small>{words.ticketsAside(format.value.number(aside))}</small>}
      </span>
      <kbd>t</kbd>
    </a>
  );
}

/** A choice that opens something else, or a click elsewhere, closes the card. */
function closeWhenLeft(card: RefObject<HTMLDetailsElement | null>): () => void {
  const close = (event: Event): void => {
    const { current } = card;
    const target = event.target as Element;
    if (
      current?.open &&
      (!current.contains(target) || target.closest('button.settings-row, a.settings-row') !== null)
    ) {
      current.open = false;
    }
  };
  document.addEventListener('click', close);
  return () => document.removeEventListener('click', close);
}

function SignedIn() {
  const words = ui.value;
  if (person.value === undefined) {
    return (
      <button
        type="button"
        class="settings-row"
        data-testid="sign-in"
        onClick={() => {
          signInAsked.value = {};
        }}
      >
        {words.signIn} <Icon name="person" />
      </button>
    );
  }
  return (
    <button type="button" class="settings-row" data-testid="sign-out" onClick={() => void signOut().catch(() => {})}>
      <span>
        {words.signOut}
        <small>{words.signedInAs(person.value.name)}</small>
      </span>
    </button>
  );
}

function Row({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div class="settings-row">
      <span>{label}</span>
      {children}
    </div>
  );
}

interface Choice<T extends string> {
  of: Signal<T>;
  values: readonly T[];
  words: Readonly<Record<T, string>>;
  name: string;
  label: string;
}

/** One of a few, all in sight. */
export function Segments<T extends string>({ of, values, words, name, label }: Choice<T>) {
  return (
    <fieldset class="segments" aria-label={label}>
      {values.map((value) => (
        <button
          key={value}
          type="button"
          data-testid={`${name}-${value}`}
          aria-pressed={of.value === value}
          onClick={() => {
            of.value = value;
          }}
        >
          {words[value]}
        </button>
      ))}
    </fieldset>
  );
}
