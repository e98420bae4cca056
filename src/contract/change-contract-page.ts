/** GET and POST /contracts/:contractId/acts/:act, the pages — what is recorded on a framework contract. */

import { Body, Controller, Get, NotFoundException, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { IdParam } from '#libs/nest/id-param';
import { TransportError } from '#libs/nest/problem';
import { Allowed, CLOSERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { typedOf } from '../console/form-body.js';
import { asTyped, type FormFields, type Typed } from '../console/form-fields.js';
import { freshForm, type FormState } from '../console/form-state.js';
import { namesFor } from '../console/names.js';
import { Page, SeeOther } from '../console/page.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { ContractActPage, contractActTexts } from './contract-act.page.js';
import { actsOf, contractActs, type ContractAct } from './contract-acts.js';
import { contractsTexts } from './contracts.page.js';
import type { ContractAnswer } from './show-contract.js';

const FIELDS: Readonly<Record<ContractAct, FormFields>> = {
  'cper-part': { grantId: 'text', cperCents: 'euros', notedOn: 'day', act: 'text' },
  scheme: {
    schemeId: 'text',
    axisId: 'text',
    subContractId: 'text',
    splitBy: 'text',
    attachedOn: 'day',
    act: 'text',
  },
  detachment: { schemeId: 'text', detachedOn: 'day', reason: 'text', act: 'text' },
  'sub-contract': {
    subContractId: 'text',
    kind: 'text',
    name: 'text',
    axisId: 'text',
    signedOn: 'day',
    'period.from': 'day',
    'period.to': 'day',
    amountCents: 'euros',
    act: 'text',
  },
  denunciation: { denouncedBy: 'text', denouncedOn: 'day', effectiveOn: 'day', act: 'text', reason: 'text' },
};

/** Below the contract's address in the API. */
const PATHS: Readonly<Record<Exclude<ContractAct, 'detachment'>, string>> = {
  'cper-part': 'cper-parts',
  scheme: 'schemes',
  'sub-contract': 'sub-contracts',
  denunciation: 'denunciation',
};

@ApiExcludeController()
@Controller('contracts/:contractId/acts/:act')
export class ChangeContractPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...CLOSERS)
  async show(
    @Param('contractId', IdParam) contractId: string,
    @Param('act') asked: string,
    @ReadBy() reader: Reader,
  ): Promise<Page> {
    return this.page(reader, contractId, actOf(asked, reader), freshForm());
  }

  @Post()
  @Allowed(...CLOSERS)
  async change(
    @Param('contractId', IdParam) contractId: string,
    @Param('act') asked: string,
    @Body() body: Typed,
    @ReadBy() reader: Reader,
  ): Promise<Page | SeeOther> {
    const act = actOf(asked, reader);
    const typed = typedOf(body);
    const sent =
      act === 'detachment'
        ? await this.detach(reader, contractId, typed)
        : await this.api.submit(reader, `/contracts/${contractId}/${PATHS[act]}`, FIELDS[act], typed);
    if (sent.outcome === 'refused') return this.page(reader, contractId, act, { ...sent.form, typed });
    return new SeeOther(`/contracts/${contractId}`, contractActTexts[reader.language].done);
  }

  /** Which scheme stands in the address, the rest in the body. */
  private async detach(reader: Reader, contractId: string, typed: Typed) {
    const { schemeId: _, ...body } = typed;
    const { schemeId: __, ...fields } = FIELDS.detachment;
    // nothing chosen is a scheme that there is not
    const schemeId = encodeURIComponent(asTyped(typed, 'schemeId') || '-');
    return this.api.submit(reader, `/contracts/${contractId}/schemes/${schemeId}/detachment`, fields, body);
  }

  private async page(reader: Reader, contractId: string, act: ContractAct, form: FormState): Promise<Page> {
    const [contract, names] = await Promise.all([
      this.api.get<ContractAnswer>(reader, `/contracts/${contractId}`),
      namesFor(this.api, reader),
    ]);
    const body = h(ContractActPage, { contract, act, fields: FIELDS[act], form, names });
    const crumbs = [
      { href: '/contracts', text: contractsTexts[reader.language].title },
      { href: `/contracts/${contractId}`, text: contract.name },
    ];
    const title = contractActTexts[reader.language].titles[act];
    return new Page(title, body, { status: form.refusal?.status ?? 200, crumbs });
  }
}

/** @throws TransportError ROLE_REQUIRED for what only others may record */
function actOf(asked: string, { person }: Reader): ContractAct {
  const act = contractActs.find((each) => each === asked);
  if (act === undefined) throw new NotFoundException();
  if (!actsOf(person.role).includes(act)) throw new TransportError('ROLE_REQUIRED');
  return act;
}
