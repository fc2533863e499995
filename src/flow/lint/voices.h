// The voices of Amazon Polly that a flow can choose.
#pragma once

#include <span>
#include <string_view>

namespace trunkline::flow::lint {

struct Voice {
  std::string_view id;
  std::string_view language;  // "en-US"
};

std::span<const Voice> AllVoices();
const Voice* FindVoice(std::string_view id);  // nullptr when there is none; case counts

}  // namespace trunkline::flow::lint
