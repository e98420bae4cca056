/** The form of a funding call, and below it what would be issued: what each funder is asked for, line by line (R21). */

import { Amount } from '../console/amount.js';
import { DayField, HiddenField, SelectField, TextField } from '../console/field.js';
import { ErrorSummary, FormToken } from '../console/form.js';
import type { FormState } from '../console/form-state.js';
import { nameOf, type Names } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import { Refused, type RefusedPreview } from '../console/refused-preview.js';
import { DataTable } from '../console/table.js';
import { CallLines } from './call-lines.page.js';
import type { IssuedFundingCallAnswer } from './issue-funding-call.js';
import type { FunderAmountAnswer } from './settlement-answers.js';

/** What a rehearsal of the call said. */
export type CallPreview =
  { readonly is: 'none' } | { readonly is: 'call'; readonly call: IssuedFundingCallAnswer } | RefusedPreview;

interface IssueCallPageProps {
  readonly names: Names;
  readonly form: FormState;
  readonly preview: CallPreview;
}

/** Lines that a page shows before the call is issued; its statement has them all. */
const SHOWN_LINES = 300;

export const issueCallTexts = {
  fr: {
    title: 'Émettre un appel de fonds',
    lead: 'L’appel prend tous les versements de l’exercice qui n’ont pas encore été appelés. Relisez-le avant de l’émettre : un appel émis ne se modifie plus.',
    scheme: 'Dispositif',
    exercice: 'Exercice',
    payer: 'Collectivité qui appelle',
    usual: 'La collectivité payeuse du dispositif',
    issuedOn: 'Émis le',
    issuedHint: 'L’appel prend ce qui est daté de ce jour ou d’avant. Format jj/mm/aaaa.',
    check: 'Préparer l’appel',
    send: 'Émettre cet appel',
    preview: 'Avant d’émettre',
    nothing: 'Choisissez le dispositif, l’exercice et le jour : l’appel s’affiche ici. Rien n’est encore émis.',
    not: 'Cet appel ne peut pas être émis',
    wouldBe: 'Projet d’appel',
    number: 'n°',
    funder: 'Collectivité',
    called: 'Appelé',
    forward: 'Avoir d’appels antérieurs, déduit',
    carried: 'Avoir laissé pour le prochain',
    lines: 'Lignes de l’appel',
    some: 'Les premières lignes sont montrées ; l’état récapitulatif les contiendra toutes.',
    issued: 'Appel de fonds émis.',
  },
  en: {
    title: 'Issue a funding call',
    lead: 'The call takes every payment of the exercice that was not called yet. Read it before you issue it: an issued call is never changed.',
    scheme: 'Scheme',
    exercice: 'Exercice',
    payer: 'Funder that calls',
    usual: 'The payer of the scheme',
    issuedOn: 'Issued on',
    issuedHint: 'The call takes what is dated this day or earlier. Format dd/mm/yyyy.',
    check: 'Prepare the call',
    send: 'Issue this call',
    preview: 'Before issuing',
    nothing: 'Choose the scheme, the exercice and the day: the call is shown here. Nothing is issued yet.',
    not: 'This call cannot be issued',
    wouldBe: 'Draft of call',
    number: 'no.',
    funder: 'Funder',
    called: 'Called',
    forward: 'Credit of earlier calls, taken off',
    carried: 'Credit left for the next one',
    lines: 'Lines of the call',
    some: 'The first lines are shown; the payment statement will have them all.',
    issued: 'Funding call issued.',
  },
};

export function IssueCallPage({ names, form, preview }: IssueCallPageProps) {
  const texts = useTexts(issueCallTexts);
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <form method="post" action="/settlement/calls/preview" noValidate>
        <FormToken />
        <ErrorSummary form={form} />
        <HiddenField form={form} name="callId" />
        <SelectField form={form} name="schemeId" label={texts.scheme} choices={names.schemes} />
        <TextField form={form} name="exercice" label={texts.exercice} inputMode="numeric" autoComplete="off" />
        <SelectField form={form} name="payer" label={texts.payer} none={texts.usual} choices={names.funders} optional />
        <DayField form={form} name="issuedOn" label={texts.issuedOn} hint={texts.issuedHint} />
        <p class="actions">
          <button class="button quiet">{texts.check}</button>
        </p>
        <section aria-labelledby="preview-title">
          <h2 id="preview-title">{texts.preview}</h2>
          <div id="preview" aria-live="polite" data-from="/settlement/calls/preview">
            <Previewed names={names} preview={preview} />
          </div>
        </section>
      </form>
    </>
  );
}

function Previewed({ names, preview }: Omit<IssueCallPageProps, 'form'>) {
  const texts = useTexts(issueCallTexts);
  if (preview.is === 'none') return <p>{texts.nothing}</p>;
  if (preview.is === 'refused') return <Refused title={texts.not} preview={preview} />;
  const { call } = preview;
  return (
    <>
      <h3>
        {texts.wouldBe} {texts.number} {call.number} · {nameOf(names.schemes, call.schemeId)} {call.exercice} ·{' '}
        {nameOf(names.funders, call.payer)}
      </h3>
      <DataTable
        caption={texts.called}
        captionHidden
        rows={call.called}
        columns={[
          { title: texts.funder, kind: 'head', cell: ({ funderId }) => nameOf(names.funders, funderId) },
          {
            title: texts.forward,
            kind: 'amount',
            cell: ({ funderId }) => <Amount cents={centsOf(call.broughtForward, funderId)} />,
          },
          {
            title: texts.carried,
            kind: 'amount',
            cell: ({ funderId }) => <Amount cents={centsOf(call.carriedForward, funderId)} />,
          },
          { title: texts.called, kind: 'amount', cell: ({ amountCents }) => <Amount cents={amountCents} /> },
        ]}
      />
      <input type="hidden" name="draft" value={call.draft} />
      <p class="actions">
        <button class="button" formaction="/settlement/calls">
          {texts.send}
        </button>
      </p>
      <h3>
        {texts.lines} ({call.lines.length})
      </h3>
      {call.lines.length > SHOWN_LINES && <p>{texts.some}</p>}
      <CallLines lines={call.lines.slice(0, SHOWN_LINES)} names={names} caption={texts.lines} />
    </>
  );
}

/** The parts of one funder, which a credit may have several of. */
function centsOf(rows: readonly FunderAmountAnswer[], id: string): number {
  return rows.filter(({ funderId }) => funderId === id).reduce((sum, { amountCents }) => sum + amountCents, 0);
}
