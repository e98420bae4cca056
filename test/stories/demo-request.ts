/** The demonstration's steps as the requests that a program would send. */

import type { DemoCommand } from '../../src/demo/agenda.js';

export interface DemoRequest {
  /** Below `/api/v1`. */
  readonly path: string;
  readonly body: object;
}

/** @param called what a call for funds asked of each funder, in cents; it was issued before */
export function requestOf(command: DemoCommand, called: (callId: string, funderId: string) => number): DemoRequest {
  switch (command.type) {
    case 'OpenScheme':
      return request('/schemes', command);
    case 'NameOffice': {
      const { funderId, ...rest } = command;
      return request(`/funders/${funderId}/offices`, rest);
    }
    case 'AgreeScale': {
      const { schemeId, ...rest } = command;
      return request(`/schemes/${schemeId}/scales`, rest);
    }
    case 'AnswerReferral': {
      const { answeredFor: _, ...rest } = command;
      return request('/referrals', rest);
    }
    case 'SetCeiling': {
      const { schemeId, ...rest } = command;
      return request(`/schemes/${schemeId}/ceilings`, rest);
    }
    case 'SignContract':
      return request('/contracts', command);
    case 'AttachScheme': {
      const { contractId, ...rest } = command;
      return request(`/contracts/${contractId}/schemes`, rest);
    }
    case 'ConcludeSubContract': {
      const { contractId, ...rest } = command;
      return request(`/contracts/${contractId}/sub-contracts`, rest);
    }
    case 'AwardGrant':
      return request('/grants', command);
    case 'RecordPayment': {
      const { grantId, by: _, ...rest } = command;
      return request(`/grants/${grantId}/payments`, rest);
    }
    case 'DecideProposal': {
      const { grantId, paymentId, by: _, ...rest } = command;
      return request(`/approvals/${grantId}~${paymentId}`, rest);
    }
    case 'RecordBankReturn': {
      const { grantId, paymentId, ...rest } = command;
      return request(`/grants/${grantId}/payments/${paymentId}/bank-return`, rest);
    }
    case 'ReissuePayment': {
      const { grantId, paymentId, ...rest } = command;
      return request(`/grants/${grantId}/payments/${paymentId}/reissue`, rest);
    }
    case 'IssueFundingCall':
      return request('/settlement/calls', command);
    case 'PayCall': {
      const { lessCents = 0, ...rest } = command;
      const amountCents = called(command.callId, command.from) - lessCents;
      return request('/settlement/contributions', { ...rest, amountCents });
    }
    case 'SetBudget': {
      const { exercice, ...rest } = command;
      return request('/ceilings', { ...rest, ...(exercice === null ? {} : { exercice }) });
    }
    case 'SealNow':
      return request('/seals', command);
    default:
      throw new Error(`no request is known for ${command.type}`);
  }
}

function request(path: string, command: object): DemoRequest {
  const { type: _, ...body } = command as { readonly type?: string };
  return { path, body };
}
