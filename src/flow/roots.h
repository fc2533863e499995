// The roots of run-time references: what may stand behind "$.".
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "flow/reference.h"

namespace trunkline::flow {

struct ReferenceRoot {
  std::string_view name;
  bool needs_leaf;  // "$.External" alone is refused; "$.Channel" is a value
};
std::span<const ReferenceRoot> AllReferenceRoots();

// Why the service would not take the reference, or nothing: its root is unknown, or it needs a
// leaf. Dynamic roots cannot be judged.
struct ReferenceProblem {
  std::string message;
  std::string hint;
};
std::optional<ReferenceProblem> JudgeReference(const Path& path);

}  // namespace trunkline::flow
