// $fromMillis and $toMillis.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cloud/services/stepfunctions/jsonata/failure.h"

namespace trunkline::cloud::jsonata {

// `zone` as "+0530", or nothing for UTC.
Outcome<std::string> FormatTime(double millis, std::string_view picture,
                                std::optional<std::string_view> zone);

// nullopt when `text` does not look like the picture. What the text leaves out is taken from
// `now`, or is zero behind what it gives.
Outcome<std::optional<double>> ReadTime(std::string_view text, std::string_view picture, double now,
                                        std::uint64_t& steps);
// ISO 8601, as JavaScript's Date.parse reads it.
Outcome<double> ReadIsoTime(std::string_view text);

}  // namespace trunkline::cloud::jsonata
