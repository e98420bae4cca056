/** The form of a new grant: the beneficiary, the agreement, the period, who handles the file. */

import { DayField, EurosField, LongTextField, SelectField, TextField } from '../console/field.js';
import { Form } from '../console/form.js';
import type { FormState } from '../console/form-state.js';
import type { Names } from '../console/names.js';
import { useTexts, useVisitor } from '../console/reading.js';

export const awardTexts = {
  fr: {
    title: 'Accorder une aide',
    lead: 'Le dossier est ouvert à la date de la convention ; les versements s’enregistrent ensuite sur sa fiche.',
    grantId: 'Identifiant du dossier',
    grantHint: 'Un numéro est proposé ; votre propre référence convient aussi (lettres sans accent, chiffres, tirets).',
    scheme: 'Dispositif',
    amount: 'Montant accordé',
    beneficiary: 'Bénéficiaire',
    name: 'Raison sociale',
    nameHint: 'Jamais le nom d’une personne physique.',
    siret: 'SIRET',
    rna: 'RNA',
    rnaHint: 'Pour une association sans SIRET : W et neuf chiffres.',
    commune: 'Code INSEE de la commune',
    agreement: 'Convention',
    number: 'Numéro de la convention',
    signedOn: 'Signée le',
    from: 'Période, du',
    to: 'Période, au',
    instructedBy: 'Collectivité instructrice',
    postId: 'Poste',
    postHint: 'Emplois-tremplins : identifiant du poste, par exemple POSTE-2010-00042.',
    reason: 'Motif',
    reasonHint:
      'Si le bénéficiaire a déjà un dossier ouvert du même dispositif : pourquoi celui-ci n’est pas un doublon.',
    awarded: 'Aide accordée.',
  },
  en: {
    title: 'Award a grant',
    lead: 'The grant opens with its agreement; its payments are then recorded on its sheet.',
    grantId: 'Id of the grant',
    grantHint: 'A number is proposed; a reference of your own will do too (letters without accents, digits, hyphens).',
    scheme: 'Scheme',
    amount: 'Amount granted',
    beneficiary: 'Beneficiary',
    name: 'Registered name',
    nameHint: 'Never the name of a natural person.',
    siret: 'SIRET',
    rna: 'RNA',
    rnaHint: 'For an association without SIRET: W and nine digits.',
    commune: 'INSEE code of the commune',
    agreement: 'Agreement',
    number: 'Number of the agreement',
    signedOn: 'Signed on',
    from: 'Period, from',
    to: 'Period, to',
    instructedBy: 'Instructing authority',
    postId: 'Post',
    postHint: 'Emplois-tremplins: the id of the post, POSTE-2010-00042 for instance.',
    reason: 'Reason',
    reasonHint: 'If the beneficiary has an open grant of the same scheme: why this one is no double.',
    awarded: 'Grant awarded.',
  },
};

export function AwardGrantPage({ form, names }: { readonly form: FormState; readonly names: Names }) {
  const texts = useTexts(awardTexts);
  const { person } = useVisitor();
  // an officer awards for their own authority alone (0029)
  const instructing = names.funders.filter(({ value }) => person?.role === 'admin' || value === person?.funderId);
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <Form action="/grants" form={form} send={texts.title}>
        <div class="split">
          <div>
            <TextField form={form} name="grantId" label={texts.grantId} hint={texts.grantHint} autoComplete="off" />
            <SelectField form={form} name="schemeId" label={texts.scheme} choices={names.schemes} />
            <EurosField form={form} name="amountCents" label={texts.amount} />
            <SelectField form={form} name="instructedBy" label={texts.instructedBy} choices={instructing} />
            <TextField
              form={form}
              name="postId"
              label={texts.postId}
              hint={texts.postHint}
              autoComplete="off"
              optional
            />
            <LongTextField form={form} name="overrideReason" label={texts.reason} hint={texts.reasonHint} optional />
          </div>
          <div>
            <h2>{texts.beneficiary}</h2>
            <TextField
              form={form}
              name="beneficiary.name"
              label={texts.name}
              hint={texts.nameHint}
              autoComplete="off"
            />
            <TextField form={form} name="beneficiary.siret" label={texts.siret} inputMode="numeric" optional />
            <TextField form={form} name="beneficiary.rna" label={texts.rna} hint={texts.rnaHint} optional />
            <TextField form={form} name="beneficiary.commune" label={texts.commune} optional />
            <h2>{texts.agreement}</h2>
            <TextField form={form} name="agreement.number" label={texts.number} autoComplete="off" />
            <DayField form={form} name="agreement.signedOn" label={texts.signedOn} />
            <DayField form={form} name="period.from" label={texts.from} />
            <DayField form={form} name="period.to" label={texts.to} />
          </div>
        </div>
      </Form>
    </>
  );
}
