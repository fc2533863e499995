// The rules, by the file that has them. A rule listed in lint/lint.cpp but not written is a link
// error.
#pragma once

#include "flow/lint/context.h"
#include "flow/lint_center.h"

namespace trunkline::flow::lint {

// structure.cpp
void UnreachableAction(LintContext& context);
void EndlessLoop(LintContext& context);
void ErrorBranchToItself(LintContext& context);
void BranchesWithoutDifference(LintContext& context);
void ShadowedCondition(LintContext& context);
void NoLogging(LintContext& context);
void OneHook(LintContext& context);
void QueueAgeInSeconds(LintContext& context);
void InputRepeatsItself(LintContext& context);

// resilience.cpp
void SilentHangUp(LintContext& context);
void FullQueueHangsUp(LintContext& context);
void UnboundedRetry(LintContext& context);
void ErrorsInACircle(LintContext& context);
void DefaultIsFirstCase(LintContext& context);
void ErrorGoesOn(LintContext& context);

// queues.cpp
void QueueNotSet(LintContext& context);
void HoursNotChecked(LintContext& context);
void StaffingNotChecked(LintContext& context);
void QueueFlowNotSet(LintContext& context);
void RecordingNotSet(LintContext& context);
void TransferBeforeLoop(LintContext& context);
void QueueWithoutWayOut(LintContext& context);
void LoopCutShort(LintContext& context);

// functions.cpp
void FunctionTimeLimit(LintContext& context);
void FunctionsInARow(LintContext& context);
void ExternalBeforeFunction(LintContext& context);
void MappingLost(LintContext& context);
void NestedExternal(LintContext& context);
// The longest silence before each action, in seconds; -1 where no path leads.
std::vector<std::int64_t> SilenceBefore(const LintContext& context);
// How long the action itself may keep silent.
std::int64_t SilenceDuring(const Action& action);

// answers.cpp
void AnswerMissing(LintContext& context);
void ResultBeforeWait(LintContext& context);
void UnqualifiedFunction(LintContext& context);
void LongSilence(LintContext& context);

// inputs.cpp
void PromptBeforeStore(LintContext& context);
void MenuPromptDiffers(LintContext& context);
void InputTimeShort(LintContext& context);
void DigitsAsNumber(LintContext& context);
void TestBotAlias(LintContext& context);

// modules.cpp
void ContractBroken(LintContext& context);
void ModuleWithoutReturn(LintContext& context);

// views.cpp
void ViewIncomplete(LintContext& context);

// bots.cpp
void BotWithoutWayOut(LintContext& context);

// kept.cpp
void InputNotKept(LintContext& context);

// center.cpp
void RegionBound(LintContext& context);
void UnknownIntent(LintContext& context);
void AnswerUndeclared(LintContext& context);
void FlowWithoutTest(LintContext& context);
void ChanceInTest(LintContext& context);
void NameWithoutPrefix(LintContext& context);
void InitialSecret(CenterLint& center);

// flow_attributes.cpp
void FlowAttributeNotSet(LintContext& context);

// channels.cpp
void ActionForOtherChannel(LintContext& context);
void AudioForChat(LintContext& context);

// speech.cpp
void UnknownVoice(LintContext& context);
void VoiceWithoutLanguage(LintContext& context);
void MalformedMarkup(LintContext& context);
void InvisibleText(LintContext& context);

// references.cpp
void LiteralArn(LintContext& context);
void UnresolvedPlaceholder(LintContext& context);
void UndefinedSymbol(LintContext& context);
void DoubledReference(LintContext& context);
void UnknownRoot(LintContext& context);

// prompts.cpp
void TextTooLong(LintContext& context);
void LeftoverText(LintContext& context);
void SilenceNotChecked(LintContext& context);
void SensitiveAttribute(LintContext& context);

// sensitive.cpp
void UnencryptedInput(LintContext& context);
void LoggedInput(LintContext& context);
void RecordedInput(LintContext& context);
void SecretReadAloud(LintContext& context);
void SecretToFunction(LintContext& context);
void NoConsent(LintContext& context);

// trust.cpp
void DialsUncheckedNumber(LintContext& context);
void UntrustedMarkup(LintContext& context);
void FailOpen(LintContext& context);
void SensitiveQueueOpen(LintContext& context);
void SecretLiteral(LintContext& context);

// layout.cpp
void UnreadableLayout(LintContext& context);
void StaleMetadata(LintContext& context);
void UnnamedDecision(LintContext& context);

// style.cpp
void UnknownLeaf(LintContext& context);
void CompareWithNothing(LintContext& context);
void ReservedTag(LintContext& context);
void AttributeName(LintContext& context);
void LargeFlow(LintContext& context);

}  // namespace trunkline::flow::lint
