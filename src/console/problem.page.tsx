/** The page of a problem: what happened, in the reader's words, and the reference that the server's log has. */

import type { Problem } from '#libs/nest/problem';
import { useTexts } from './reading.js';

const TEXTS = {
  fr: { home: 'Retour à l’accueil', reference: 'Référence' },
  en: { home: 'Back to the home page', reference: 'Reference' },
};

export function problemPage(problem: Problem) {
  return <ProblemPage {...problem} />;
}

function ProblemPage({ title, detail, status, code, instance, errors = [] }: Problem) {
  const texts = useTexts(TEXTS);
  return (
    <article class="problem">
      <p class="problem-status">{status}</p>
      <h1>{title}</h1>
      <p>{detail}</p>
      {errors.length > 0 && (
        <ul>
          {errors.map((error) => (
            <li>
              {error.pointer && <code>{error.pointer}</code>} {error.detail ?? error.code}
            </li>
          ))}
        </ul>
      )}
      <p>
        <a class="button" href="/">
          {texts.home}
        </a>
      </p>
      <p class="hint">
        {code} · {texts.reference} {instance.replace('urn:uuid:', '')}
      </p>
    </article>
  );
}
