/** The figures of a balance, in the order in which people read them, with their names. */

import type { BalanceColumn } from './balance.movements.js';

export type Figure = BalanceColumn | 'positionCents';

export const figures = [
  'positionCents',
  'shareDueCents',
  'disbursedCents',
  'recoveredCents',
  'contributedCents',
  'receivedCents',
  'calledCents',
  'grantedShareCents',
] as const satisfies readonly Figure[];

export const figureNames: Readonly<Record<'fr' | 'en', Readonly<Record<Figure, string>>>> = {
  fr: {
    positionCents: 'Position',
    shareDueCents: 'Quote-part due',
    disbursedCents: 'Versé',
    recoveredCents: 'Recouvré',
    contributedCents: 'Contributions envoyées',
    receivedCents: 'Contributions reçues',
    calledCents: 'Appelé',
    grantedShareCents: 'Quote-part accordée',
  },
  en: {
    positionCents: 'Position',
    shareDueCents: 'Share due',
    disbursedCents: 'Disbursed',
    recoveredCents: 'Recovered',
    contributedCents: 'Contributions sent',
    receivedCents: 'Contributions received',
    calledCents: 'Called',
    grantedShareCents: 'Share granted',
  },
};
