import type { Locale } from '../../../protocol/inventory.ts';
import { type DeviceKey, nameOf } from '../../../protocol/names.ts';
import { BLOCKED_BY } from '../../../protocol/store-words.ts';
import type { DeviceView, IncidentView } from '../../../protocol/views.ts';
import { formatOf } from '../../../protocol/words/index.ts';
import { Html, html } from './html.ts';
import { askedAbout, type KnownOfStore, lanesOf, openIncidents } from './known.ts';
import { STORE_PAGE_WORDS, type StorePageWords } from './words.ts';

/** Characters of what a store may add to its word. */
export const LONGEST_NOTE = 140;

interface Shown {
  known: KnownOfStore;
  words: StorePageWords;
  /** Of one till only. */
  device: DeviceKey | undefined;
  /** Where its forms are sent. */
  path: string;
}

/** A store’s own page, or that of one of its tills. It shows no address, no name of a machine, and nothing of other stores. */
export function storePage(
  known: KnownOfStore,
  { device, path, thanks = false }: { device: DeviceKey | undefined; path: string; thanks?: boolean },
): string {
  const words = STORE_PAGE_WORDS[known.locale];
  const shown: Shown = { known, words, device, path };
  const till = known.devices.find(({ key }) => key === device);
  const title = till ? `${known.tile.title}, ${till.title}` : known.tile.title;
  const lanes = lanesOf(known.devices).filter(({ key }) => device === undefined || key === device);
  return wholePage(
    known.locale,
    words.title(title),
    html`<main><header><h1>${title}</h1>
<p class="state" data-state="${known.tile.state}">${words.states[known.tile.state]}</p></header>
${thanks && html`<p class="card note" role="status">${words.thanks}</p>`}
${askedAbout(known, device).map((incident) => question(incident, shown))}
<section><h2>${words.incidents}</h2>${incidentList(shown)}</section>
${lanes.length > 0 && html`<section><h2>${words.lanes}</h2><ul>${lanes.map((lane) => laneItem(lane, shown))}</ul></section>`}
<p class="quiet">${words.asOf(timeOf(known.now, known))} <a href="${path}">${words.reload}</a></p></main>`,
  );
}

/** What stands behind a link that is wrong, or good no more. It does not say which. */
export function lostPage(locale: Locale): string {
  const { lost } = STORE_PAGE_WORDS[locale];
  return wholePage(locale, lost.title, html`<main><section><h1>${lost.title}</h1><p>${lost.text}</p></section></main>`);
}

export function tooManyPage(locale: Locale, path: string): string {
  const words = STORE_PAGE_WORDS[locale];
  const back = html`<p><a href="${path}">${words.reload}</a></p>`;
  return wholePage(locale, words.tooMany, html`<main><section><p>${words.tooMany}</p>${back}</section></main>`);
}

/** To print, cut out and put up: the QR code of the store, and one per till. `svg` is drawn by us. */
export function linkSheet(
  locale: Locale,
  store: string,
  links: readonly { title: string | undefined; url: string; svg: string }[],
): string {
  const { sheet } = STORE_PAGE_WORDS[locale];
  const cards = links.map(
    ({ title, url, svg }) =>
      html`<div class="card"><b>${title ?? sheet.store}</b>${new Html(svg)}<p class="quiet">${sheet.hint}</p><a href="${url}">${store}</a></div>`,
  );
  return wholePage(locale, sheet.title(store), html`<main class="sheet"><h1>${sheet.title(store)}</h1>${cards}</main>`);
}

const wholePage = (locale: Locale, title: string, body: Html): string =>
  html`<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<link rel="stylesheet" href="/s/style.css"></head><body>${body}</body></html>`.text;

function incidentList(shown: Shown): Html {
  const { known, words, device } = shown;
  const open = openIncidents(known, device);
  const planned = known.tile.state === 'maintenance';
  if (open.length === 0) return html`<p>${planned ? words.planned : words.noIncident}</p>`;
  return html`<ul>${open.map((incident) => incidentItem(incident, shown))}</ul>`;
}

function incidentItem(incident: IncidentView, { known, words }: Shown): Html {
  const { state, ticket, restoreBy } = incident;
  const taken = state === 'new' ? words.waiting : state === 'on-hold' ? words.onHold : words.taken;
  const isLate = restoreBy !== undefined && restoreBy < known.now;
  return html`<li data-incident="${incident.number}"><p class="head"><b>${whatOf(incident, words)}</b>
<span class="quiet">${words.since(momentOf(incident.since, known))}</span></p>
<p>${taken} ${restoreBy === undefined || isLate ? words.unexpected : words.expected(momentOf(restoreBy, known))}</p>
<p class="quiet">${ticket === undefined ? words.ticketComes : words.ticket(ticket)}</p></li>`;
}

function laneItem(lane: DeviceView, { known, words, path }: Shown): Html {
  const told = known.words.find(({ device }) => device === lane.key);
  const isUp = lane.state !== 'down' && lane.state !== 'blind' && lane.state !== 'closed';
  const state = lane.state === 'down' ? words.lane.down : lane.state === 'blind' ? words.lane.blind : words.lane.up;
  const seen = told ? words.lane.told(momentOf(told.at, known)) : lane.state === 'closed' ? words.lane.off : state;
  const name = nameOf(lane.key);
  const form = told
    ? html`<form method="post" action="${path}/works"><input type="hidden" name="till" value="${name}"><button class="main">${words.works}</button></form>`
    : html`<details><summary>${words.blocked}</summary><form method="post" action="${path}/blocked">
<input type="hidden" name="till" value="${name}"><p>${words.why}</p>
${BLOCKED_BY.map((by) => html`<label><input type="radio" name="by" value="${by}" required>${words.by[by]}</label>`)}
<input type="text" name="note" maxlength="${LONGEST_NOTE}" aria-label="${words.note}" placeholder="${words.note}">
<button class="main">${words.tell}</button></form></details>`;
  return html`<li data-till="${name}"><p class="head"><b>${lane.title}</b><span class="${told || !isUp ? 'down' : 'up'}">${seen}</span></p>${form}</li>`;
}

function question(incident: IncidentView, { known, words, path }: Shown): Html {
  const answer = known.answers.get(incident.number);
  const { number, resolvedAt = known.now } = incident;
  const asked = html`<p><b>${words.wellAgain(whatOf(incident, words), momentOf(resolvedAt, known))}</b></p>`;
  if (answer) {
    return html`<section class="note" data-asked="${number}">${asked}<p class="quiet">${words.answered[answer.isWell ? 'well' : 'notWell']}</p></section>`;
  }
  return html`<section class="note" data-asked="${number}">${asked}<form method="post" action="${path}/well">
<input type="hidden" name="incident" value="${number}"><div class="row"><button name="well" value="yes" class="main">${words.well}</button>
<button name="well" value="no">${words.notWell}</button></div>
<input type="text" name="note" maxlength="${LONGEST_NOTE}" aria-label="${words.note}" placeholder="${words.note}"></form></section>`;
}

/** In a shop’s words: what is not there, or not well. The technician’s sentence stands in the ticket. */
function whatOf({ cause, causeTitle, storeTitle }: IncidentView, words: StorePageWords): string {
  const isSilent = /^(presence|store)\./.test(cause.reason.code);
  const thing = cause.kind === 'store' ? storeTitle : causeTitle;
  return isSilent ? words.silent(thing) : words.troubled(thing);
}

const timeOf = (at: number, { locale, timeZone }: KnownOfStore): string => formatOf(locale).time(at, timeZone);

/** Today’s as a time, others with their day. */
function momentOf(at: number, known: KnownOfStore): string {
  const { date, moment } = formatOf(known.locale);
  const isToday = date(at, known.timeZone) === date(known.now, known.timeZone);
  return isToday ? timeOf(at, known) : moment(at, known.timeZone);
}
