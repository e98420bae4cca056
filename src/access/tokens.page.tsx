/** The tokens of programs on this server: what they may do, until when; a new one is shown once. */

import { Alert } from '../console/alert.js';
import { StatusBadge } from '../console/badge.js';
import { Instant } from '../console/day.js';
import { TextField } from '../console/field.js';
import { ButtonForm, Form } from '../console/form.js';
import type { FormState } from '../console/form-state.js';
import { ROLE_NAMES } from '../console/layout.js';
import { nameOf, type Names } from '../console/names.js';
import { useLanguage, useTexts } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import { HolderFields } from './accounts.page.js';
import type { IssuedTokenAnswer, TokenAnswer } from './manage-tokens.js';

export const tokensTexts = {
  fr: {
    title: 'Jetons d’API',
    lead: 'Un jeton ouvre l’API à un programme, dans un rôle, pour une collectivité, jusqu’à une date. Seule son empreinte est conservée.',
    issue: 'Émettre un jeton',
    caption: 'Jetons émis',
    empty: 'Aucun jeton. Émettez-en un pour chaque programme qui lit ou enregistre.',
    holder: 'Titulaire',
    holderHint: 'Un pseudonyme, le même d’un jeton au suivant, par exemple logiciel-paie.',
    scope: 'Portée',
    issuedAt: 'Émis le',
    expiresAt: 'Expire le',
    state: 'État',
    valid: 'Valide',
    expired: 'Expiré',
    revoked: 'Révoqué',
    acts: 'Actes',
    revoke: 'Révoquer',
    days: 'Durée, en jours',
    daysHint: '365 jours si le champ reste vide.',
    shownOnce: 'Voici le jeton : copiez-le maintenant, il ne sera plus jamais montré.',
    use: 'À envoyer avec chaque requête : Authorization: Bearer <jeton>.',
    back: 'Retour aux jetons',
    done: 'Jeton révoqué ; il n’ouvre plus rien.',
  },
  en: {
    title: 'API tokens',
    lead: 'A token opens the API to a program, in a role, for a funder, until a day. Only its hash is kept.',
    issue: 'Issue a token',
    caption: 'Issued tokens',
    empty: 'No token. Issue one for each program that reads or records.',
    holder: 'Holder',
    holderHint: 'A pseudonym, the same from one token to the next, payroll-program for instance.',
    scope: 'Scope',
    issuedAt: 'Issued',
    expiresAt: 'Expires',
    state: 'State',
    valid: 'Valid',
    expired: 'Expired',
    revoked: 'Revoked',
    acts: 'Acts',
    revoke: 'Revoke',
    days: 'Days it lasts',
    daysHint: '365 days when left empty.',
    shownOnce: 'This is the token: copy it now, it is never shown again.',
    use: 'To be sent with every request: Authorization: Bearer <token>.',
    back: 'Back to the tokens',
    done: 'Token revoked; it opens nothing any longer.',
  },
};

interface TokensProps {
  readonly tokens: readonly TokenAnswer[];
  readonly names: Names;
  /** RFC 3339, UTC: what ended before it is over. */
  readonly now: string;
}

export function TokensPage({ tokens, names, now }: TokensProps) {
  const texts = useTexts(tokensTexts);
  const language = useLanguage();
  const stateOf = ({ revokedAt, expiresAt }: TokenAnswer) =>
    revokedAt === null ? (expiresAt > now ? 'valid' : 'expired') : 'revoked';
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <p class="actions">
        <a class="button" href="/tokens/new">
          {texts.issue}
        </a>
      </p>
      <DataTable
        caption={texts.caption}
        captionHidden
        rows={tokens.toReversed()}
        empty={texts.empty}
        columns={[
          { title: texts.holder, kind: 'head', cell: ({ name }) => <code>{name}</code> },
          {
            title: texts.scope,
            cell: ({ role, funderId }) => `${ROLE_NAMES[language][role]} · ${nameOf(names.funders, funderId)}`,
          },
          { title: texts.issuedAt, cell: ({ issuedAt }) => <Instant at={issuedAt} /> },
          { title: texts.expiresAt, cell: ({ expiresAt }) => <Instant at={expiresAt} /> },
          {
            title: texts.state,
            cell: (token) => (
              <StatusBadge tone={stateOf(token) === 'valid' ? 'good' : 'plain'}>{texts[stateOf(token)]}</StatusBadge>
            ),
          },
          {
            title: texts.acts,
            cell: (token) =>
              stateOf(token) === 'valid' ? (
                <ButtonForm
                  action={`/tokens/${token.tokenId}/revocation`}
                  quiet
                  label={
                    <>
                      {texts.revoke}
                      <span class="unseen">
                        {' '}
                        {token.name} {token.tokenId}
                      </span>
                    </>
                  }
                />
              ) : (
                '–'
              ),
          },
        ]}
      />
    </>
  );
}

export function IssueTokenPage({ form, names }: { readonly form: FormState; readonly names: Names }) {
  const texts = useTexts(tokensTexts);
  return (
    <>
      <h1>{texts.issue}</h1>
      <p class="lead">{texts.lead}</p>
      <Form action="/tokens" form={form} send={texts.issue}>
        <TextField form={form} name="name" label={texts.holder} hint={texts.holderHint} autoComplete="off" />
        <HolderFields form={form} names={names} />
        <TextField
          form={form}
          name="days"
          label={texts.days}
          hint={texts.daysHint}
          inputMode="numeric"
          autoComplete="off"
          optional
        />
      </Form>
    </>
  );
}

export function IssuedTokenPage({ issued }: { readonly issued: IssuedTokenAnswer }) {
  const texts = useTexts(tokensTexts);
  return (
    <>
      <h1>{issued.name}</h1>
      <Alert kind="warning" title={texts.shownOnce} focused>
        <p>
          <code class="secret">{issued.token}</code>
        </p>
        <p>{texts.use}</p>
      </Alert>
      <p>
        {texts.expiresAt} <Instant at={issued.expiresAt} />
      </p>
      <p class="actions">
        <a class="button quiet" href="/tokens">
          {texts.back}
        </a>
      </p>
    </>
  );
}
