// The rules, by the file that has them. A rule listed in lint/lint.cpp but not written is a link
// error.
#pragma once

#include "flow/lint/context.h"

namespace trunkline::flow::lint {

// structure.cpp
void UnreachableAction(LintContext& context);
void EndlessLoop(LintContext& context);
void ErrorBranchToItself(LintContext& context);
void BranchesWithoutDifference(LintContext& context);
void ShadowedCondition(LintContext& context);
void NoLogging(LintContext& context);
void QueueNotSet(LintContext& context);
void OneHook(LintContext& context);
void QueueAgeInSeconds(LintContext& context);
void InputRepeatsItself(LintContext& context);

// functions.cpp
void FunctionTimeLimit(LintContext& context);
void FunctionsInARow(LintContext& context);
void ExternalBeforeFunction(LintContext& context);
void MappingLost(LintContext& context);
void NestedExternal(LintContext& context);

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
void DialsUncheckedNumber(LintContext& context);

}  // namespace trunkline::flow::lint
