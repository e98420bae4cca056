/** The form of a reconciliation: whose list, of which year, the file; and what comparing it with the ledger would come to. */

import { Alert } from '../console/alert.js';
import { DayField, HiddenField, LongTextField, SelectField, TextField } from '../console/field.js';
import { ErrorSummary, FormToken } from '../console/form.js';
import type { FormState } from '../console/form-state.js';
import type { Names } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import type { OpenedReconciliationAnswer } from './open-reconciliation.js';
import { OutcomeRows } from './outcome-rows.page.js';
import { OutcomeTotals } from './outcome-totals.page.js';

interface OpenReconciliationPageProps {
  readonly form: FormState;
  readonly names: Names;
  /** What the comparison would come to. */
  readonly opened?: OpenedReconciliationAnswer;
}

export const openTexts = {
  fr: {
    title: 'Rapprocher une liste',
    lead: 'La liste est d’abord comparée au registre : rien n’est enregistré avant votre accord. Une ligne illisible n’empêche pas les autres.',
    funder: 'Collectivité dont c’est la liste',
    exercice: 'Exercice',
    scheme: 'Dispositif',
    all: 'Tous les dispositifs',
    receivedOn: 'Reçue le',
    listName: 'Nom de la liste',
    drop: 'Déposez la liste ici, ou choisissez un fichier CSV',
    progress: 'Comparaison de la liste',
    list: 'Lignes de la liste',
    listHint: 'La première ligne nomme les colonnes : mandat;date;montant;quote-part',
    check: 'Comparer',
    dry: 'Comparaison : rien n’est enregistré',
    passedOver: 'Colonnes laissées de côté :',
    record: 'Enregistrer le rapprochement',
    totals: 'Résultat de la comparaison',
    differences: 'Ce qui n’est pas rapproché',
    done: 'Liste enregistrée et comparée.',
  },
  en: {
    title: 'Reconcile a list',
    lead: 'The list is compared with the ledger first: nothing is recorded before you say so. A bad line is in no other’s way.',
    funder: 'Funder whose list it is',
    exercice: 'Exercice',
    scheme: 'Scheme',
    all: 'All schemes',
    receivedOn: 'Received on',
    listName: 'Name of the list',
    drop: 'Drop the list here, or choose a CSV file',
    progress: 'Comparing the list',
    list: 'Lines of the list',
    listHint: 'The first line names the columns: reference;date;amount;share',
    check: 'Compare',
    dry: 'Comparison: nothing is recorded',
    passedOver: 'Columns that were not looked at:',
    record: 'Record the reconciliation',
    totals: 'What the comparison came to',
    differences: 'What is not matched',
    done: 'List recorded and compared.',
  },
};

export function OpenReconciliationPage({ form, names, opened }: OpenReconciliationPageProps) {
  const texts = useTexts(openTexts);
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <form method="post" action="/reconciliations" id="slip-form" noValidate>
        <FormToken />
        <HiddenField form={form} name="reconciliationId" />
        <div class="split">
          <div>
            <SelectField form={form} name="funder" label={texts.funder} choices={names.funders} />
            <TextField form={form} name="exercice" label={texts.exercice} inputMode="numeric" autoComplete="off" />
            <SelectField
              form={form}
              name="scheme"
              label={texts.scheme}
              none={texts.all}
              choices={names.schemes}
              optional
            />
            <DayField form={form} name="receivedOn" label={texts.receivedOn} />
            <TextField form={form} name="listName" label={texts.listName} autoComplete="off" optional />
          </div>
          <div>
            <div class="drop" id="drop" hidden>
              <label for="slip-file">{texts.drop}</label>
              <input type="file" id="slip-file" accept=".csv,.txt,text/csv" />
              <p>
                <progress id="progress" max="1" aria-label={texts.progress} hidden />
              </p>
            </div>
            <LongTextField form={form} name="list" label={texts.list} hint={texts.listHint} rows={8} optional />
          </div>
        </div>
        <p class="actions">
          <button class="button" name="step" value="check">
            {texts.check}
          </button>
        </p>
        <div id="report" aria-live="polite">
          <ErrorSummary form={form} />
          {opened && <Compared opened={opened} />}
        </div>
      </form>
    </>
  );
}

function Compared({ opened }: { readonly opened: OpenedReconciliationAnswer }) {
  const texts = useTexts(openTexts);
  return (
    <>
      <Alert kind="note" title={texts.dry}>
        {opened.columnsPassedOver.length > 0 && (
          <p>
            {texts.passedOver} {opened.columnsPassedOver.join(', ')}
          </p>
        )}
      </Alert>
      <OutcomeTotals totals={opened.totals} caption={texts.totals} />
      <p class="actions">
        <button class="button" name="step" value="record">
          {texts.record}
        </button>
      </p>
      <OutcomeRows rows={opened.differences ?? []} caption={texts.differences} />
    </>
  );
}
