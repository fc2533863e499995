// Legacy console exports ("modules", "branches": the flow designer before 2022) as flow language.
//
// Each module becomes the action that does the same, under the same identifier; layout and names of
// resources go to Metadata. What the flow language cannot hold is a finding at its place in the
// export, and so is what had to be made up. The rows are in flow/legacy/<family>.cpp; they follow
// public exports and what the console makes of them, since AWS never documented the format.
//
// Codes: TL-F501 the export's shape; 502 a type of module that is not known; 503 a parameter, 504 a
// branch, 505 a member that is lost; 506 a value that is not kept as it was; 507 something made up,
// because the flow language needs it; 508 what the service would refuse in the result.
#pragma once

#include <optional>

#include "base/finding.h"
#include "flow/document.h"

namespace trunkline::flow {

struct LegacyConversion {
  std::optional<Document> document;  // bare; nothing when there are errors
  Findings findings;                 // placed in the export
};

// `legacy` has Format::kLegacy.
LegacyConversion ConvertLegacy(const Document& legacy);

}  // namespace trunkline::flow
