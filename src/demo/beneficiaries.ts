/** Fictive beneficiaries: names from templates, marked "(démo)"; identifiers that validate and belong to nobody. */

import { withLuhnKey } from '#libs/identifiers/siret';
import type { Beneficiary } from '../grants/grant.events.js';
import type { Random } from './random.js';

export type Kind = 'enterprise' | 'association' | 'sports-club' | 'leisure-body' | 'public-body';

/** A beneficiary with the département it lies in. */
export interface Located {
  readonly beneficiary: Beneficiary;
  readonly departement: 'eure' | 'seine-maritime';
}

const FIRST_WORDS: Readonly<Record<Kind, readonly string[]>> = {
  enterprise: ['Menuiserie', 'Imprimerie', 'Transports', 'Maçonnerie', 'Conserverie', 'Pépinières', 'Textiles'],
  association: ['Association', 'Atelier', 'Maison de quartier', 'Ressourcerie', 'Ludothèque', 'Jardins partagés'],
  'sports-club': ['Club sportif', 'Amicale sportive', 'Union sportive'],
  'leisure-body': ['Syndicat mixte de la base de loisirs'],
  'public-body': ['Établissement public', 'Syndicat intercommunal', 'Régie'],
};

const SECOND_WORDS = (
  'Alizé Bergamote Capucine Dédale Ellébore Farandole Girouette Hélianthe Iris Jonquille Kaolin Lanterne Marjolaine ' +
  'Nacelle Origan Passerelle Quinconce Romarin Sarriette Tournesol Ursuline Verveine Wagonnet Xylophone Ypréau Zéphyr'
).split(' ');

/** INSEE codes of communes. */
const COMMUNES = {
  eure: ['27229', '27681', '27375', '27056', '27016', '27467', '27284', '27701', '27275', '27428', '27165'],
  'seine-maritime': ['76540', '76351', '76217', '76231', '76681', '76575', '76259', '76114', '76057', '76758', '76384'],
} as const;

/** The first fictive SIREN is 000276006. */
const FIRST_SIREN = 27_600;

/**
 * @param index its own number: no two beneficiaries have the same
 * @param where drawn when absent
 */
export function beneficiary(kind: Kind, index: number, random: Random, where?: Located['departement']): Located {
  const departement = where ?? (random.below(5) < 2 ? 'eure' : 'seine-maritime');
  const commune = random.pick(COMMUNES[departement]);
  const first = FIRST_WORDS[kind];
  const name = `${first[index % first.length]!} ${SECOND_WORDS[index % SECOND_WORDS.length]!} ${index + 1} (démo)`;
  const siren = withLuhnKey(`000${FIRST_SIREN + index}`);
  const siret = withLuhnKey(`${siren}0001`);
  if (kind !== 'association' && kind !== 'sports-club') return { beneficiary: { name, siret, commune }, departement };
  const rna = `${departement === 'eure' ? 'W276' : 'W761'}${String(index).padStart(6, '0')}`;
  // some associations are in the national register only
  const siretToo = random.below(3) > 0 ? { siret } : {};
  return { beneficiary: { name, ...siretToo, rna, commune }, departement };
}
