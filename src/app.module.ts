/** The list of capabilities: every door and every handler. */

import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, RouterModule } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { AnswerInterceptor } from '#libs/nest/answer';
import { validationPipe } from '#libs/nest/validation';
import { LogTree } from '#libs/seals/log-tree';
import { AccessGuard } from './access/access.guard.js';
import type { Access } from './access/access.js';
import { Accounts } from './access/accounts.js';
import { DEMO_PEOPLE } from './access/demo-people.js';
import { DemoSignInPageDoor } from './access/demo-sign-in-page.js';
import { ExportJournal } from './access/export-journal.js';
import { IdentityProvider } from './access/identity-provider.js';
import { JournaledExports } from './access/journaled-exports.js';
import { ManageAccountsDoor } from './access/manage-accounts.js';
import { ManageAccountsPageDoor } from './access/manage-accounts-page.js';
import { ManageTokensPageDoor } from './access/manage-tokens-page.js';
import { ManageTokensDoor } from './access/manage-tokens.js';
import { OidcSignInPageDoor } from './access/oidc-sign-in-page.js';
import { Sessions } from './access/sessions.js';
import { ShowAccountPageDoor } from './access/show-account-page.js';
import { ShowExportsDoor } from './access/show-exports.js';
import { ShowExportsPageDoor } from './access/show-exports-page.js';
import { SignInPageDoor } from './access/sign-in-page.js';
import { SignOutPageDoor } from './access/sign-out-page.js';
import { Tokens } from './access/tokens.js';
import { Vouchers } from './access/vouchers.js';
import { ShowChecksDoor } from './audit/show-checks.js';
import { ShowChecksPageDoor } from './audit/show-checks-page.js';
import { ShowSampleDoor } from './audit/show-sample.js';
import { ShowSamplePageDoor } from './audit/show-sample-page.js';
import { ExplainFigureDoor } from './balances/explain-figure.js';
import { FollowBalancesPageDoor } from './balances/follow-balances-page.js';
import { ExplainFigurePageDoor } from './balances/explain-figure-page.js';
import { ShowBalancesDoor } from './balances/show-balances.js';
import { ShowChartsPageDoor } from './balances/show-charts-page.js';
import { ShowCentsDoor } from './balances/show-cents.js';
import { ShowDifferenceDoor } from './balances/show-difference.js';
import { ShowDifferencePageDoor } from './balances/show-difference-page.js';
import { ShowLookingBackPageDoor } from './balances/show-looking-back-page.js';
import { ShowMonthsDoor } from './balances/show-months.js';
import { ShowBalancesPageDoor } from './balances/show-balances-page.js';
import { ShowStatementDoor } from './balances/show-statement.js';
import { CeilingHandler } from './ceilings/ceiling.handler.js';
import { LiftBudgetDoor } from './ceilings/lift-budget.js';
import { LiftCeilingPageDoor } from './ceilings/lift-ceiling-page.js';
import { SetBudgetDoor } from './ceilings/set-budget.js';
import { SetCeilingPageDoor } from './ceilings/set-ceiling-page.js';
import { ShowCeilingsDoor } from './ceilings/show-ceilings.js';
import { ShowCeilingsPageDoor } from './ceilings/show-ceilings-page.js';
import { ConsoleApi } from './console/api.js';
import { LiveStreams } from './console/live-streams.js';
import { PageFilter } from './console/page.filter.js';
import { PageInterceptor } from './console/page.interceptor.js';
import { ServeAssetsDoor } from './console/serve-assets.js';
import { SetPreferencesDoor } from './console/set-preferences.js';
import { PageRenderer } from './console/show-page.js';
import { DecisionHandler } from './decisions/decision.handler.js';
import { OpenDecisionDoor } from './decisions/open-decision.js';
import { RecordDeliberationDoor } from './decisions/record-deliberation.js';
import { ShowDecisionsDoor } from './decisions/show-decisions.js';
import { WithdrawDeliberationDoor } from './decisions/withdraw-deliberation.js';
import { AmendContractDoor } from './contract/amend-contract.js';
import { AttachSchemeDoor } from './contract/attach-scheme.js';
import { ChangeContractPageDoor } from './contract/change-contract-page.js';
import { ConcludeSubContractDoor } from './contract/conclude-sub-contract.js';
import { ContractHandler } from './contract/contract.handler.js';
import { DenounceContractDoor } from './contract/denounce-contract.js';
import { DetachSchemeDoor } from './contract/detach-scheme.js';
import { NoteCperPartDoor } from './contract/note-cper-part.js';
import { ShowConsumptionDoor } from './contract/show-consumption.js';
import { ShowCperPartsDoor } from './contract/show-cper-parts.js';
import { ShowContractDoor } from './contract/show-contract.js';
import { ShowContractPageDoor } from './contract/show-contract-page.js';
import { ShowContractsPageDoor } from './contract/show-contracts-page.js';
import { ShowCperPartsPageDoor } from './contract/show-cper-parts-page.js';
import { ShowContractsDoor } from './contract/show-contracts.js';
import { ShowCrossTerritoryDoor } from './contract/show-cross-territory.js';
import { SignContractDoor } from './contract/sign-contract.js';
import { DocumentHandler } from './documents/document.handler.js';
import { RegisterDocumentDoor } from './documents/register-document.js';
import { ShowDocumentsDoor } from './documents/show-documents.js';
import { WithdrawDocumentDoor } from './documents/withdraw-document.js';
import { ShowEvidenceDoor } from './evidence/show-evidence.js';
import { ShowEvidencePageDoor } from './evidence/show-evidence-page.js';
import { CloseExercicePageDoor } from './exercices/close-exercice-page.js';
import { CountersignClosingDoor } from './exercices/countersign-closing.js';
import { CountersignReopeningDoor } from './exercices/countersign-reopening.js';
import { ExerciceHandler } from './exercices/exercice.handler.js';
import { ProposeClosingDoor } from './exercices/propose-closing.js';
import { ProposeReopeningDoor } from './exercices/propose-reopening.js';
import { ShowClosingDoor } from './exercices/show-closing.js';
import { ShowExerciceDoor } from './exercices/show-exercice.js';
import { ShowExercicesPageDoor } from './exercices/show-exercices-page.js';
import { ShowExercicesDoor } from './exercices/show-exercices.js';
import { WithdrawClosingDoor } from './exercices/withdraw-closing.js';
import { DownloadExportPageDoor } from './exports/download-export-page.js';
import { ExportBalancesDoor } from './exports/export-balances.js';
import { ExportClosingDoor } from './exports/export-closing.js';
import { ExportDgsSheetDoor } from './exports/export-dgs-sheet.js';
import { ExportFundingCallDoor } from './exports/export-funding-call.js';
import { ExportGrantDoor } from './exports/export-grant.js';
import { ExportPaymentsDoor } from './exports/export-payments.js';
import { ExportScdlDoor } from './exports/export-scdl.js';
import { ExportStatementDoor } from './exports/export-statement.js';
import { LedgerAnswers } from './exports/asked-ledger.js';
import { FunderHandler } from './funders/funder.handler.js';
import { NameOfficeDoor } from './funders/name-office.js';
import { RegisterFunderDoor } from './funders/register-funder.js';
import { RenameFunderDoor } from './funders/rename-funder.js';
import { ShowFunderDoor } from './funders/show-funder.js';
import { ShowFunderPageDoor } from './funders/show-funder-page.js';
import { ShowFundersPageDoor } from './funders/show-funders-page.js';
import { ShowFundersDoor } from './funders/show-funders.js';
import { AmendGrantDoor } from './grants/amend-grant.js';
import { AwardGrantDoor } from './grants/award-grant.js';
import { AwardGrantPageDoor } from './grants/award-grant-page.js';
import { CancelGrantDoor } from './grants/cancel-grant.js';
import { ChangeGrantPageDoor } from './grants/change-grant-page.js';
import { CloseGrantDoor } from './grants/close-grant.js';
import { DecideApprovalsPageDoor } from './grants/decide-approvals-page.js';
import { DecideProposalDoor } from './grants/decide-proposal.js';
import { ExplainPaymentDoor } from './grants/explain-payment.js';
import { GrantHandler } from './grants/grant.handler.js';
import { RecordBankReturnDoor } from './grants/record-bank-return.js';
import { RecordPaymentDoor } from './grants/record-payment.js';
import { RecordPaymentPageDoor } from './grants/record-payment-page.js';
import { RecordRecoveryDoor } from './grants/record-recovery.js';
import { ReissuePaymentDoor } from './grants/reissue-payment.js';
import { ResumeGrantDoor } from './grants/resume-grant.js';
import { ReversePaymentDoor } from './grants/reverse-payment.js';
import { ShowApprovalsDoor } from './grants/show-approvals.js';
import { ShowGrantDoor } from './grants/show-grant.js';
import { ShowGrantPageDoor } from './grants/show-grant-page.js';
import { ShowGrantsDoor } from './grants/show-grants.js';
import { ShowGrantsPageDoor } from './grants/show-grants-page.js';
import { ShowPaymentPageDoor } from './grants/show-payment-page.js';
import { ShowPaymentsDoor } from './grants/show-payments.js';
import { ShowPaymentsPageDoor } from './grants/show-payments-page.js';
import { SuspendGrantDoor } from './grants/suspend-grant.js';
import { TransferInstructionDoor } from './grants/transfer-instruction.js';
import { ReplaceReadModelsDoor } from './history/replace-read-models.js';
import { ShowEventsDoor } from './history/show-events.js';
import { ShowHealthDoor } from './history/show-health.js';
import { PublicMetricsDoor, ShowMetricsDoor } from './history/show-metrics.js';
import { ShowLogDoor } from './history/show-log.js';
import { ShowLogPageDoor } from './history/show-log-page.js';
import { ShowLogSpanDoor } from './history/show-log-span.js';
import { CopyReadModelsDoor } from './history/copy-read-models.js';
import { RunVerificationDoor } from './history/run-verification.js';
import { RebuildReadModelsDoor } from './history/rebuild-read-models.js';
import { Rebuilds } from './history/rebuilds.js';
import { ShowStoreDoor } from './history/show-store.js';
import { ShowStorePageDoor } from './history/show-store-page.js';
import { Verifications, type VerifyingProcess } from './history/verifications.js';
import { RunVerificationPageDoor } from './history/run-verification-page.js';
import { ShowTrailDoor } from './history/show-trail.js';
import { ShowTrailPageDoor } from './history/show-trail-page.js';
import { ShowStreamDoor } from './history/show-stream.js';
import { ShowHomePageDoor } from './home/show-home-page.js';
import { ImportSlipDoor } from './imports/import-slip.js';
import { ImportSlipPageDoor } from './imports/import-slip-page.js';
import { Ledger } from './ledger.js';
import { AnswerReferralDoor } from './referrals/answer-referral.js';
import { ReferralHandler } from './referrals/referral.handler.js';
import { ReviseReferralDoor } from './referrals/revise-referral.js';
import { ShowReferralsDoor } from './referrals/show-referrals.js';
import { AgreeScaleDoor } from './schemes/agree-scale.js';
import { ShowBilanPageDoor } from './reports/show-bilan-page.js';
import { ShowBilanDoor } from './reports/show-bilan.js';
import { ShowDgsSheetPageDoor } from './reports/show-dgs-sheet-page.js';
import { ShowDgsSheetDoor } from './reports/show-dgs-sheet.js';
import { ShowNotedDoor } from './reports/show-noted.js';
import { CloseReconciliationPageDoor } from './reconciliation/close-reconciliation-page.js';
import { CloseReconciliationDoor } from './reconciliation/close-reconciliation.js';
import { CompareAgainDoor } from './reconciliation/compare-again.js';
import { MakeMatchDoor } from './reconciliation/make-match.js';
import { MatchLinesPageDoor } from './reconciliation/match-lines-page.js';
import { OpenReconciliationPageDoor } from './reconciliation/open-reconciliation-page.js';
import { OpenReconciliationDoor } from './reconciliation/open-reconciliation.js';
import { ReconciliationHandler } from './reconciliation/reconciliation.handler.js';
import { ShowReconciliationPageDoor } from './reconciliation/show-reconciliation-page.js';
import { ShowReconciliationDoor } from './reconciliation/show-reconciliation.js';
import { ShowReconciliationsPageDoor } from './reconciliation/show-reconciliations-page.js';
import { ShowReconciliationsDoor } from './reconciliation/show-reconciliations.js';
import { UndoMatchDoor } from './reconciliation/undo-match.js';
import { AgreeSplitKeyDoor } from './schemes/agree-split-key.js';
import { CloseSchemeDoor } from './schemes/close-scheme.js';
import { OpenSchemeDoor } from './schemes/open-scheme.js';
import { SchemeHandler } from './schemes/scheme.handler.js';
import { SetCeilingDoor } from './schemes/set-ceiling.js';
import { ShowScalesDoor } from './schemes/show-scales.js';
import { ShowSchemePageDoor } from './schemes/show-scheme-page.js';
import { ShowSchemesPageDoor } from './schemes/show-schemes-page.js';
import { ShowSchemesDoor } from './schemes/show-schemes.js';
import { IssueFundingCallPageDoor } from './settlement/issue-funding-call-page.js';
import { IssueFundingCallDoor } from './settlement/issue-funding-call.js';
import { RecordContributionPageDoor } from './settlement/record-contribution-page.js';
import { RecordContributionDoor } from './settlement/record-contribution.js';
import { ReverseContributionPageDoor } from './settlement/reverse-contribution-page.js';
import { ReverseContributionDoor } from './settlement/reverse-contribution.js';
import { ProveConsistencyDoor } from './seals/prove-consistency.js';
import { ProveInclusionDoor } from './seals/prove-inclusion.js';
import { SealHandler } from './seals/seal.handler.js';
import { SealKey } from './seals/seal-key.js';
import { SealLogDoor } from './seals/seal-log.js';
import { ShowSealDoor } from './seals/show-seal.js';
import { ShowSealStatusDoor } from './seals/show-seal-status.js';
import { ShowSealsDoor } from './seals/show-seals.js';
import { ShowSealsPageDoor } from './seals/show-seals-page.js';
import { SettlementHandler } from './settlement/settlement.handler.js';
import { ShowFundingCallPageDoor } from './settlement/show-funding-call-page.js';
import { ShowFundingCallDoor } from './settlement/show-funding-call.js';
import { ShowNettingPageDoor } from './settlement/show-netting-page.js';
import { ShowNettingDoor } from './settlement/show-netting.js';
import { ShowSettlementPageDoor } from './settlement/show-settlement-page.js';
import { ShowSettlementDoor } from './settlement/show-settlement.js';
import { AskWhatIfDoor } from './what-if/ask-what-if.js';
import { AskWhatIfPageDoor } from './what-if/ask-what-if-page.js';

/** The API: doors below `/api/v1`. */
const doors: Type[] = [
  RegisterFunderDoor,
  RenameFunderDoor,
  NameOfficeDoor,
  ShowFundersDoor,
  ShowFunderDoor,
  OpenSchemeDoor,
  AgreeSplitKeyDoor,
  SetCeilingDoor,
  CloseSchemeDoor,
  AgreeScaleDoor,
  ShowScalesDoor,
  ShowSchemesDoor,
  ProposeClosingDoor,
  CountersignClosingDoor,
  WithdrawClosingDoor,
  ProposeReopeningDoor,
  CountersignReopeningDoor,
  ShowExercicesDoor,
  ShowExerciceDoor,
  ShowClosingDoor,
  AwardGrantDoor,
  AmendGrantDoor,
  TransferInstructionDoor,
  SuspendGrantDoor,
  ResumeGrantDoor,
  CancelGrantDoor,
  CloseGrantDoor,
  ShowGrantsDoor,
  ShowGrantDoor,
  RecordPaymentDoor,
  ReversePaymentDoor,
  RecordRecoveryDoor,
  RecordBankReturnDoor,
  ReissuePaymentDoor,
  ShowPaymentsDoor,
  ExplainPaymentDoor,
  ShowApprovalsDoor,
  DecideProposalDoor,
  ImportSlipDoor,
  IssueFundingCallDoor,
  RecordContributionDoor,
  ReverseContributionDoor,
  ShowNettingDoor,
  ShowSettlementDoor,
  ShowFundingCallDoor,
  SetBudgetDoor,
  LiftBudgetDoor,
  ShowCeilingsDoor,
  AnswerReferralDoor,
  ReviseReferralDoor,
  ShowReferralsDoor,
  OpenDecisionDoor,
  RecordDeliberationDoor,
  WithdrawDeliberationDoor,
  ShowDecisionsDoor,
  SignContractDoor,
  AmendContractDoor,
  DenounceContractDoor,
  ConcludeSubContractDoor,
  AttachSchemeDoor,
  DetachSchemeDoor,
  NoteCperPartDoor,
  ShowContractsDoor,
  ShowContractDoor,
  OpenReconciliationDoor,
  CompareAgainDoor,
  MakeMatchDoor,
  UndoMatchDoor,
  CloseReconciliationDoor,
  ShowReconciliationsDoor,
  ShowReconciliationDoor,
  RegisterDocumentDoor,
  WithdrawDocumentDoor,
  ShowDocumentsDoor,
  ShowConsumptionDoor,
  ShowCperPartsDoor,
  ShowCrossTerritoryDoor,
  ShowBalancesDoor,
  ShowMonthsDoor,
  ShowCentsDoor,
  ExplainFigureDoor,
  ShowDifferenceDoor,
  ShowStatementDoor,
  ShowDgsSheetDoor,
  ShowNotedDoor,
  ShowBilanDoor,
  SealLogDoor,
  ShowSealsDoor,
  ShowSealStatusDoor,
  ProveConsistencyDoor,
  ProveInclusionDoor,
  ShowSealDoor,
  AskWhatIfDoor,
  ShowSampleDoor,
  ShowChecksDoor,
  ShowStreamDoor,
  ShowEventsDoor,
  ShowLogDoor,
  ShowLogSpanDoor,
  ShowTrailDoor,
  ShowEvidenceDoor,
  ExportBalancesDoor,
  ExportPaymentsDoor,
  ExportStatementDoor,
  ExportGrantDoor,
  ExportFundingCallDoor,
  ExportClosingDoor,
  ExportDgsSheetDoor,
  ExportScdlDoor,
  ReplaceReadModelsDoor,
  CopyReadModelsDoor,
  RebuildReadModelsDoor,
  ShowStoreDoor,
  RunVerificationDoor,
  ManageTokensDoor,
  ShowExportsDoor,
  ManageAccountsDoor,
];

/** The console: doors of pages, at the root. */
const pages: Type[] = [
  ServeAssetsDoor,
  SetPreferencesDoor,
  SignInPageDoor,
  SignOutPageDoor,
  ShowAccountPageDoor,
  ShowHomePageDoor,
  ShowBalancesPageDoor,
  ShowChartsPageDoor,
  FollowBalancesPageDoor,
  ExplainFigurePageDoor,
  ShowCeilingsPageDoor,
  SetCeilingPageDoor,
  LiftCeilingPageDoor,
  ShowContractsPageDoor,
  ShowContractPageDoor,
  ShowCperPartsPageDoor,
  ChangeContractPageDoor,
  ShowGrantsPageDoor,
  AwardGrantPageDoor,
  ShowGrantPageDoor,
  RecordPaymentPageDoor,
  ShowPaymentPageDoor,
  ChangeGrantPageDoor,
  ShowPaymentsPageDoor,
  DecideApprovalsPageDoor,
  ImportSlipPageDoor,
  ShowLogPageDoor,
  ShowTrailPageDoor,
  RunVerificationPageDoor,
  ShowSealsPageDoor,
  ShowLookingBackPageDoor,
  ShowDifferencePageDoor,
  ShowSamplePageDoor,
  ShowChecksPageDoor,
  ShowEvidencePageDoor,
  ShowExportsPageDoor,
  AskWhatIfPageDoor,
  ShowSettlementPageDoor,
  ShowNettingPageDoor,
  IssueFundingCallPageDoor,
  ShowFundingCallPageDoor,
  RecordContributionPageDoor,
  ReverseContributionPageDoor,
  ShowExercicesPageDoor,
  CloseExercicePageDoor,
  ShowReconciliationsPageDoor,
  OpenReconciliationPageDoor,
  ShowReconciliationPageDoor,
  MatchLinesPageDoor,
  CloseReconciliationPageDoor,
  ShowDgsSheetPageDoor,
  ShowBilanPageDoor,
  ShowFundersPageDoor,
  ShowFunderPageDoor,
  ShowSchemesPageDoor,
  ShowSchemePageDoor,
  ManageAccountsPageDoor,
  ManageTokensPageDoor,
  ShowStorePageDoor,
  DownloadExportPageDoor,
];

const handlers = [
  FunderHandler,
  SchemeHandler,
  ExerciceHandler,
  GrantHandler,
  SettlementHandler,
  CeilingHandler,
  ReferralHandler,
  DecisionHandler,
  ContractHandler,
  ReconciliationHandler,
  DocumentHandler,
  SealHandler,
];

export interface Parts {
  readonly ledger: Ledger;
  readonly access: Access;
  /** Over the ledger's log. */
  readonly tree: LogTree;
  readonly sealKey: SealKey;
  readonly verifying: VerifyingProcess;
  /** Who may see `/metrics`: everybody where the server listens on this machine alone, else who has a token. */
  readonly metrics: 'public' | 'for-readers';
  /** Who signs people in; absent: this server's own accounts. */
  readonly identity?: IdentityProvider;
  /** Of one holder, or of one address; absent or 0: as many as they like. */
  readonly requestsAMinute?: number;
  /** Whether one click signs in. */
  readonly demo: boolean;
}

/** Everything that answers below `/api/v1`, and what decides. */
@Module({})
class ApiModule {}

@Module({})
export class AppModule {
  static with({ ledger, access, tree, sealKey, verifying, metrics, identity, demo }: Parts): DynamicModule {
    const parts = [
      { provide: Ledger, useValue: ledger },
      { provide: Tokens, useValue: access.tokens },
      { provide: Accounts, useValue: access.accounts },
      { provide: ExportJournal, useValue: access.exports },
      { provide: LogTree, useValue: tree },
      { provide: SealKey, useValue: sealKey },
      { provide: Vouchers, useValue: access.vouchers },
    ];
    const verifications = [{ provide: 'VerifyingProcess', useValue: verifying }, Verifications, Rebuilds];
    const api = {
      module: ApiModule,
      imports: [CqrsModule],
      controllers: doors,
      providers: [...handlers, ...parts, ...verifications, LedgerAnswers],
    };
    return {
      module: AppModule,
      imports: [CqrsModule, api, RouterModule.register([{ path: 'api/v1', module: ApiModule }])],
      controllers: [
        ShowHealthDoor,
        metrics === 'public' ? PublicMetricsDoor : ShowMetricsDoor,
        ...pages,
        ...(demo ? [DemoSignInPageDoor] : []),
        ...(identity ? [OidcSignInPageDoor] : []),
      ],
      providers: [
        ...parts,
        ConsoleApi,
        PageRenderer,
        LiveStreams,
        { provide: Sessions, useValue: access.sessions },
        { provide: DEMO_PEOPLE, useValue: demo },
        ...(identity ? [{ provide: IdentityProvider, useValue: identity }] : []),
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_PIPE, useFactory: validationPipe },
        { provide: APP_INTERCEPTOR, useClass: AnswerInterceptor },
        { provide: APP_INTERCEPTOR, useClass: JournaledExports },
        { provide: APP_INTERCEPTOR, useClass: PageInterceptor },
        { provide: APP_FILTER, useClass: PageFilter },
      ],
    };
  }
}
