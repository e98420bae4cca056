/** The account of the person signed in: who they are for the ledger, and a change of password. */

import { Facts } from '../console/facts.js';
import { TextField } from '../console/field.js';
import { Form } from '../console/form.js';
import type { FormState } from '../console/form-state.js';
import { ROLE_NAMES } from '../console/layout.js';
import { useLanguage, useTexts } from '../console/reading.js';
import type { Person } from '../console/visitor.js';

export const accountTexts = {
  fr: {
    title: 'Mon compte',
    name: 'Nom du compte',
    role: 'Rôle',
    funder: 'Collectivité',
    actor: 'Dans le journal',
    password: 'Changer de mot de passe',
    current: 'Mot de passe actuel',
    next: 'Nouveau mot de passe',
    hint: '12 caractères au moins, sans le nom du compte',
    again: 'Nouveau mot de passe, encore une fois',
    send: 'Changer le mot de passe',
    differs: 'Les deux saisies du nouveau mot de passe diffèrent.',
    wrong: 'Ce n’est pas le mot de passe actuel, ou trop d’essais ont échoué.',
    changed: 'Mot de passe changé. Les autres sessions de ce compte sont fermées.',
  },
  en: {
    title: 'My account',
    name: 'Account name',
    role: 'Role',
    funder: 'Funder',
    actor: 'In the log',
    password: 'Change the password',
    current: 'Current password',
    next: 'New password',
    hint: '12 characters at least, without the account’s name',
    again: 'New password, once more',
    send: 'Change the password',
    differs: 'The two entries of the new password differ.',
    wrong: 'This is not the current password, or too many tries failed.',
    changed: 'Password changed. The other sessions of this account are closed.',
  },
};

interface AccountProps {
  readonly person: Person;
  readonly funderName: string;
  /** Undefined where no password of this server opens it. */
  readonly form: FormState | undefined;
}

export function AccountPage({ person, funderName, form }: AccountProps) {
  const texts = useTexts(accountTexts);
  const language = useLanguage();
  return (
    <>
      <h1>{texts.title}</h1>
      <Facts
        facts={[
          [texts.name, person.name],
          [texts.role, ROLE_NAMES[language][person.role]],
          [texts.funder, funderName],
          [texts.actor, <code>{person.actor}</code>],
        ]}
      />
      {form && <PasswordForm form={form} />}
    </>
  );
}

function PasswordForm({ form }: { readonly form: FormState }) {
  const texts = useTexts(accountTexts);
  return (
    <section class="sheet narrow">
      <h2>{texts.password}</h2>
      <Form action="/account/password" form={form} send={texts.send}>
        <TextField form={form} name="current" type="password" label={texts.current} autoComplete="current-password" />
        <TextField
          form={form}
          name="password"
          type="password"
          label={texts.next}
          hint={texts.hint}
          autoComplete="new-password"
        />
        <TextField form={form} name="again" type="password" label={texts.again} autoComplete="new-password" />
      </Form>
    </section>
  );
}
