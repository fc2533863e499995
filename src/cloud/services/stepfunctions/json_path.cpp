#include "cloud/services/stepfunctions/json_path.h"

#include <algorithm>

#include "base/text.h"
#include "cloud/services/stepfunctions/json_path_filter.h"

namespace trunkline::cloud::stepfunctions {
namespace {

constexpr std::size_t kLongest = 1024;
constexpr std::size_t kMostSteps = 64;
// Several descents in one path multiply what they find.
constexpr std::size_t kMostMatches = 100'000;

using Kind = PathStep::Kind;

Error NoPath(std::string_view text, std::string_view why) {
  return Error(ErrorKind::kInvalid, "the path '${}' {}", text, why);
}

// Where the bracket that opens at `open` closes; npos: nowhere. Quotes and inner brackets count.
std::size_t ClosingBracket(std::string_view text, std::size_t open) {
  int depth = 0;
  char quote = 0;
  for (std::size_t at = open; at < text.size(); ++at) {
    const char c = text[at];
    if (quote != 0) {
      if (c == '\\') {
        ++at;
      } else if (c == quote) {
        quote = 0;
      }
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '[' || c == '(') {
      ++depth;
    } else if ((c == ']' || c == ')') && --depth == 0) {
      return at;
    }
  }
  return std::string_view::npos;
}

// 'name' or "name", with backslash escapes; nothing for anything else.
std::optional<std::string> Unquote(std::string_view text) {
  if (text.size() < 2 || (text.front() != '\'' && text.front() != '"') ||
      text.back() != text.front())
    return std::nullopt;
  std::string name;
  for (std::size_t at = 1; at + 1 < text.size(); ++at) {
    if (text[at] == '\\' && at + 2 < text.size()) ++at;
    name += text[at];
  }
  return name;
}

std::vector<std::string_view> SplitUnion(std::string_view text) {
  std::vector<std::string_view> parts;
  char quote = 0;
  std::size_t start = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (quote != 0) {
      if (text[at] == '\\')
        ++at;
      else if (text[at] == quote)
        quote = 0;
    } else if (text[at] == '\'' || text[at] == '"') {
      quote = text[at];
    } else if (text[at] == ',') {
      parts.push_back(Trim(text.substr(start, at - start)));
      start = at + 1;
    }
  }
  parts.push_back(Trim(text.substr(start)));
  return parts;
}

Result<PathStep> ReadSlice(std::string_view inside, std::size_t colon) {
  PathStep step{.kind = Kind::kSlice};
  const std::string_view from = Trim(inside.substr(0, colon));
  const std::string_view to = Trim(inside.substr(colon + 1));
  if (!from.empty()) step.from = ToInt(from);
  if (!to.empty()) step.to = ToInt(to);
  if ((!from.empty() && !step.from) || (!to.empty() && !step.to)) {
    return Error(ErrorKind::kInvalid, "expected two indices but got '[{}]'", inside);
  }
  return step;
}

Result<PathStep> ReadUnion(std::string_view inside) {
  PathStep step;
  for (const std::string_view part : SplitUnion(inside)) {
    if (auto name = Unquote(part)) {
      step.names.push_back(std::move(*name));
    } else if (const auto index = ToInt(part)) {
      step.kind = Kind::kIndices;
      step.indices.push_back(*index);
    } else {
      return Error(ErrorKind::kInvalid, "expected a quoted name or an index but got '[{}]'",
                   inside);
    }
  }
  if (!step.names.empty() && !step.indices.empty()) {
    return Error(ErrorKind::kInvalid, "names and indices stand together in '[{}]'", inside);
  }
  return step;
}

Result<PathStep> ReadBracket(std::string_view inside) {
  inside = Trim(inside);
  if (inside == "*") return PathStep{.kind = Kind::kWildcard};
  if (inside.starts_with("?(") && inside.ends_with(')')) {
    PathStep step{.kind = Kind::kFilter};
    TL_TRY(step.filter, ParseFilter(inside.substr(2, inside.size() - 3)));
    return step;
  }
  const std::size_t colon = inside.find(':');
  if (colon != std::string_view::npos && !Unquote(inside)) return ReadSlice(inside, colon);
  return ReadUnion(inside);
}

bool IsNameEnd(char c) {
  return c == '.' || c == '[' || c == '(' || c == ')' || c == ' ';
}

// The step that begins with a name at `at`, behind the dot.
Result<PathStep> ReadName(std::string_view text, std::size_t& at) {
  std::size_t end = at;
  while (end < text.size() && !IsNameEnd(text[end])) ++end;
  std::string name(text.substr(at, end - at));
  at = end;
  if (name == "*") return PathStep{.kind = Kind::kWildcard};
  if (name == "length" && text.substr(at, 2) == "()") {
    at += 2;
    return PathStep{.kind = Kind::kLength};
  }
  if (name.empty()) return NoPath(text, "has a dot without a name");
  PathStep step;
  step.names.push_back(std::move(name));
  return step;
}

bool IsSingle(const PathStep& step) {
  return step.kind == Kind::kLength || (step.kind == Kind::kNames && step.names.size() == 1) ||
         (step.kind == Kind::kIndices && step.indices.size() == 1);
}

const json::Value* ElementAt(const json::Array& array, std::int64_t index) {
  const auto size = static_cast<std::int64_t>(array.size());
  if (index < 0) index += size;
  return index >= 0 && index < size ? &array[static_cast<std::size_t>(index)] : nullptr;
}

using Matches = std::vector<const json::Value*>;

void AddChildren(const json::Value& value, Matches& matches) {
  if (value.IsArray()) {
    for (const json::Value& item : value.AsArray()) matches.push_back(&item);
  } else if (value.IsObject()) {
    for (const auto& member : value.AsObject()) matches.push_back(&member.value);
  }
}

void AddAll(const json::Value& value, Matches& matches) {
  if (matches.size() > kMostMatches) return;
  matches.push_back(&value);
  Matches children;
  AddChildren(value, children);
  for (const json::Value* child : children) AddAll(*child, matches);
}

void AddSlice(const PathStep& step, const json::Array& array, Matches& matches) {
  const auto size = static_cast<std::int64_t>(array.size());
  std::int64_t from = step.from.value_or(0);
  std::int64_t to = step.to.value_or(size);
  if (from < 0) from = std::max<std::int64_t>(0, from + size);
  if (to < 0) to += size;
  for (std::int64_t i = from; i < std::min(to, size); ++i) {
    matches.push_back(&array[static_cast<std::size_t>(i)]);
  }
}

void AddFiltered(const PathStep& step, const json::Value& value, const json::Value& root,
                 Matches& matches) {
  Matches candidates;
  if (value.IsArray()) {
    AddChildren(value, candidates);
  } else {
    candidates.push_back(&value);
  }
  for (const json::Value* candidate : candidates) {
    if (Holds(*step.filter, *candidate, root)) matches.push_back(candidate);
  }
}

void Apply(const PathStep& step, const json::Value& value, const json::Value& root,
           Matches& matches) {
  if (step.kind == Kind::kNames && value.IsObject()) {
    for (const std::string& name : step.names) {
      if (const json::Value* found = value.AsObject().Find(name)) matches.push_back(found);
    }
  } else if (step.kind == Kind::kIndices && value.IsArray()) {
    for (const std::int64_t index : step.indices) {
      if (const json::Value* found = ElementAt(value.AsArray(), index)) matches.push_back(found);
    }
  } else if (step.kind == Kind::kSlice && value.IsArray()) {
    AddSlice(step, value.AsArray(), matches);
  } else if (step.kind == Kind::kWildcard) {
    AddChildren(value, matches);
  } else if (step.kind == Kind::kDescent) {
    AddAll(value, matches);
  } else if (step.kind == Kind::kFilter) {
    AddFiltered(step, value, root, matches);
  }
}

std::string Shown(const PathStep& step) {
  if (step.kind == Kind::kLength) return ".length()";
  if (step.kind == Kind::kNames) return fmt::format("['{}']", step.names.front());
  return fmt::format("[{}]", step.indices.front());
}

std::optional<std::int64_t> LengthOf(const json::Value& value) {
  if (value.IsArray()) return static_cast<std::int64_t>(value.AsArray().size());
  if (value.IsObject()) return static_cast<std::int64_t>(value.AsObject().size());
  return std::nullopt;
}

}  // namespace

Result<JsonPath> JsonPath::Parse(std::string_view steps) {
  if (steps.size() > kLongest)
    return NoPath(steps.substr(0, 40), "is longer than 1,024 characters");
  JsonPath path;
  for (std::size_t at = 0; at < steps.size();) {
    PathStep step;
    if (steps[at] == '[') {
      const std::size_t close = ClosingBracket(steps, at);
      if (close == std::string_view::npos)
        return NoPath(steps, "has a bracket that does not close");
      TL_TRY(step, ReadBracket(steps.substr(at + 1, close - at - 1)));
      at = close + 1;
    } else if (steps.substr(at, 2) == "..") {
      step.kind = Kind::kDescent;
      at += steps.substr(at, 3) == "..[" ? 2 : 1;
      if (at + 1 >= steps.size()) return NoPath(steps, "ends with dots");
    } else if (steps[at] == '.') {
      TL_TRY(step, ReadName(steps, ++at));
    } else {
      return NoPath(steps, "expects a dot or a bracket behind the '$'");
    }
    path.definite_ = path.definite_ && IsSingle(step);
    path.steps_.push_back(std::move(step));
    if (path.steps_.size() > kMostSteps) return NoPath(steps, "has more than 64 steps");
  }
  return path;
}

bool JsonPath::is_reference() const {
  return std::ranges::all_of(
      steps_, [](const PathStep& step) { return IsSingle(step) && step.kind != Kind::kLength; });
}

std::optional<std::vector<const json::Value*>> JsonPath::Match(const json::Value& root) const {
  Matches at{&root};
  for (const PathStep& step : steps_) {
    Matches next;
    for (const json::Value* value : at) {
      Apply(step, *value, root, next);
      if (next.size() > kMostMatches) return std::nullopt;
    }
    at = std::move(next);
  }
  return at;
}

PathResult JsonPath::FindDefinite(const json::Value& root) const {
  const json::Value* at = &root;
  std::string walked = "$";
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    const PathStep& step = steps_[i];
    walked += Shown(step);
    if (step.kind == Kind::kLength) {
      const auto length = LengthOf(*at);
      if (length) return {.value = *length, .missing = {}};
    }
    Matches found;
    Apply(step, *at, root, found);
    if (found.empty()) {
      const bool inner = i + 1 < steps_.size() && step.kind == Kind::kNames;
      return {.value = std::nullopt,
              .past_end = step.kind == Kind::kIndices && at->IsArray(),
              .missing = (inner ? "Missing property in path " : "No results for path: ") + walked};
    }
    at = found.front();
  }
  return {.value = *at, .missing = {}};
}

PathResult JsonPath::Find(const json::Value& root) const {
  if (definite_) return FindDefinite(root);
  if (!steps_.empty() && steps_.back().kind == Kind::kLength) {
    JsonPath before = *this;
    before.steps_.pop_back();
    const std::optional<Matches> matches = before.Match(root);
    return {.value = matches ? matches->size() : 0, .missing = {}};
  }
  json::Array all;
  const std::optional<Matches> matches = Match(root);
  if (!matches)
    return {.value = std::nullopt, .missing = "The path matches more than 100,000 values"};
  for (const json::Value* match : *matches) all.push_back(*match);
  return {.value = std::move(all), .missing = {}};
}

bool PutAt(json::Value& root, const JsonPath& path, json::Value value) {
  json::Value* at = &root;
  for (const PathStep& step : path.steps()) {
    if (step.kind == Kind::kNames) {
      if (at->IsNull() && at != &root) *at = json::Object();
      if (!at->IsObject()) return false;
      at = &at->AsObject()[step.names.front()];
      continue;
    }
    if (!at->IsArray()) return false;
    json::Array& array = at->AsArray();
    const std::int64_t index = step.indices.front();
    if (index < 0 || index >= static_cast<std::int64_t>(array.size())) return false;
    at = &array[static_cast<std::size_t>(index)];
  }
  *at = std::move(value);
  return true;
}

}  // namespace trunkline::cloud::stepfunctions
