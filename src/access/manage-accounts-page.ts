/** GET /accounts, /accounts/new, /accounts/:name/password; POST /accounts, /accounts/:name/:act, the pages — who may sign in. */

import { Body, Controller, Get, NotFoundException, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { IdParam } from '#libs/nest/id-param';
import { ConsoleApi } from '../console/api.js';
import { typedOf } from '../console/form-body.js';
import type { FormFields, Typed } from '../console/form-fields.js';
import { freshForm, type FormState } from '../console/form-state.js';
import { namesFor } from '../console/names.js';
import { Page, SeeOther } from '../console/page.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { AccountsPage, accountsTexts, CreateAccountPage, SetPasswordPage } from './accounts.page.js';
import type { AccountsAnswer } from './manage-accounts.js';
import { ADMINS, Allowed } from './roles.js';

const FIELDS = { name: 'text', role: 'text', funderId: 'text', password: 'secret' } as const satisfies FormFields;
const PASSWORD = { password: 'secret' } as const satisfies FormFields;

@ApiExcludeController()
@Controller('accounts')
export class ManageAccountsPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...ADMINS)
  async show(@ReadBy() reader: Reader): Promise<Page> {
    const [{ data: accounts }, names] = await Promise.all([
      this.api.get<AccountsAnswer>(reader, '/accounts'),
      namesFor(this.api, reader),
    ]);
    return new Page(accountsTexts[reader.language].title, h(AccountsPage, { accounts, names }));
  }

  @Get('new')
  @Allowed(...ADMINS)
  async prepare(@ReadBy() reader: Reader): Promise<Page> {
    return this.creating(reader, freshForm());
  }

  @Post()
  @Allowed(...ADMINS)
  async create(@Body() body: Typed, @ReadBy() reader: Reader): Promise<Page | SeeOther> {
    const sent = await this.api.submit(reader, '/accounts', FIELDS, typedOf(body));
    if (sent.outcome === 'refused') return this.creating(reader, sent.form);
    return new SeeOther('/accounts', accountsTexts[reader.language].done.created);
  }

  @Get(':name/password')
  @Allowed(...ADMINS)
  preparePassword(@Param('name', IdParam) name: string, @ReadBy() reader: Reader): Page {
    return settingPassword(reader, name, freshForm());
  }

  @Post(':name/password')
  @Allowed(...ADMINS)
  async setPassword(
    @Param('name', IdParam) name: string,
    @Body() body: Typed,
    @ReadBy() reader: Reader,
  ): Promise<Page | SeeOther> {
    const path = `/accounts/${name}/password`;
    const sent = await this.api.submit(reader, path, PASSWORD, typedOf(body));
    if (sent.outcome === 'refused') return settingPassword(reader, name, sent.form);
    return new SeeOther('/accounts', accountsTexts[reader.language].done.password);
  }

  @Post(':name/:act')
  @Allowed(...ADMINS)
  async change(
    @Param('name', IdParam) name: string,
    @Param('act') act: string,
    @ReadBy() reader: Reader,
  ): Promise<SeeOther> {
    if (act !== 'disabling' && act !== 'enabling') throw new NotFoundException();
    await this.api.post(reader, `/accounts/${name}/${act}`, {});
    return new SeeOther('/accounts', accountsTexts[reader.language].done[act]);
  }

  private async creating(reader: Reader, form: FormState): Promise<Page> {
    const { title, create } = accountsTexts[reader.language];
    const body = h(CreateAccountPage, { form, names: await namesFor(this.api, reader) });
    const crumbs = [{ href: '/accounts', text: title }];
    return new Page(create, body, { crumbs, status: form.refusal?.status ?? 200 });
  }
}

function settingPassword({ language }: Reader, name: string, form: FormState): Page {
  const { title, newPassword } = accountsTexts[language];
  const crumbs = [{ href: '/accounts', text: title }];
  return new Page(newPassword, h(SetPasswordPage, { name, form }), { crumbs, status: form.refusal?.status ?? 200 });
}
