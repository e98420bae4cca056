/** A slip taken in: dropped, chosen or pasted; checked first, then recorded, with a result per line and a file to correct. */

import { Alert } from '../console/alert.js';
import { Amount } from '../console/amount.js';
import { StatusBadge, type Tone } from '../console/badge.js';
import { ChoiceField, LongTextField } from '../console/field.js';
import { ErrorSummary, FormToken } from '../console/form.js';
import type { FormState } from '../console/form-state.js';
import { useTexts } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import { Tile, Tiles } from '../console/tile.js';
import type { ImportAnswer, ImportedLineAnswer } from './import-slip.js';

export interface ImportPageProps {
  readonly form: FormState;
  readonly report?: ImportAnswer;
}

/** Lines that a page shows; the file has them all. */
const SHOWN_LINES = 300;

export const importTexts = {
  fr: {
    title: 'Importer un bordereau',
    lead: 'Déposez un fichier CSV, ou collez ses lignes. Il est d’abord vérifié : rien n’est enregistré avant votre accord.',
    drop: 'Déposez le bordereau ici, ou choisissez un fichier',
    slip: 'Lignes du bordereau',
    slipHint: 'La première ligne nomme les colonnes : dossier;versement;montant;payé le;nature;mandat',
    mode: 'Si une ligne est refusée',
    modes: { 'all-or-nothing': 'ne rien enregistrer', 'valid-lines': 'enregistrer les lignes valables' },
    check: 'Vérifier',
    record: 'Enregistrer',
    file: 'Télécharger le fichier à corriger',
    progress: 'Traitement du bordereau',
    dry: 'Vérification : rien n’est enregistré',
    outcomes: {
      recorded: 'Bordereau enregistré',
      'partly-recorded': 'Bordereau enregistré en partie',
      'already-recorded': 'Bordereau déjà enregistré : rien de nouveau',
      'nothing-recorded': 'Rien n’est enregistré : des lignes sont refusées',
      interrupted: 'Enregistrement interrompu : renvoyez le même fichier pour le terminer',
    } as Readonly<Record<string, string>>,
    counts: {
      recorded: 'Enregistrées',
      alreadyRecorded: 'Déjà enregistrées',
      awaitingApproval: 'À approuver',
      rejected: 'Refusées',
      notRecorded: 'Non enregistrées',
    },
    results: {
      recorded: 'Enregistrée',
      'already-recorded': 'Déjà enregistrée',
      'awaiting-approval': 'À approuver',
      rejected: 'Refusée',
      'not-recorded': 'Non enregistrée',
    } as Readonly<Record<string, string>>,
    lines: 'Résultat ligne par ligne, les refus d’abord',
    some: 'Les premières lignes sont montrées ; le fichier les contient toutes.',
    line: 'Ligne',
    grant: 'Dossier',
    payment: 'Versement',
    result: 'Résultat',
    detail: 'Explication',
    column: 'colonne',
  },
  en: {
    title: 'Import a slip',
    lead: 'Drop a CSV file, or paste its lines. It is checked first: nothing is recorded before you say so.',
    drop: 'Drop the slip here, or choose a file',
    slip: 'Lines of the slip',
    slipHint: 'The first line names the columns: grantId;paymentId;amount;paidOn;instalment;orderNumber',
    mode: 'If a line is rejected',
    modes: { 'all-or-nothing': 'record nothing', 'valid-lines': 'record the valid lines' },
    check: 'Check',
    record: 'Record',
    file: 'Download the file to correct',
    progress: 'Working on the slip',
    dry: 'Check: nothing is recorded',
    outcomes: {
      recorded: 'Slip recorded',
      'partly-recorded': 'Slip recorded in part',
      'already-recorded': 'Slip already recorded: nothing new',
      'nothing-recorded': 'Nothing is recorded: lines are rejected',
      interrupted: 'Recording interrupted: send the same file again to complete it',
    } as Readonly<Record<string, string>>,
    counts: {
      recorded: 'Recorded',
      alreadyRecorded: 'Already recorded',
      awaitingApproval: 'To approve',
      rejected: 'Rejected',
      notRecorded: 'Not recorded',
    },
    results: {
      recorded: 'Recorded',
      'already-recorded': 'Already recorded',
      'awaiting-approval': 'To approve',
      rejected: 'Rejected',
      'not-recorded': 'Not recorded',
    } as Readonly<Record<string, string>>,
    lines: 'Result line by line, rejections first',
    some: 'The first lines are shown; the file has them all.',
    line: 'Line',
    grant: 'Grant',
    payment: 'Payment',
    result: 'Result',
    detail: 'Explanation',
    column: 'column',
  },
};

const TONES: Readonly<Record<string, Tone>> = {
  recorded: 'good',
  'awaiting-approval': 'waiting',
  rejected: 'bad',
};

export function ImportPage({ form, report }: ImportPageProps) {
  const texts = useTexts(importTexts);
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <form method="post" action="/imports" id="slip-form" noValidate>
        <FormToken />
        <div class="drop" id="drop" hidden>
          <label for="slip-file">{texts.drop}</label>
          <input type="file" id="slip-file" accept=".csv,.txt,text/csv" />
          <p>
            <progress id="progress" max="1" aria-label={texts.progress} hidden />
          </p>
        </div>
        <LongTextField form={form} name="slip" label={texts.slip} hint={texts.slipHint} rows={6} optional />
        <ChoiceField
          form={form}
          name="mode"
          label={texts.mode}
          choices={Object.entries(texts.modes).map(([value, text]) => ({ value, text }))}
        />
        <p class="actions">
          <button class="button" name="step" value="check">
            {texts.check}
          </button>
        </p>
        <div id="report" aria-live="polite">
          <ErrorSummary form={form} />
          {report && <Report report={report} />}
        </div>
      </form>
    </>
  );
}

function Report({ report }: { readonly report: ImportAnswer }) {
  const texts = useTexts(importTexts);
  const { counts, outcome, dryRun } = report;
  const records = dryRun && (outcome === 'recorded' || outcome === 'partly-recorded');
  const lines = report.lines.toSorted((a, b) => Number(b.result === 'rejected') - Number(a.result === 'rejected'));
  const title = dryRun ? texts.dry : (texts.outcomes[outcome] ?? outcome);
  return (
    <>
      <Alert kind={counts.rejected > 0 ? 'warning' : dryRun ? 'note' : 'done'} title={title} />
      <Tiles>
        {Object.entries(counts).map(([name, count]) => (
          <Tile
            name={texts.counts[name as keyof typeof texts.counts]}
            figure={count}
            tone={name === 'rejected' && count > 0 ? 'bad' : 'plain'}
          />
        ))}
      </Tiles>
      <p class="actions">
        {records && (
          <button class="button" name="step" value="record">
            {texts.record}
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
          { title: texts.line, kind: 'number', cell: ({ line }) => line },
          {
            title: texts.grant,
            cell: ({ grantId }) => <a href={`/grants/${encodeURIComponent(grantId)}`}>{grantId}</a>,
          },
          { title: texts.payment, kind: 'head', cell: ({ paymentId }) => paymentId },
          {
            title: texts.result,
            cell: ({ result }) => (
              <StatusBadge tone={TONES[result] ?? 'plain'}>{texts.results[result] ?? result}</StatusBadge>
            ),
          },
          { title: texts.detail, kind: 'words', cell: (line) => <Detail line={line} /> },
        ]}
      />
    </>
  );
}

function Detail({ line: { errors = [], shares = [] } }: { readonly line: ImportedLineAnswer }) {
  const texts = useTexts(importTexts);
  return (
    <>
      {errors.map(({ column, code, detail }) => (
        <>
          {detail} <code>{code}</code>
          {column !== undefined && ` (${texts.column} ${column})`}{' '}
        </>
      ))}
      {shares.map(({ funderId, amountCents }, i) => (
        <>
          {i > 0 && ' + '}
          {funderId} <Amount cents={amountCents} />
        </>
      ))}
    </>
  );
}
