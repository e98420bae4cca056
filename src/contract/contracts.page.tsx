/** The framework contracts: each leads to its axes, its envelope and what is consumed of them. */

import { StatusBadge } from '../console/badge.js';
import { Day } from '../console/day.js';
import { useTexts } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import type { ContractsAnswer } from './show-contracts.js';

export const contractsTexts = {
  fr: {
    title: 'Contrats-cadres',
    lead: 'Ce que les collectivités ont convenu ensemble : une enveloppe, des axes, et les dispositifs qui s’y rattachent.',
    name: 'Contrat',
    id: 'Identifiant',
    signedOn: 'Signé le',
    state: 'État',
    states: { 'in-force': 'En vigueur', denounced: 'Dénoncé' } as Readonly<Record<string, string>>,
    empty: 'Aucun contrat-cadre n’est enregistré. L’administration en enregistre un par l’API (POST /contracts).',
  },
  en: {
    title: 'Framework contracts',
    lead: 'What the funders have agreed together: an envelope, axes, and the schemes attached to them.',
    name: 'Contract',
    id: 'Id',
    signedOn: 'Signed on',
    state: 'State',
    states: { 'in-force': 'In force', denounced: 'Denounced' } as Readonly<Record<string, string>>,
    empty: 'No framework contract is recorded. Administrators record one through the API (POST /contracts).',
  },
};

export function ContractsPage({ contracts }: { readonly contracts: ContractsAnswer }) {
  const texts = useTexts(contractsTexts);
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <DataTable
        caption={texts.title}
        captionHidden
        rows={contracts.data}
        empty={texts.empty}
        columns={[
          {
            title: texts.name,
            kind: 'head',
            cell: ({ contractId, name }) => <a href={`/contracts/${contractId}`}>{name}</a>,
          },
          { title: texts.id, cell: ({ contractId }) => <code>{contractId}</code> },
          { title: texts.signedOn, cell: ({ signedOn }) => <Day on={signedOn} /> },
          { title: texts.state, cell: ({ status }) => <ContractState status={status} /> },
        ]}
      />
    </>
  );
}

export function ContractState({ status }: { readonly status: string }) {
  const { states } = useTexts(contractsTexts);
  return <StatusBadge tone={status === 'in-force' ? 'good' : 'plain'}>{states[status] ?? status}</StatusBadge>;
}
