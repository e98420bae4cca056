/** What a page's door gives: a page to show, or where to go on. */

import type { ComponentChildren } from 'preact';

/** One step of the way that leads to a page. */
export interface Crumb {
  readonly href: string;
  readonly text: string;
}

export class Page {
  readonly status: number;
  /** From the home page down to the page above this one. */
  readonly crumbs: readonly Crumb[];
  /** Modules of `assets/` that make the page livelier; it works without. */
  readonly scripts: readonly string[];

  constructor(
    readonly title: string,
    readonly body: ComponentChildren,
    { status = 200, crumbs = [], scripts = [] }: Partial<Pick<Page, 'status' | 'crumbs' | 'scripts'>> = {},
  ) {
    this.status = status;
    this.crumbs = crumbs;
    this.scripts = scripts;
  }
}

/** After a form: the page to see next (303), and what it says once on top. */
export class SeeOther {
  constructor(
    readonly path: string,
    readonly message?: string,
  ) {}
}
