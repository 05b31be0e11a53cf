import { computed } from '@preact/signals';
import { locale } from '../state/prefs.ts';

const fr = {
  title: 'Page du magasin',
  lead: 'Une page sans compte pour le magasin et pour chaque caisse\u202f: ce qui est connu, «\u202fcette caisse est bloquée\u202f», et, après coup, «\u202ftout va bien\u202f?\u202f».',
  show: 'Lien et QR code',
  qr: 'QR code de la page du magasin',
  link: 'Lien',
  sheet: 'Affiche à imprimer, une par caisse',
  revoke: 'Renouveler les liens',
  revokeMore: 'Les liens et QR codes déjà affichés ne mèneront plus nulle part.',
  revoked: 'Liens renouvelés\u202f: réimprimez l’affiche.',
  satisfaction: 'Réponse du magasin',
  well: 'Tout va bien',
  notWell: 'Pas tout à fait',
};
const en: typeof fr = {
  title: 'The store’s own page',
  lead: 'A page without an account for the store and for each till: what is known, “this till is blocked”, and afterwards “is all well?”.',
  show: 'Link and QR code',
  qr: 'QR code of the store’s page',
  link: 'Link',
  sheet: 'Sheet to print, one per till',
  revoke: 'Renew the links',
  revokeMore: 'Links and QR codes that hang there now will lead nowhere.',
  revoked: 'Links renewed: print the sheet again.',
  satisfaction: 'The store’s answer',
  well: 'All is well',
  notWell: 'Not quite',
};

/** The words around the pages stores have for themselves. */
export const storeLinkWords = computed(() => (locale.value === 'fr' ? fr : en));
