// deploymentPreference: in function.json of one function, in trunkline.json of an environment's.
#pragma once

#include <optional>

#include "center/reader.h"
#include "center/shift.h"

namespace trunkline::center {

extern const Field kShiftMembers[4];
extern const Field kShift;  // with these members: an element of a map

// Nothing when it is not as it must be, which is then a finding: of the shape (CheckShape says it),
// or TL-C020, what does not go together.
std::optional<Shift> ReadShift(Source& source, const json::Value& value);

}  // namespace trunkline::center
