/** A slip taken in: dropped, chosen or pasted; checked first, then recorded, with a result per line and a file to correct. */

import { choicesOf } from '../console/choices.js';
import { ChoiceField, LongTextField } from '../console/field.js';
import { ErrorSummary, FormToken } from '../console/form.js';
import { asTyped } from '../console/form-fields.js';
import type { FormState } from '../console/form-state.js';
import type { Names } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import type { ImportAnswer } from './import-slip.js';
import { SlipReport } from './slip-report.page.js';

export interface ImportPageProps {
  readonly form: FormState;
  readonly names: Names;
  readonly report?: ImportAnswer;
}

export const importTexts = {
  fr: {
    title: 'Importer un bordereau',
    lead: 'Choisissez un fichier CSV, ou collez ses lignes. Il est d’abord vérifié : rien n’est enregistré avant votre accord.',
    drop: 'Déposez le bordereau ici, ou choisissez un fichier',
    slip: 'Lignes du bordereau',
    slipHint:
      'Sans fichier. La première ligne nomme les colonnes : dossier ; versement ; montant ; payé le ; nature ; mandat',
    mode: 'Si une ligne est refusée',
    modes: { 'all-or-nothing': 'ne rien enregistrer', 'valid-lines': 'enregistrer les lignes valables' },
    check: 'Vérifier',
    again: 'Le fichier est trop grand pour être montré : choisissez-le à nouveau pour l’enregistrer.',
    progress: 'Traitement du bordereau',
  },
  en: {
    title: 'Import a slip',
    lead: 'Choose a CSV file, or paste its lines. It is checked first: nothing is recorded before you say so.',
    drop: 'Drop the slip here, or choose a file',
    slip: 'Lines of the slip',
    slipHint:
      'Without a file. The first line names the columns: grantId; paymentId; amount; paidOn; instalment; orderNumber',
    mode: 'If a line is rejected',
    modes: { 'all-or-nothing': 'record nothing', 'valid-lines': 'record the valid lines' },
    check: 'Check',
    again: 'The file is too large to be shown: choose it again to record it.',
    progress: 'Working on the slip',
  },
};

/** The token stands first in the form: it is checked before the file is taken in. */
export function ImportPage({ form, names, report }: ImportPageProps) {
  const texts = useTexts(importTexts);
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <form method="post" action="/imports" encType="multipart/form-data" id="slip-form" noValidate>
        <FormToken />
        <div class="drop" id="drop">
          <label for="slip-file">{texts.drop}</label>
          <input type="file" id="slip-file" name="file" accept=".csv,.txt,text/csv" />
          <progress id="progress" max="1" aria-label={texts.progress} hidden />
        </div>
        <LongTextField form={form} name="slip" label={texts.slip} hint={texts.slipHint} rows={6} optional />
        <ChoiceField form={form} name="mode" label={texts.mode} choices={choicesOf(texts.modes)} />
        <p class="actions">
          <button class="button" name="step" value="check">
            {texts.check}
          </button>
        </p>
        <div id="report" aria-live="polite">
          <ErrorSummary form={form} />
          {report?.dryRun && asTyped(form.typed, 'slip') === '' && (
            <noscript>
              <p class="hint">{texts.again}</p>
            </noscript>
          )}
          {report && <SlipReport report={report} names={names} />}
        </div>
      </form>
    </>
  );
}
