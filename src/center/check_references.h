// Do the names that flows, functions and bots use exist? Called by CheckCenter.
//
// A name is declared in this center, or one that every new instance has (flows "Default ...",
// prompt Beep.wav, queue BasicQueue, ...). Kinds that a center does not declare (users, views,
// phone numbers) are left to the delivery. Codes: TL-C104 not declared, TL-C105 the mapping
// function would not know the key, TL-C106 modules in a circle or nested too deeply, TL-C107 a flow
// of the wrong type for its use.
#pragma once

#include <set>

#include "base/finding.h"
#include "center/center.h"
#include "flow/catalogue.h"

namespace trunkline::center {

// Kinds whose files could not all be read are not looked at.
Findings CheckReferences(const Center& center, const std::set<flow::ResourceKind>& unread);

}  // namespace trunkline::center
