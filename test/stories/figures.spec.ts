/**
 * Every number of money in every answer can be explained: the document of the routes is gone through, and a figure that has
 * neither the address of its events beside it nor an entry with its reason below fails.
 */

import { Story } from './kit.js';

/** Figures without an address of their own, by the shape that holds them, and what they are instead. */
const REASONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'what no other call has used of what the account of the two funders shows as contributed (R22)': {
    CalledAnswer: 'creditedCents',
    ReconciledFunderAnswer: 'creditedCents',
    UnpaidCallAnswer: 'creditedCents',
  },
  'the part of the consumed amount that its address shows with `untilExercice` and `afterExercice`': {
    ShownCeilingLineAnswer: 'outsidePeriodCents',
  },
  'of two views and the difference of them, whose events are the lines of the answer': {
    FiguresAnswer:
      'grantedShareCents shareDueCents disbursedCents recoveredCents contributedCents receivedCents calledCents positionCents',
    FunderChangeAnswer:
      'grantedShareCents shareDueCents disbursedCents recoveredCents contributedCents receivedCents calledCents positionCents',
  },
  'of a sample or a check that anybody draws again from the payments it names': {
    AuditedPopulationAnswer: 'totalCents',
    SelectionAnswer: 'totalCents intervalCents startCents',
    DrawnStratumAnswer: 'totalCents',
    SampledPaymentAnswer: 'amountCents throughCents',
    ChecksParametersAnswer: 'roundCents',
    CheckedPopulationAnswer: 'totalCents',
  },
  'the running total of one version of a key: the payments that it split name it, and the total that each of them saw':
    {
      CentShareAnswer: 'shareCents',
    },
  'a sum that is always 0, of figures that have theirs (R20)': {
    BalancesAnswer: 'sumOfPositionsCents',
    SettlementAnswer: 'sumOfPositionsCents',
    SchemeSettlementAnswer: 'sumOfPositionsCents',
    NettingAnswer: 'sumOfPositionsCents',
    DgsSheetAnswer: 'sumOfPositionsCents',
    ClosingChecklistAnswer: 'sumOfPositionsCents',
    SchemeYearAnswer: 'sumOfOpeningCents sumOfClosingCents',
  },
  'explained by the addresses of what holds it': {
    SheetFiguresAnswer:
      'positionCents shareDueCents disbursedCents recoveredCents contributedCents receivedCents calledCents grantedShareCents',
    TerritoryFiguresAnswer: 'grantedCents disbursedCents recoveredCents shareDueCents',
  },
  'the figure of the very address, or one of its lines, which is an event with its place': {
    WhyAnswer: 'figureCents',
    WhyLineAnswer: 'amountCents',
    CperPartsAnswer: 'figureCents',
    CperPartLineAnswer: 'amountCents',
    StatementLineAnswer: 'disbursedCents recoveredCents contributedCents receivedCents shareDueCents',
  },
  'what one event says, which is named beside it or in what holds it: stream, position, payment, grant, act': {
    ShownSchemeAnswer: 'approvalThresholdCents',
    CeilingSetAnswer: 'amountCents',
    ShownCeilingAnswer: 'amountCents',
    ShownCeilingLineAnswer: 'amountCents',
    UsedCeilingAnswer: 'amountCents',
    ShownScaleLineAnswer: 'amountCents',
    GrantProposalAnswer: 'amountCents limitCents',
    ShownProposalAnswer: 'amountCents limitCents',
    RecordedPaymentAnswer: 'amountCents',
    PaymentFateAnswer: 'amountCents',
    ListedPaymentAnswer: 'amountCents',
    ShownPaymentAnswer: 'amountCents',
    ShareAnswer: 'amountCents',
    ListedContributionAnswer: 'amountCents',
    FunderAmountAnswer: 'amountCents',
    CreditAnswer: 'amountCents',
    CallLineAnswer: 'amountCents',
    CalledAnswer: 'amountCents',
    LoggedEventAnswer: 'amountCents',
    TrailStepAnswer: 'amountCents',
    TrailShareAnswer: 'amountCents',
    UnpaidCallAnswer: 'amountCents',
    ClosingUnpaidCallAnswer: 'calledCents',
    ClosingUncalledLineAnswer: 'amountCents othersCents',
    ShownDecisionAnswer: 'amountCents',
    ShownDeliberationAnswer: 'amountCents',
    ContractAnswer: 'envelopeCents axesCents axesGapCents',
    ShownPartyAnswer: 'contributionCents',
    ShownAxisAnswer: 'budgetCents',
    ListedSubContractAnswer: 'amountCents',
    ListedCperPartAnswer: 'cperCents',
    CperShareAnswer: 'amountCents',
    ConsumptionFiguresAnswer: 'plannedCents',
    FunderConsumptionAnswer: 'plannedCents',
    AxisConsumptionAnswer: 'plannedCents',
    SubContractConsumptionAnswer: 'plannedCents',
    AxesGapAnswer: 'plannedCents',
    NotedAnswer: 'amountCents',
    CountedNotedAnswer: 'amountCents countedCents',
  },
  'a cent of one payment, said in words beside it, with what happened to the payment since': {
    ExplainedShareAnswer: 'amountCents wholeCents extraCents seenCents remainingCents',
  },
  'the sum or the difference of figures in the same answer': {
    ScaleChangeAnswer: 'differenceCents',
    CentGapAnswer: 'netCents',
    ShownGrantAnswer: 'remainingCents',
    ProvedOwesAnswer: 'amountCents',
    SchemeProofLineAnswer: 'partCents',
    NettingTransferAnswer: 'amountCents',
    ProofLineAnswer: 'partCents',
    FundsAccountAnswer: 'contributedWithoutCallCents provisionCents creditCents carriedForwardCents stillOwedCents',
    PaymentStatementAnswer: 'totalCents',
    ReconciledFunderAnswer: 'sharesCents broughtForwardCents carriedForwardCents calledCents stillOwedCents',
    ClosingUnpaidCallAnswer: 'unpaidCents',
    ClosingUnpaidFunderAnswer: 'unpaidCents',
    UnpaidCallAnswer: 'missingCents',
    ShownCeilingLineAnswer: 'remainingCents',
    OutsidePeriodAnswer: 'grantedCents paidCents',
    ShownAxisAnswer: 'subContractedCents',
    ConsumptionFiguresAnswer: 'countedCents remainingCents',
    FunderConsumptionAnswer: 'countedCents remainingCents',
    AxisConsumptionAnswer: 'countedCents remainingCents',
    SubContractConsumptionAnswer: 'countedCents remainingCents',
    AxesGapAnswer: 'remainingCents',
    CrossTerritoryRowAnswer: 'elsewhereCents',
    CrossTerritoryTotalAnswer: 'elsewhereCents',
    StatementLineAnswer: 'balanceCents',
  },
  'what a call still lacks: called less contributed less credited, beside it': { CalledAnswer: 'unpaidCents' },
  'what is paid, which the address beside it opens; what is held is one event’s': {
    ShownCeilingLineAnswer: 'consumedCents',
  },
  'what came back of a payment: the address beside it shows each recovery': {
    ListedPaymentAnswer: 'recoveredCents',
    ShownPaymentAnswer: 'recoveredCents',
  },
  'a proposal, not a figure: with the others it brings the positions in the same answer to zero': {
    ProposedContributionAnswer: 'amountCents',
  },
  'the sum of lines, of which the first are in the answer and the draft of a call lists all': {
    ClosingUncalledAnswer: 'amountCents othersCents',
  },
  'of a partner’s list, line by line beside the payments: the address of the total lists them all': {
    SumsAnswer: 'amountCents shareCents',
    OutcomeRowAnswer: 'amountCents shareCents',
    MatchedPaymentAnswer: 'amountCents shareCents recoveredCents',
  },
};

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: unknown;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

interface Document {
  readonly paths: Readonly<
    Record<string, { get?: { responses: Record<string, { content?: Record<string, { schema: Schema }> }> } }>
  >;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Every shape of a 200 of a GET, by its name. */
function shapesOf({ paths, components }: Document): Map<string, Schema> {
  const shapes = new Map<string, Schema>();
  const visit = (schema: Schema): void => {
    const name = schema.$ref?.split('/').at(-1);
    if (name !== undefined) {
      if (shapes.has(name)) return;
      shapes.set(name, components.schemas[name]!);
      visit(components.schemas[name]!);
      return;
    }
    for (const part of [...(schema.allOf ?? []), ...(schema.oneOf ?? []), ...Object.values(schema.properties ?? {})])
      visit(part);
    if (schema.items !== undefined) visit(schema.items);
  };
  for (const { get } of Object.values(paths))
    for (const { schema } of Object.values(get?.responses['200']?.content ?? {})) visit(schema);
  return shapes;
}

/** The figures of a shape that have their address beside them. */
function addressed({ properties = {} }: Schema, shapes: ReadonlyMap<string, Schema>): Set<string> {
  const figures = Object.keys(properties).filter((name) => name.endsWith('Cents'));
  const whyNames = Object.keys(properties).filter((name) => /^why|WhyLink$/.test(name));
  const covered = whyNames.flatMap((name) => {
    const { type, allOf = [], $ref, additionalProperties } = properties[name]!;
    const map = shapes.get(($ref ?? allOf[0]?.$ref)?.split('/').at(-1) ?? '');
    if (map !== undefined) return figures.filter((figure) => Object.hasOwn(map.properties ?? {}, figure));
    if (type === 'object') return additionalProperties === undefined ? [] : figures;
    // an address explains the figure it is named after; without a name, the only one that has none
    const stem = name.replace(/^why|WhyLink$/, '').toLowerCase();
    return stem === '' ? [] : figures.filter((figure) => figure.toLowerCase() === `${stem}cents`);
  });
  const left = figures.filter((figure) => !covered.includes(figure) && !isReasoned(figure, properties));
  const unnamed = whyNames.some((name) => name === 'why' || name === 'whyLink');
  return new Set(unnamed && left.length === 1 ? [...covered, ...left] : covered);

  function isReasoned(figure: string, of: Readonly<Record<string, Schema>>): boolean {
    const shape = Array.from(shapes).find(([, { properties: its }]) => its === of)?.[0] ?? '';
    return reasonsFor(shape).includes(figure);
  }
}

function reasonsFor(shape: string): string[] {
  return Object.values(REASONS).flatMap((shapes) => shapes[shape]?.split(' ') ?? []);
}

describe('A number of money in an answer', () => {
  it('has the address of its events beside it, or a reason why it needs none', async () => {
    const story = await Story.begin();
    const { body } = await story.nobody.send<Document>({ method: 'GET', url: '/api/openapi.json' });
    await story.end();
    const shapes = shapesOf(body);
    const figures = Array.from(shapes).flatMap(([shape, schema]) => {
      const withAddress = addressed(schema, shapes);
      return Object.keys(schema.properties ?? {})
        .filter((name) => name.endsWith('Cents') && schema.properties![name]!.type !== 'string')
        .map((name) => ({
          figure: `${shape}.${name}`,
          has: withAddress.has(name),
          reasoned: reasonsFor(shape).includes(name),
        }));
    });
    expect(figures.length).toBeGreaterThan(150);
    expect(figures.filter(({ has }) => has).length).toBeGreaterThan(70);
    expect(figures.filter(({ has, reasoned }) => !has && !reasoned).map(({ figure }) => figure)).toEqual([]);
    // no entry is left of a figure that has its address by now, or is gone
    const needed = new Set(figures.filter(({ has }) => !has).map(({ figure }) => figure));
    const entries = Object.values(REASONS).flatMap((of) =>
      Object.entries(of).flatMap(([shape, names]) => names.split(' ').map((name) => `${shape}.${name}`)),
    );
    expect(entries.filter((entry) => !needed.has(entry))).toEqual([]);
    expect(new Set(entries).size).toBe(entries.length);
  });
});
