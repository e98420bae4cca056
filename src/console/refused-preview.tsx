/** What stands in a preview when the API would refuse what was typed so far. */

import { Alert } from './alert.js';
import type { FormState, Refusal } from './form-state.js';

export interface RefusedPreview {
  readonly is: 'refused';
  readonly refusal: Refusal;
  /** The messages of single fields. */
  readonly wrong: readonly string[];
}

/** @param form as `ConsoleApi.submit` gives it back */
export function refusedPreview({ refusal, wrong }: FormState): RefusedPreview {
  return { is: 'refused', refusal: refusal!, wrong: [...wrong.values()] };
}

export function Refused({ title, preview }: { readonly title: string; readonly preview: RefusedPreview }) {
  return (
    <Alert kind="warning" title={title}>
      <p>{preview.refusal.detail}</p>
      {preview.wrong.length > 0 && (
        <ul>
          {preview.wrong.map((message) => (
            <li>{message}</li>
          ))}
        </ul>
      )}
    </Alert>
  );
}
