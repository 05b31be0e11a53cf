import type { AdmissionReason } from '../../protocol/enrolment.ts';
import type { Locale } from '../../protocol/inventory.ts';

/** Why a device is not let in, for whoever stands before it, and what helps. */
export const ADMISSION_WORDS: Record<AdmissionReason, Record<Locale, string>> = {
  'bad-key': {
    en: 'the key is not a P-256 key, or is not the sender’s own',
    fr: 'la clé n’est pas une clé P-256, ou n’est pas celle de l’expéditeur',
  },
  'unknown-token': {
    en: 'this enrolment token is not known; have a new one made',
    fr: 'ce jeton d’enrôlement est inconnu\u202f; faites-en créer un nouveau',
  },
  'revoked-token': {
    en: 'this enrolment token was revoked; have a new one made',
    fr: 'ce jeton d’enrôlement a été révoqué\u202f; faites-en créer un nouveau',
  },
  'expired-token': {
    en: 'this enrolment token has expired; have a new one made',
    fr: 'ce jeton d’enrôlement a expiré\u202f; faites-en créer un nouveau',
  },
  'spent-token': {
    en: 'this enrolment token is used up; have a new one made',
    fr: 'ce jeton d’enrôlement est épuisé\u202f; faites-en créer un nouveau',
  },
  'other-device': {
    en: 'this enrolment token is for another device',
    fr: 'ce jeton d’enrôlement est celui d’un autre équipement',
  },
  'other-role': {
    en: 'the inventory has this device as another kind than the token is for',
    fr: 'dans l’inventaire, cet équipement est d’un autre type que celui du jeton',
  },
  'unknown-store': {
    en: 'the store of this token is no longer in the inventory',
    fr: 'le magasin de ce jeton n’est plus dans l’inventaire',
  },
  'unknown-device': {
    en: 'the inventory has no such device: it waits in quarantine until it is admitted',
    fr: 'l’inventaire n’a pas cet équipement\u202f: il attend en quarantaine qu’on l’admette',
  },
  'name-taken': {
    en: 'another machine lives under this name: this one waits in quarantine until it is admitted in its place',
    fr: 'une autre machine vit sous ce nom\u202f: celle-ci attend en quarantaine qu’on l’admette à sa place',
  },
  refused: {
    en: 'a person refused this machine',
    fr: 'cette machine a été refusée par une personne',
  },
  'no-certificate': {
    en: 'no certificate was shown',
    fr: 'aucun certificat n’a été présenté',
  },
  'foreign-certificate': {
    en: 'the certificate is not one of Vigie’s authority',
    fr: 'le certificat n’est pas de l’autorité de Vigie',
  },
  'expired-certificate': {
    en: 'the certificate has expired: enrol the device again',
    fr: 'le certificat a expiré\u202f: enrôlez de nouveau l’équipement',
  },
  'revoked-certificate': {
    en: 'the certificate was revoked',
    fr: 'le certificat a été révoqué',
  },
  'unknown-certificate': {
    en: 'the certificate is of Vigie’s authority, but not in its books: it waits in quarantine',
    fr: 'le certificat est de l’autorité de Vigie, mais pas dans ses registres\u202f: il attend en quarantaine',
  },
  'renewed-too-often': {
    en: 'the certificate was renewed too often today; if the device did not ask for it, revoke it',
    fr: 'le certificat a été renouvelé trop souvent aujourd’hui\u202f; si l’équipement n’a rien demandé, révoquez-le',
  },
  'other-client': {
    en: 'the client id is not the certificate’s: an agent speaks only for itself',
    fr: 'l’identifiant de client n’est pas celui du certificat\u202f: un agent ne parle que pour lui-même',
  },
};
