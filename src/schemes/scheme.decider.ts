/** The rules of a scheme: who funds it under which key (R8), how much a year may take (R19), until when. */

import type { Day } from '#libs/calendar/day';
import type { Decider } from '#libs/decider/decider';
import { sameContent } from '#libs/decider/same-content';
import type { ContributionsBinding } from '../contract/contract.state.js';
import type { BeneficiaryKind, CeilingMode, KeyPart, KeyScope, ScaleLine, SchemeEvent } from './scheme.events.js';
import { reject } from './scheme.rejections.js';
import { evolveScheme, unknownScheme, type OpenedScheme, type Scheme } from './scheme.state.js';

export interface OpenScheme {
  readonly type: 'OpenScheme';
  readonly schemeId: string;
  readonly name: string;
  readonly beneficiaryKind: BeneficiaryKind;
  readonly payer: string;
  readonly splitKey: readonly KeyPart[];
  /** The key's own order when absent. */
  readonly tieOrder?: readonly string[];
  readonly openedOn: Day;
  readonly axisId?: string;
  readonly approvalThresholdCents?: number;
  readonly graceDays?: number;
}

export interface AgreeSplitKey {
  readonly type: 'AgreeSplitKey';
  readonly schemeId: string;
  readonly splitKey: readonly KeyPart[];
  readonly effectiveFrom: Day;
  readonly appliesTo: KeyScope;
  readonly act: string;
}

export interface SetCeiling {
  readonly type: 'SetCeiling';
  readonly schemeId: string;
  readonly exercice: number;
  readonly amountCents: number;
  readonly mode: CeilingMode;
  readonly act: string;
}

export interface CloseScheme {
  readonly type: 'CloseScheme';
  readonly schemeId: string;
  readonly closedOn: Day;
  readonly reason: string;
}

export interface AgreeScale {
  readonly type: 'AgreeScale';
  readonly schemeId: string;
  readonly act: string;
  readonly effectiveFrom: Day;
  readonly label: string;
  readonly lines: readonly ScaleLine[];
}

export type SchemeCommand = OpenScheme | AgreeSplitKey | SetCeiling | CloseScheme | AgreeScale;

/** What a scheme's decisions use from elsewhere. */
export interface SchemeTerms {
  isFunder(funderId: string): boolean;
  /** The last day of a payment of the scheme so far; undefined when there is none. */
  lastPaidOn(schemeId: string): Day | undefined;
  /** The last day an agreement of the scheme was signed so far. */
  lastSignedOn(schemeId: string): Day | undefined;
  /** The contract whose contributions the scheme's key follows from a day on, where its attachment says so. */
  contributionsBinding(schemeId: string, from: Day): ContributionsBinding | undefined;
}

export const schemeDecider: Decider<Scheme, SchemeCommand, SchemeEvent, SchemeTerms> = {
  initial: unknownScheme,

  decide(command, scheme, terms) {
    if (command.type === 'OpenScheme') return open(command, scheme, terms);
    if (scheme.status === 'unknown') throw reject('SCHEME_UNKNOWN', { schemeId: command.schemeId });
    switch (command.type) {
      case 'AgreeSplitKey':
        return agreeSplitKey(command, scheme, terms);
      case 'SetCeiling':
        return setCeiling(command, scheme);
      case 'CloseScheme':
        return close(command, scheme);
      case 'AgreeScale':
        return agreeScale(command, scheme);
    }
  },

  evolve: evolveScheme,
};

function open({ type: _, ...asked }: OpenScheme, scheme: Scheme, terms: SchemeTerms): readonly SchemeEvent[] {
  const { schemeId, splitKey } = asked;
  const tieOrder = asked.tieOrder ?? splitKey.map((part) => part.funderId);
  const opened = { ...asked, tieOrder, graceDays: asked.graceDays ?? 0 };
  if (scheme.status !== 'unknown') {
    if (sameContent(scheme.opened, opened)) return [];
    throw reject('SCHEME_ID_REUSED', { schemeId });
  }
  checkKey(splitKey, asked.payer, terms);
  if (tieOrder.length !== splitKey.length || splitKey.some((part) => !tieOrder.includes(part.funderId)))
    throw reject('TIE_ORDER_MISMATCH', { schemeId });
  return [{ type: 'SchemeOpened.v1', data: opened }];
}

function agreeSplitKey(
  { type: _, ...asked }: AgreeSplitKey,
  scheme: OpenedScheme,
  terms: SchemeTerms,
): readonly SchemeEvent[] {
  const { schemeId, act, effectiveFrom } = asked;
  const known = scheme.keys.find((key) => key.version > 1 && key.act === act);
  if (known !== undefined) {
    const { parts: splitKey, appliesTo } = known;
    if (sameContent(asked, { schemeId, splitKey, effectiveFrom: known.effectiveFrom, appliesTo, act })) return [];
    throw reject('SPLIT_KEY_ACT_REUSED', { schemeId, act });
  }
  refuseClosed(scheme, effectiveFrom);
  checkKey(asked.splitKey, scheme.opened.payer, terms);
  const last = scheme.keys.at(-1)!;
  if (effectiveFrom <= last.effectiveFrom)
    throw reject('SPLIT_KEY_OUT_OF_ORDER', { schemeId, lastOn: last.effectiveFrom });
  const lastOn = asked.appliesTo === 'all-payments' ? terms.lastPaidOn(schemeId) : terms.lastSignedOn(schemeId);
  if (lastOn !== undefined && effectiveFrom <= lastOn) throw reject('SPLIT_KEY_RETROACTIVE', { schemeId, lastOn });
  const binding = terms.contributionsBinding(schemeId, effectiveFrom);
  if (binding?.isFollowedBy(asked.splitKey) === false)
    throw reject('SPLIT_KEY_NOT_THE_CONTRACTS', { schemeId, contractId: binding.contractId });
  const newcomers = asked.splitKey.map((part) => part.funderId).filter((id) => !scheme.tieOrder.includes(id));
  const tieOrder = [...scheme.tieOrder, ...newcomers];
  return [{ type: 'SplitKeyAgreed.v1', data: { ...asked, version: last.version + 1, tieOrder } }];
}

function setCeiling({ type: _, ...asked }: SetCeiling, scheme: OpenedScheme): readonly SchemeEvent[] {
  const { schemeId, exercice, act } = asked;
  const known = scheme.ceilingsSet.find((ceiling) => ceiling.exercice === exercice && ceiling.act === act);
  if (known !== undefined) {
    if (sameContent(known, asked)) return [];
    throw reject('CEILING_ACT_REUSED', { schemeId, exercice, act });
  }
  return [{ type: 'CeilingSet.v1', data: asked }];
}

function close({ type: _, ...asked }: CloseScheme, scheme: OpenedScheme): readonly SchemeEvent[] {
  const { schemeId, closedOn } = asked;
  if (scheme.closing !== undefined) {
    if (sameContent(scheme.closing, asked)) return [];
    throw reject('SCHEME_CLOSED', { schemeId, closedOn: scheme.closing.closedOn });
  }
  const { openedOn } = scheme.opened;
  if (closedOn < openedOn) throw reject('SCHEME_NOT_YET_OPEN', { schemeId, openedOn });
  return [{ type: 'SchemeClosed.v1', data: asked }];
}

function agreeScale({ type: _, ...asked }: AgreeScale, scheme: OpenedScheme): readonly SchemeEvent[] {
  const { schemeId, act, effectiveFrom, lines } = asked;
  const known = scheme.scales.find((scale) => scale.act === act);
  if (known !== undefined) {
    const { version: __, ...content } = known;
    if (sameContent(content, asked)) return [];
    throw reject('SCALE_ACT_REUSED', { schemeId, act });
  }
  const { openedOn } = scheme.opened;
  if (effectiveFrom < openedOn) throw reject('SCHEME_NOT_YET_OPEN', { schemeId, openedOn });
  refuseClosed(scheme, effectiveFrom);
  const last = scheme.scales.at(-1);
  if (last !== undefined && effectiveFrom <= last.effectiveFrom)
    throw reject('SCALE_OUT_OF_ORDER', { schemeId, lastOn: last.effectiveFrom });
  // a line is followed from one version to the next by its label
  const twice = lines.find((line, i) => lines.findIndex(({ label }) => label === line.label) < i);
  if (twice !== undefined) throw reject('SCALE_LINE_TWICE', { label: twice.label });
  return [{ type: 'ScaleAgreed.v1', data: { ...asked, version: (last?.version ?? 0) + 1 } }];
}

function checkKey(parts: readonly KeyPart[], payer: string, terms: SchemeTerms): void {
  const seen = new Set<string>();
  for (const { funderId } of parts) {
    if (seen.has(funderId)) throw reject('SPLIT_KEY_FUNDER_TWICE', { funderId });
    if (!terms.isFunder(funderId)) throw reject('SCHEME_FUNDER_UNKNOWN', { funderId });
    seen.add(funderId);
  }
  if (!seen.has(payer)) throw reject('PAYER_OUTSIDE_KEY', { payer });
}

function refuseClosed(scheme: OpenedScheme, on: Day): void {
  if (scheme.closing !== undefined && on > scheme.closing.closedOn)
    throw reject('SCHEME_CLOSED', { schemeId: scheme.opened.schemeId, closedOn: scheme.closing.closedOn });
}
