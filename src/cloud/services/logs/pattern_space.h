// The form of filter patterns for messages that are words between blanks:
//   [ip, user, ..., status = 4* && status != 404, bytes > 1000]
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "cloud/services/logs/pattern_text.h"

namespace trunkline::cloud::logs {

struct SpaceField {
  std::string name;                          // may be empty
  std::vector<std::vector<Comparison>> any;  // all of one of these; none: whatever it is
};

struct SpacePattern {
  std::vector<SpaceField> fields;  // none: "[]", which every message fits
  // How many fields stand before "...", which stands for any number of words; -1: there is none,
  // and a message has as many words as there are fields.
  int before_dots = -1;
};

Result<SpacePattern> ReadSpacePattern(std::string_view text);  // with its brackets
bool MatchesSpace(const SpacePattern& pattern, std::string_view message);
// The words by the names of their fields ("$ip"), else by their number ("$3").
json::Object ExtractSpace(const SpacePattern& pattern, std::string_view message);

}  // namespace trunkline::cloud::logs
