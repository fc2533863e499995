// Speech markup (SSML) in prompts: whether it is well formed.
#pragma once

#include <string>
#include <string_view>

namespace trunkline::flow::lint {

struct MarkupProblem {
  std::string broken;       // "'</speak>' is missing"; empty when it is well formed
  bool no_root = false;     // '<speak>' is missing around it: documented, and not seen to matter
  std::string unknown_tag;  // the first one that the service does not document
};

// References in it count as text. Comments and processing instructions are skipped.
MarkupProblem CheckMarkup(std::string_view text);

}  // namespace trunkline::flow::lint
