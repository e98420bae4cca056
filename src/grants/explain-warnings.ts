/** Says in a sentence each what a payment was warned of: a look-alike, a ceiling that it passes (R18, R19). */

import { formatEuros, type Language } from '#libs/money/euros';
import type { OverridingRole, PaymentRecorded, PaymentWarning } from './grant.events.js';

/** @param nameOf a funder's name on the day of the payment */
export function explainWarnings(
  { warnings = [], exercice, schemeId }: Pick<PaymentRecorded['data'], 'warnings' | 'exercice' | 'schemeId'>,
  nameOf: (funderId: string) => string,
  language: Language,
): readonly string[] {
  return warnings.map((warning) => {
    if (warning.code === 'POSSIBLE_DOUBLE') {
      const { paymentId, grantId, recordedBy } = warning;
      return language === 'fr'
        ? `Ressemble au versement ${paymentId} du dossier ${grantId}, payé par ${nameOf(recordedBy)}.`
        : `Looks like payment ${paymentId} of grant ${grantId}, paid by ${nameOf(recordedBy)}.`;
    }
    const ceiling = formatEuros(warning.ceilingCents, language);
    const over = formatEuros(warning.overByCents, language);
    const overridden = warning.overriddenAs === undefined ? '' : OVERRIDDEN[warning.overriddenAs][language];
    if (warning.code === 'CEILING_EXCEEDED')
      return language === 'fr'
        ? `Le plafond ${exercice} du dispositif ${schemeId} (${ceiling}) est dépassé de ${over}${overridden}.`
        : `The ${exercice} ceiling of the scheme ${schemeId} (${ceiling}) is exceeded by ${over}${overridden}.`;
    const { ceilingId } = warning;
    const held = heldBy(warning, nameOf, language);
    return language === 'fr'
      ? `Le plafond ${ceilingId} ${held} (${ceiling}) est dépassé de ${over}${overridden}.`
      : `The ceiling ${ceilingId} ${held} (${ceiling}) is exceeded by ${over}${overridden}.`;
  });
}

/** Of a ceiling that blocks: who let the payment pass it (R19). */
const OVERRIDDEN: Readonly<Record<OverridingRole, Readonly<Record<Language, string>>>> = {
  controller: { fr: ' ; passé outre par un contrôleur financier', en: '; overridden by a controller' },
  admin: { fr: ' ; passé outre par un administrateur', en: '; overridden by an administrator' },
};

type BudgetWarning = Extract<PaymentWarning, { readonly code: 'BUDGET_EXCEEDED' }>;

function heldBy({ scope, exercice }: BudgetWarning, nameOf: (funderId: string) => string, language: Language): string {
  const inFrench = language === 'fr';
  const year = exercice === null ? (inFrench ? ', toutes années' : ', all years') : `, ${exercice}`;
  switch (scope.kind) {
    case 'axis':
      return inFrench
        ? `de l’axe ${scope.axisId} du contrat ${scope.contractId}${year}`
        : `of the axis ${scope.axisId} of the contract ${scope.contractId}${year}`;
    case 'contract':
      return inFrench ? `du contrat ${scope.contractId}${year}` : `of the contract ${scope.contractId}${year}`;
    case 'funder':
      return inFrench
        ? `de la quote-part de ${nameOf(scope.funderId)}${year}`
        : `of the share of ${nameOf(scope.funderId)}${year}`;
    case 'funder-scheme':
      return inFrench
        ? `de la quote-part de ${nameOf(scope.funderId)} dans le dispositif ${scope.schemeId}${year}`
        : `of the share of ${nameOf(scope.funderId)} in the scheme ${scope.schemeId}${year}`;
  }
}
