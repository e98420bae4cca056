/** What a decision or a document is about, as events name it. */

export const concernKinds = ['grant', 'scheme', 'contract', 'split-key'] as const;

export type ConcernKind = (typeof concernKinds)[number];

/** Its id in the ledger; of a split key the scheme's id, `~`, the version: `insertion~2`. */
export interface Concern {
  readonly kind: ConcernKind;
  readonly id: string;
}

/** `kind:id`, as questions name it. */
export function concernKey({ kind, id }: Concern): string {
  return `${kind}:${id}`;
}
