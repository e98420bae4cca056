/** What became, or would become, of a slip: counted, then line by line with the rejections first. */

import { Alert } from '../console/alert.js';
import { Amount } from '../console/amount.js';
import { StatusBadge, type Tone } from '../console/badge.js';
import { nameOf, type Names } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import { Tile, Tiles } from '../console/tile.js';
import type { ImportAnswer, ImportCountsAnswer, ImportedLineAnswer } from './import-slip.js';

interface SlipReportProps {
  readonly report: ImportAnswer;
  readonly names: Names;
}

/** Lines that a page shows; the file has them all. */
const SHOWN_LINES = 300;

type Words = Readonly<Record<string, string>>;

const TEXTS = {
  fr: {
    record: (count: number) =>
      count === 1 ? 'Enregistrer la ligne valable' : `Enregistrer les ${count} lignes valables`,
    file: 'Télécharger le fichier à corriger',
    dry: 'Vérification : rien n’est encore enregistré',
    fine: 'Toutes les lignes sont valables : vous pouvez les enregistrer.',
    known: 'Toutes les lignes sont déjà enregistrées : il n’y a rien de nouveau.',
    faulty:
      'Des lignes sont refusées, et rien ne serait enregistré : corrigez-les, ou choisissez d’enregistrer les lignes valables.',
    partly: 'Des lignes sont refusées : corrigez-les, ou enregistrez dès maintenant les autres.',
    outcomes: {
      recorded: 'Bordereau enregistré',
      'partly-recorded': 'Bordereau enregistré en partie',
      'already-recorded': 'Bordereau déjà enregistré : rien de nouveau',
      'nothing-recorded': 'Rien n’est enregistré : des lignes sont refusées',
      interrupted: 'Enregistrement interrompu : renvoyez le même fichier pour le terminer',
    } as Words,
    counts: {
      recorded: 'Enregistrées',
      alreadyRecorded: 'Déjà enregistrées',
      awaitingApproval: 'À approuver',
      rejected: 'Refusées',
      notRecorded: 'Non enregistrées',
    },
    toRecord: 'À enregistrer',
    results: {
      recorded: 'Enregistrée',
      'already-recorded': 'Déjà enregistrée',
      'awaiting-approval': 'À approuver',
      rejected: 'Refusée',
      'not-recorded': 'Non enregistrée',
    } as Words,
    valid: 'Valable',
    lines: 'Résultat ligne par ligne, les refus d’abord',
    some: 'Les premières lignes sont montrées ; le fichier les contient toutes.',
    line: 'Ligne',
    grant: 'Dossier',
    payment: 'Versement',
    result: 'Résultat',
    detail: 'Explication',
    column: (name: string) => `Colonne « ${name} » : `,
    columns: {
      grantId: 'dossier',
      paymentId: 'versement',
      amount: 'montant',
      paidOn: 'payé le',
      instalment: 'nature',
      orderNumber: 'mandat',
      paidBy: 'payeur',
      exercice: 'exercice',
      overrideReason: 'motif',
    } as Words,
  },
  en: {
    record: (count: number) => (count === 1 ? 'Record the valid line' : `Record the ${count} valid lines`),
    file: 'Download the file to correct',
    dry: 'Check: nothing is recorded yet',
    fine: 'Every line is valid: you can record them.',
    known: 'Every line is recorded already: there is nothing new.',
    faulty: 'Lines are rejected, and nothing would be recorded: correct them, or choose to record the valid lines.',
    partly: 'Lines are rejected: correct them, or record the others now.',
    outcomes: {
      recorded: 'Slip recorded',
      'partly-recorded': 'Slip recorded in part',
      'already-recorded': 'Slip already recorded: nothing new',
      'nothing-recorded': 'Nothing is recorded: lines are rejected',
      interrupted: 'Recording interrupted: send the same file again to complete it',
    } as Words,
    counts: {
      recorded: 'Recorded',
      alreadyRecorded: 'Already recorded',
      awaitingApproval: 'To approve',
      rejected: 'Rejected',
      notRecorded: 'Not recorded',
    },
    toRecord: 'To record',
    results: {
      recorded: 'Recorded',
      'already-recorded': 'Already recorded',
      'awaiting-approval': 'To approve',
      rejected: 'Rejected',
      'not-recorded': 'Not recorded',
    } as Words,
    valid: 'Valid',
    lines: 'Result line by line, rejections first',
    some: 'The first lines are shown; the file has them all.',
    line: 'Line',
    grant: 'Grant',
    payment: 'Payment',
    result: 'Result',
    detail: 'Explanation',
    column: (name: string) => `Column “${name}”: `,
    columns: {} as Words,
  },
};

const TONES: Readonly<Record<string, Tone>> = { recorded: 'good', 'awaiting-approval': 'waiting', rejected: 'bad' };

/** Counts that are shown though they are zero. */
const ALWAYS: ReadonlySet<string> = new Set(['recorded', 'rejected']);

/** By what would come of the slip, what is to be done about it. */
const ADVICE = {
  recorded: 'fine',
  'already-recorded': 'known',
  'nothing-recorded': 'faulty',
  'partly-recorded': 'partly',
} as const;

export function SlipReport({ report, names }: SlipReportProps) {
  const texts = useTexts(TEXTS);
  const { counts, outcome, dryRun } = report;
  const records = dryRun && (outcome === 'recorded' || outcome === 'partly-recorded');
  const lines = report.lines.toSorted((a, b) => Number(b.result === 'rejected') - Number(a.result === 'rejected'));
  const title = dryRun ? texts.dry : (texts.outcomes[outcome] ?? outcome);
  const advice = dryRun ? ADVICE[outcome as keyof typeof ADVICE] : undefined;
  return (
    <>
      <Alert kind={counts.rejected > 0 ? 'warning' : dryRun ? 'note' : 'done'} title={title}>
        {advice !== undefined && <p>{texts[advice]}</p>}
      </Alert>
      <Counts report={report} />
      <p class="actions">
        {records && (
          <button class="button" name="step" value="record">
            {texts.record(counts.recorded + counts.awaitingApproval)}
          </button>
        )}
        {dryRun && (
          <button class="button quiet" name="step" value="file">
            {texts.file}
          </button>
        )}
      </p>
      {lines.length > SHOWN_LINES && <p>{texts.some}</p>}
      <DataTable
        caption={texts.lines}
        rows={lines.slice(0, SHOWN_LINES)}
        columns={[
          { title: texts.line, kind: 'head', cell: ({ line }) => line },
          {
            title: texts.result,
            cell: ({ result }) => (
              <StatusBadge tone={TONES[result] ?? 'plain'}>
                {dryRun && result === 'recorded' ? texts.valid : (texts.results[result] ?? result)}
              </StatusBadge>
            ),
          },
          { title: texts.detail, kind: 'words', cell: (line) => <Detail line={line} names={names} /> },
          { title: texts.grant, kind: 'id', cell: (line) => <GrantOf line={line} /> },
          { title: texts.payment, kind: 'id', cell: ({ paymentId }) => paymentId },
        ]}
      />
    </>
  );
}

function Counts({ report: { counts, dryRun } }: { readonly report: ImportAnswer }) {
  const texts = useTexts(TEXTS);
  const shown = (Object.keys(texts.counts) as (keyof ImportCountsAnswer)[]).filter(
    (name) => counts[name] > 0 || ALWAYS.has(name),
  );
  return (
    <Tiles>
      {shown.map((name) => (
        <Tile
          name={dryRun && name === 'recorded' ? texts.toRecord : texts.counts[name]}
          figure={counts[name]}
          tone={name === 'rejected' && counts.rejected > 0 ? 'bad' : 'plain'}
        />
      ))}
    </Tiles>
  );
}

/** Led to where there is one. */
function GrantOf({ line: { grantId, errors = [] } }: { readonly line: ImportedLineAnswer }) {
  if (grantId === '' || errors.some(({ column }) => column === 'grantId')) return <>{grantId}</>;
  return <a href={`/grants/${encodeURIComponent(grantId)}`}>{grantId}</a>;
}

interface DetailProps {
  readonly line: ImportedLineAnswer;
  readonly names: Names;
}

function Detail({ line: { errors = [], shares = [] }, names }: DetailProps) {
  const texts = useTexts(TEXTS);
  return (
    <>
      {errors.map(({ column, code, detail }) => (
        <p class="line-error">
          {column !== undefined && texts.column(texts.columns[column] ?? column)}
          {detail} <code>{code}</code>
        </p>
      ))}
      {shares.map(({ funderId, amountCents }, i) => (
        <>
          {i > 0 && ' + '}
          <Amount cents={amountCents} /> {nameOf(names.funders, funderId)}
        </>
      ))}
    </>
  );
}
