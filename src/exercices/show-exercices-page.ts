/** GET /exercices and /exercices/:exercice, the pages — the exercices, and what one opened with, moved and carries over. */

import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { Allowed, READERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { namesFor } from '../console/names.js';
import { Page } from '../console/page.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { ExerciceParam } from './exercice-param.js';
import { ExercicePage, exerciceTexts } from './exercice.page.js';
import { ExercicesPage, exercicesTexts } from './exercices.page.js';
import type { ExerciceAnswer } from './show-exercice.js';
import type { ExercicesAnswer } from './show-exercices.js';

@ApiExcludeController()
@Controller('exercices')
export class ShowExercicesPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async list(@ReadBy() reader: Reader): Promise<Page> {
    const [{ data }, names] = await Promise.all([
      this.api.get<ExercicesAnswer>(reader, '/exercices'),
      namesFor(this.api, reader),
    ]);
    return new Page(exercicesTexts[reader.language].title, h(ExercicesPage, { exercices: data.toReversed(), names }));
  }

  @Get(':exercice')
  @Allowed(...READERS)
  async show(@Param('exercice', ExerciceParam) exercice: number, @ReadBy() reader: Reader): Promise<Page> {
    const [shown, names] = await Promise.all([
      this.api.get<ExerciceAnswer>(reader, `/exercices/${exercice}`),
      namesFor(this.api, reader),
    ]);
    const crumbs = [{ href: '/exercices', text: exercicesTexts[reader.language].title }];
    const title = `${exerciceTexts[reader.language].title} ${exercice}`;
    return new Page(title, h(ExercicePage, { exercice: shown, names }), { crumbs });
  }
}
