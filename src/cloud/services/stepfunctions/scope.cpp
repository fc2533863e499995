#include "cloud/services/stepfunctions/scope.h"

namespace trunkline::cloud::stepfunctions {
namespace {

bool IsVariableCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

Result<RootedPath> ParseRooted(std::string_view text) {
  if (!text.starts_with('$')) {
    return Error(ErrorKind::kInvalid, "expected a path that begins with '$' but got '{}'", text);
  }
  RootedPath rooted;
  std::size_t start = 1;
  if (text.starts_with("$$")) {
    rooted.root = RootedPath::Root::kContext;
    start = 2;
  } else {
    while (start < text.size() && IsVariableCharacter(text[start])) ++start;
    rooted.variable = text.substr(1, start - 1);
    if (!rooted.variable.empty()) rooted.root = RootedPath::Root::kVariable;
  }
  TL_TRY(rooted.path, JsonPath::Parse(text.substr(start)));
  return rooted;
}

Outcome<PathResult> FindPath(const RootedPath& path, const PathScope& scope) {
  if (path.root == RootedPath::Root::kInput) return path.path.Find(scope.input);
  if (path.root == RootedPath::Root::kContext) return path.path.Find(scope.context);
  const json::Value* variable = scope.variables.Find(path.variable);
  if (variable) return path.path.Find(*variable);
  return RuntimeFailure(fmt::format(
      "Variable '{}' is undefined. It must be assigned a value before it is used.", path.variable));
}

Outcome<> RequirePath(std::string_view text, const PathScope& scope) {
  const auto path = ParseRooted(text);
  if (!path) {
    return RuntimeFailure(fmt::format("Invalid path '{}' : {}", text, path.error().message()));
  }
  TL_TRY(PathResult found, FindPath(*path, scope));
  if (found.value) return std::move(*found.value);
  return RuntimeFailure(fmt::format("Invalid path '{}' : {}", text, found.missing));
}

}  // namespace trunkline::cloud::stepfunctions
