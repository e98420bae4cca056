/** The sign-in page: a name and a password; in the demonstration, one button a role. */

import { Form, ButtonForm } from '../console/form.js';
import { HiddenField, TextField } from '../console/field.js';
import type { FormState } from '../console/form-state.js';
import { ROLE_NAMES } from '../console/layout.js';
import { withQuery } from '../console/links.js';
import { useLanguage, useTexts } from '../console/reading.js';
import type { DemoPerson } from './demo-people.js';

export const signInTexts = {
  fr: {
    title: 'Connexion',
    lead: 'Qui a payé quoi, pour qui, et qui doit encore à qui : au centime près.',
    name: 'Nom du compte',
    nameHint: 'Un pseudonyme de poste, par exemple poste-1',
    password: 'Mot de passe',
    send: 'Se connecter',
    provider: 'Se connecter avec mon compte professionnel',
    providerLead:
      'Le fournisseur d’identité de votre collectivité vous reconnaît ; il dit ici votre rôle, rien d’autre n’est conservé.',
    demo: 'Démonstration',
    demoLead: 'Un historique fictif, de 2007 à 2016. Entrez d’un clic, dans le rôle de votre choix.',
    can: {
      officer: 'enregistre les versements, les annulations, les reversements',
      controller: 'suit les soldes, appelle les fonds, clôt les exercices',
      auditor: 'remonte l’historique et vérifie ; n’écrit rien',
      admin: 'ouvre les dispositifs, tient les clés et les comptes',
    },
  },
  en: {
    title: 'Sign in',
    lead: 'Who paid what, for whom, and who still owes whom: to the cent.',
    name: 'Account name',
    nameHint: 'The pseudonym of a post, poste-1 for instance',
    password: 'Password',
    send: 'Sign in',
    provider: 'Sign in with my work account',
    providerLead: 'Your authority’s identity provider recognises you; it says your role here, nothing else is kept.',
    demo: 'Demonstration',
    demoLead: 'A fictive history, 2007 to 2016. Come in with one click, in the role of your choice.',
    can: {
      officer: 'records payments, reversals, recoveries',
      controller: 'follows the balances, calls funds, closes exercices',
      auditor: 'goes back in history and verifies; writes nothing',
      admin: 'opens schemes, keeps the keys and the accounts',
    },
  },
};

interface SignInProps {
  readonly form: FormState;
  readonly next: string;
  /** Whom the demonstration lets in with one click. */
  readonly people: readonly DemoPerson[];
  /** What signs in: a password of this server, or the authorities' identity provider. */
  readonly by: 'password' | 'provider';
}

export function SignInPage({ form, next, people, by }: SignInProps) {
  const texts = useTexts(signInTexts);
  const language = useLanguage();
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <div class="split">
        {people.length > 0 && (
          <section class="sheet">
            <h2>{texts.demo}</h2>
            <p>{texts.demoLead}</p>
            <ul class="people">
              {people.map(({ name, role, authority }) => (
                <li>
                  <ButtonForm
                    action="/sign-in/demo"
                    fields={{ name, next }}
                    label={
                      <>
                        {ROLE_NAMES[language][role]} · {authority}
                        <small>{texts.can[role]}</small>
                      </>
                    }
                  />
                </li>
              ))}
            </ul>
          </section>
        )}
        {by === 'provider' ? <Provider next={next} /> : <Password form={form} next={next} />}
      </div>
    </>
  );
}

function Provider({ next }: Pick<SignInProps, 'next'>) {
  const texts = useTexts(signInTexts);
  return (
    <section class="sheet narrow">
      <p>{texts.providerLead}</p>
      <p class="actions">
        <a class="button" href={withQuery('/sign-in/oidc', { next })}>
          {texts.provider}
        </a>
      </p>
    </section>
  );
}

function Password({ form, next }: Pick<SignInProps, 'form' | 'next'>) {
  const texts = useTexts(signInTexts);
  return (
    <section class="sheet narrow">
      <Form action="/sign-in" form={form} send={texts.send}>
        <HiddenField form={{ ...form, typed: { next } }} name="next" />
        <TextField form={form} name="name" label={texts.name} hint={texts.nameHint} autoComplete="username" />
        <TextField form={form} name="password" type="password" label={texts.password} autoComplete="current-password" />
      </Form>
    </section>
  );
}
