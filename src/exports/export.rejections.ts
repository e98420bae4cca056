/** What exports say no to. */

import { rejecter } from '#libs/decider/rejection';

export const exportRejections = {
  DOCUMENT_TOO_LONG: {
    kind: 'conflict',
    rules: [],
    title: { fr: 'Document trop long', en: 'Document too long' },
    detail: {
      fr: 'Ce document dépasse {linesAtMost} lignes. Restreignez la période, ou demandez un classeur ou un CSV, qui n’ont pas de limite.',
      en: 'This document exceeds {linesAtMost} lines. Narrow the period, or ask for a workbook or a CSV, which have no limit.',
    },
  },
  FUNDER_WITHOUT_SIRET: {
    kind: 'conflict',
    rules: ['R26'],
    title: { fr: 'SIRET de la collectivité manquant', en: 'SIRET of the funder missing' },
    detail: {
      fr: 'Le format des subventions exige le SIRET de l’attribuant : la collectivité {funderId} n’en a aucun. Un renommage daté l’ajoute.',
      en: 'The format of subsidies asks for the SIRET of who grants: the funder {funderId} has none. A dated renaming adds it.',
    },
  },
} as const;

export const reject = rejecter(exportRejections);
