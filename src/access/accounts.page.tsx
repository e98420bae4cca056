/** The accounts of people on this server, and the forms that create one and give one another password. */

import { StatusBadge } from '../console/badge.js';
import { Instant } from '../console/day.js';
import { SelectField, TextField } from '../console/field.js';
import { ButtonForm, Form } from '../console/form.js';
import type { FormState } from '../console/form-state.js';
import { ROLE_NAMES } from '../console/layout.js';
import { nameOf, type Names } from '../console/names.js';
import { useLanguage, useTexts, useVisitor } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import type { AccountAnswer } from './manage-accounts.js';
import { roles } from './roles.js';

export const accountsTexts = {
  fr: {
    title: 'Comptes d’accès',
    lead: 'Un compte est un poste, jamais un nom de personne ; son nom n’est jamais donné à un autre titulaire.',
    create: 'Créer un compte',
    caption: 'Comptes de ce serveur',
    empty: 'Aucun compte.',
    name: 'Nom du compte',
    nameHint: 'Un pseudonyme de poste, par exemple poste-1.',
    role: 'Rôle',
    funder: 'Collectivité',
    funderHint: 'Un agent n’enregistre que ce qui revient à sa collectivité ; l’administration n’est liée à aucune.',
    createdAt: 'Créé le',
    state: 'État',
    active: 'Actif',
    disabled: 'Désactivé',
    acts: 'Actes',
    yours: 'Votre compte',
    disabling: 'Désactiver',
    enabling: 'Réactiver',
    password: 'Mot de passe',
    newPassword: 'Nouveau mot de passe',
    passwordHint: '12 caractères au moins, sans le nom du compte.',
    ends: 'Les sessions ouvertes de ce compte se ferment aussitôt.',
    done: {
      created: 'Compte créé.',
      password: 'Mot de passe changé.',
      disabling: 'Compte désactivé.',
      enabling: 'Compte réactivé.',
    },
  },
  en: {
    title: 'User accounts',
    lead: 'An account is a post, never the name of a person; its name never goes to another holder.',
    create: 'Create an account',
    caption: 'Accounts of this server',
    empty: 'No account.',
    name: 'Account name',
    nameHint: 'The pseudonym of a post, poste-1 for instance.',
    role: 'Role',
    funder: 'Funder',
    funderHint: 'People record what is their own funder’s alone; an administrator is bound to none.',
    createdAt: 'Created',
    state: 'State',
    active: 'Active',
    disabled: 'Disabled',
    acts: 'Acts',
    yours: 'Your account',
    disabling: 'Disable',
    enabling: 'Enable',
    password: 'Password',
    newPassword: 'New password',
    passwordHint: '12 characters at least, without the account’s name.',
    ends: 'The open sessions of this account end at once.',
    done: {
      created: 'Account created.',
      password: 'Password changed.',
      disabling: 'Account disabled.',
      enabling: 'Account enabled.',
    },
  },
};

export function AccountsPage({
  accounts,
  names,
}: {
  readonly accounts: readonly AccountAnswer[];
  readonly names: Names;
}) {
  const texts = useTexts(accountsTexts);
  const language = useLanguage();
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <p class="actions">
        <a class="button" href="/accounts/new">
          {texts.create}
        </a>
      </p>
      <DataTable
        caption={texts.caption}
        captionHidden
        rows={accounts}
        empty={texts.empty}
        columns={[
          { title: texts.name, kind: 'head', cell: ({ name }) => <code>{name}</code> },
          { title: texts.role, cell: ({ role }) => ROLE_NAMES[language][role] },
          { title: texts.funder, cell: ({ funderId }) => nameOf(names.funders, funderId) },
          { title: texts.createdAt, cell: ({ createdAt }) => <Instant at={createdAt} /> },
          {
            title: texts.state,
            cell: ({ disabledAt }) => (
              <StatusBadge tone={disabledAt === null ? 'good' : 'bad'}>
                {disabledAt === null ? texts.active : texts.disabled}
              </StatusBadge>
            ),
          },
          { title: texts.acts, cell: (account) => <Acts account={account} /> },
        ]}
      />
    </>
  );
}

function Acts({ account: { name, disabledAt } }: { readonly account: AccountAnswer }) {
  const texts = useTexts(accountsTexts);
  const { person } = useVisitor();
  if (person?.name === name) return <a href="/account">{texts.yours}</a>;
  const act = disabledAt === null ? 'disabling' : 'enabling';
  return (
    <span class="row-acts">
      <a class="button quiet" href={`/accounts/${name}/password`}>
        {texts.password}
        <span class="unseen"> {name}</span>
      </a>
      <ButtonForm
        action={`/accounts/${name}/${act}`}
        quiet
        label={
          <>
            {texts[act]}
            <span class="unseen"> {name}</span>
          </>
        }
      />
    </span>
  );
}

/** The choices of who somebody is: a role and a funder. */
export function HolderFields({ form, names }: { readonly form: FormState; readonly names: Names }) {
  const texts = useTexts(accountsTexts);
  const language = useLanguage();
  return (
    <>
      <SelectField
        form={form}
        name="role"
        label={texts.role}
        choices={roles.map((value) => ({ value, text: ROLE_NAMES[language][value] }))}
      />
      <SelectField form={form} name="funderId" label={texts.funder} hint={texts.funderHint} choices={names.funders} />
    </>
  );
}

export function CreateAccountPage({ form, names }: { readonly form: FormState; readonly names: Names }) {
  const texts = useTexts(accountsTexts);
  return (
    <>
      <h1>{texts.create}</h1>
      <p class="lead">{texts.lead}</p>
      <Form action="/accounts" form={form} send={texts.create}>
        <TextField form={form} name="name" label={texts.name} hint={texts.nameHint} autoComplete="off" />
        <HolderFields form={form} names={names} />
        <TextField
          form={form}
          name="password"
          type="password"
          label={texts.password}
          hint={texts.passwordHint}
          autoComplete="new-password"
        />
      </Form>
    </>
  );
}

export function SetPasswordPage({ name, form }: { readonly name: string; readonly form: FormState }) {
  const texts = useTexts(accountsTexts);
  return (
    <>
      <h1>{texts.newPassword}</h1>
      <p class="lead">
        <code>{name}</code> · {texts.ends}
      </p>
      <Form action={`/accounts/${name}/password`} form={form} send={texts.newPassword}>
        <TextField
          form={form}
          name="password"
          type="password"
          label={texts.newPassword}
          hint={texts.passwordHint}
          autoComplete="new-password"
        />
      </Form>
    </>
  );
}
