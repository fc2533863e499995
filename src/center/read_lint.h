// "lint" of trunkline.json.
#pragma once

#include "center/lint_settings.h"
#include "center/reader.h"

namespace trunkline::center {

// Levels, environments and suppressions; levels of rules may also stand beside these, by code.
extern const Field kLintMembers[3];
extern const Pattern kLintCodePattern;
extern const Field kLintLevel;

// Findings, beside those of the shape: TL-C021 there is no such rule.
LintSettings ReadLint(Source& source, const json::Object& lint);

}  // namespace trunkline::center
