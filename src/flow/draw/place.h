// Where boxes stand in a picture that keeps the console's layout.
#pragma once

#include <optional>
#include <vector>

#include "flow/draw.h"

namespace trunkline::flow {

// Points to the right and down, of the middles of the boxes: the console's places, spread as far as
// it takes that no box covers another. Nothing when a box has no place, or when that would take too
// much room.
std::optional<std::vector<DrawnPoint>> PlaceBoxes(const Drawing& drawing);

}  // namespace trunkline::flow
