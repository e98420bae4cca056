/** The exercices: where each stands in its life, who signed its closing, whose signature is awaited (R23). */

import { StatusBadge } from '../console/badge.js';
import { Day } from '../console/day.js';
import { nameOf, type Names } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import { exerciceStatuses, exerciceTone } from './exercice-words.js';
import type { ShownExerciceAnswer } from './show-exercices.js';

interface ExercicesPageProps {
  readonly exercices: readonly ShownExerciceAnswer[];
  readonly names: Names;
}

export const exercicesTexts = {
  fr: {
    title: 'Exercices',
    lead: 'Un exercice se clôt pour toutes les collectivités, quand toutes ont signé. Deux personnes le rouvrent.',
    exercice: 'Exercice',
    status: 'État',
    closedOn: 'Clôture du',
    signed: 'Signée par',
    awaited: 'Signature attendue de',
    closing: 'Clôture',
    checklist: 'Contrôles et signatures',
    empty: 'Aucun exercice ne porte encore d’écriture.',
  },
  en: {
    title: 'Exercices',
    lead: 'An exercice is closed for all funders, when all have signed. Two people reopen it.',
    exercice: 'Exercice',
    status: 'Status',
    closedOn: 'Closing of',
    signed: 'Signed by',
    awaited: 'Signature awaited from',
    closing: 'Closing',
    checklist: 'Checks and signatures',
    empty: 'No exercice holds anything yet.',
  },
};

export function ExercicesPage({ exercices, names }: ExercicesPageProps) {
  const texts = useTexts(exercicesTexts);
  const statuses = useTexts(exerciceStatuses);
  const funders = (ids: readonly string[]) => ids.map((id) => nameOf(names.funders, id)).join(', ') || '–';
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <DataTable
        caption={texts.title}
        captionHidden
        rows={exercices}
        empty={texts.empty}
        columns={[
          {
            title: texts.exercice,
            kind: 'head',
            cell: ({ exercice }) => <a href={`/exercices/${exercice}`}>{exercice}</a>,
          },
          {
            title: texts.status,
            cell: ({ status }) => <StatusBadge tone={exerciceTone(status)}>{statuses[status] ?? status}</StatusBadge>,
          },
          { title: texts.closedOn, cell: ({ closedOn }) => (closedOn === null ? '–' : <Day on={closedOn} />) },
          {
            title: texts.signed,
            cell: ({ proposedBy, signatures }) =>
              funders([...(proposedBy === null ? [] : [proposedBy]), ...signatures].map(({ funderId }) => funderId)),
          },
          { title: texts.awaited, cell: ({ stillExpected }) => funders(stillExpected) },
          {
            title: texts.closing,
            cell: ({ exercice }) => (
              <a href={`/exercices/${exercice}/closing`}>
                {texts.checklist}
                <span class="unseen"> {exercice}</span>
              </a>
            ),
          },
        ]}
      />
    </>
  );
}
