/** A match by hand: the lines that the ledger does not have beside the payments that the list does not have; one says which belong together, and why. */

import { Alert } from '../console/alert.js';
import { HiddenField, LongTextField } from '../console/field.js';
import { Form } from '../console/form.js';
import type { FormState } from '../console/form-state.js';
import { useTexts } from '../console/reading.js';
import type { Column } from '../console/table.js';
import { OutcomeRows } from './outcome-rows.page.js';
import type { OutcomeRowAnswer } from './reconciliation-answers.js';
import type { ReconciliationAnswer } from './show-reconciliation.js';

interface MatchPageProps {
  readonly path: string;
  readonly lines: ReconciliationAnswer;
  readonly payments: ReconciliationAnswer;
  readonly form: FormState;
}

export const matchTexts = {
  fr: {
    title: 'Rapprocher à la main',
    lead: 'Cochez les lignes et les versements qui vont ensemble, et dites pourquoi.',
    choose: 'Choix',
    line: 'Ligne',
    payment: 'Versement',
    lines: 'Lignes absentes du registre',
    payments: 'Versements absents de la liste',
    some: 'Il y en a d’autres : seuls les premiers sont montrés.',
    reason: 'Motif',
    send: 'Rapprocher',
    back: 'Voir le résultat',
    done: 'Rapproché.',
    nothing: 'Rien à rapprocher : il manque des lignes ou des versements d’un côté.',
  },
  en: {
    title: 'Match by hand',
    lead: 'Tick the lines and the payments that belong together, and say why.',
    choose: 'Choice',
    line: 'Line',
    payment: 'Payment',
    lines: 'Lines missing from the ledger',
    payments: 'Payments missing from the list',
    some: 'There are more: only the first ones are shown.',
    reason: 'Reason',
    send: 'Match',
    back: 'See the outcome',
    done: 'Matched.',
    nothing: 'Nothing to match: there are no lines or no payments on one side.',
  },
};

export function MatchPage({ path, lines, payments, form }: MatchPageProps) {
  const texts = useTexts(matchTexts);
  const ticked = (name: string) => new Set([form.typed[name] ?? []].flat());
  const [chosenLines, chosenPayments] = [ticked('lines'), ticked('payments')];
  const lineBox: Column<OutcomeRowAnswer> = {
    title: texts.choose,
    cell: ({ line }) => <Box name="lines" value={String(line)} label={texts.line} ticked={chosenLines} />,
  };
  const paymentBox: Column<OutcomeRowAnswer> = {
    title: texts.choose,
    cell: ({ payments: [payment] }) =>
      payment && <Box name="payments" value={payment.paymentId} label={texts.payment} ticked={chosenPayments} />,
  };
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      {(lines.data.length === 0 || payments.data.length === 0) && <Alert kind="note" title={texts.nothing} />}
      <Form
        action={`${path}/matches`}
        form={form}
        send={texts.send}
        more={
          <a class="button quiet" href={path}>
            {texts.back}
          </a>
        }
      >
        <HiddenField form={form} name="matchId" />
        <div id="f-lines" tabIndex={-1}>
          {lines.page.next !== null && <p>{texts.some}</p>}
          <OutcomeRows rows={lines.data} caption={texts.lines} first={[lineBox]} />
        </div>
        <div id="f-payments" tabIndex={-1}>
          {payments.page.next !== null && <p>{texts.some}</p>}
          <OutcomeRows rows={payments.data} caption={texts.payments} first={[paymentBox]} />
        </div>
        <LongTextField form={form} name="reason" label={texts.reason} rows={2} />
      </Form>
    </>
  );
}

interface BoxProps {
  readonly name: string;
  readonly value: string;
  readonly label: string;
  readonly ticked: ReadonlySet<string>;
}

function Box({ name, value, label, ticked }: BoxProps) {
  return (
    <label class="tick">
      <input type="checkbox" name={name} value={value} checked={ticked.has(value)} />
      <span class="unseen">
        {label} {value}
      </span>
    </label>
  );
}
