#include "flow/reference.h"

#include <algorithm>
#include <charconv>

#include "base/json_write.h"

namespace trunkline::flow {

bool IsReferenceNameCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}
namespace {

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

// Where a reference may begin, from `at` on; the text's size when nowhere.
std::size_t FindMark(std::string_view text, std::size_t at = 0) {
  while (at < text.size() && text[at] != '$' && text[at] != '`') ++at;
  return at;
}

// References nest one in another's key; real ones nest once.
constexpr int kMaxNesting = 8;

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  // The reference that starts at `at`; `at` then stands behind it. Nothing, and `at` unchanged,
  // when none does.
  std::optional<Path> Reference(std::size_t& at, int nesting = 0) const {
    if (nesting > kMaxNesting || at >= text_.size()) return std::nullopt;
    std::size_t end = at;
    std::optional<Path> path;
    if (text_[at] == '`') {
      ++end;
      path = Reference(end, nesting + 1);
      if (!path || end >= text_.size() || text_[end] != '`') return std::nullopt;
      ++end;
    } else if (text_[at] == '$') {
      ++end;
      path.emplace();
      while (std::optional<PathStep> step = Step(end, nesting))
        path->steps.push_back(std::move(*step));
      if (path->steps.empty()) return std::nullopt;
    }
    if (path) at = end;
    return path;
  }

 private:
  std::optional<PathStep> Step(std::size_t& at, int nesting) const {
    std::size_t end = at;
    const bool dot = end < text_.size() && text_[end] == '.';
    if (dot) ++end;
    std::optional<PathStep> step;
    if (end < text_.size() && text_[end] == '[') {
      step = Bracket(++end, nesting);
    } else if (dot) {
      const std::size_t begin = end;
      while (end < text_.size() && IsReferenceNameCharacter(text_[end])) ++end;
      if (end > begin)
        step = PathStep{.name = std::string(text_.substr(begin, end - begin)), .dynamic = {}};
    }
    if (step) at = end;
    return step;
  }

  // Behind '['; `at` then stands behind ']'.
  std::optional<PathStep> Bracket(std::size_t& at, int nesting) const {
    std::optional<PathStep> step;
    if (text_.substr(at, 2) == "'`") {
      ++at;
      std::optional<Path> inner = Reference(at, nesting + 1);
      if (!inner || text_.substr(at, 1) != "'") return std::nullopt;
      ++at;
      step.emplace();
      step->dynamic.push_back(std::move(*inner));
    } else if (text_.substr(at, 1) == "'") {
      const std::size_t end = text_.find('\'', at + 1);
      if (end == std::string_view::npos || end == at + 1) return std::nullopt;
      step = PathStep{.name = std::string(text_.substr(at + 1, end - at - 1)), .dynamic = {}};
      at = end + 1;
    } else {
      const std::size_t begin = at;
      while (at < text_.size() && IsDigit(text_[at])) ++at;
      if (at == begin) return std::nullopt;
      step = PathStep{.name = std::string(text_.substr(begin, at - begin)), .dynamic = {}};
    }
    if (text_.substr(at, 1) != "]") return std::nullopt;
    ++at;
    return step;
  }

  std::string_view text_;
};

const json::Value* Member(const json::Value& value, std::string_view name) {
  if (value.IsObject()) return value.AsObject().Find(name);
  if (!value.IsArray()) return nullptr;
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), index);
  const bool is_index = error == std::errc() && end == name.data() + name.size();
  return is_index && index < value.AsArray().size() ? &value.AsArray()[index] : nullptr;
}

std::string ValueText(const json::Value& value) {
  if (value.IsNull()) return "";
  return value.IsString() ? value.AsString() : json::Write(value);
}

}  // namespace

std::string_view Path::Root() const {
  return steps.empty() ? std::string_view() : steps.front().name;
}
std::string_view Path::Key() const {
  return steps.size() < 2 ? std::string_view() : steps[1].name;
}

std::vector<Piece> Scan(std::string_view text) {
  const Scanner scanner(text);
  std::vector<Piece> pieces;
  std::size_t literal = 0;
  const auto close_literal = [&](std::size_t end) {
    if (end > literal)
      pieces.push_back({std::string(text.substr(literal, end - literal)), std::nullopt, literal});
  };
  for (std::size_t at = FindMark(text); at < text.size();) {
    const std::size_t begin = at;
    std::optional<Path> path = scanner.Reference(at);
    if (path) {
      close_literal(begin);
      pieces.push_back({std::string(text.substr(begin, at - begin)), std::move(path), begin});
      literal = at;
    } else {
      ++at;
    }
    at = FindMark(text, at);
  }
  close_literal(text.size());
  return pieces;
}

std::optional<Path> WholePath(std::string_view text) {
  std::size_t at = 0;
  std::optional<Path> path = Scanner(text).Reference(at);
  if (at != text.size()) return std::nullopt;
  return path;
}

bool HasReference(std::string_view text) {
  const Scanner scanner(text);
  for (std::size_t at = FindMark(text); at < text.size(); at = FindMark(text, at + 1)) {
    std::size_t end = at;
    if (scanner.Reference(end)) return true;
  }
  return false;
}

std::string ToText(const Path& path) {
  std::string text = "$";
  for (const PathStep& step : path.steps) {
    if (!step.dynamic.empty()) {
      text += "['`" + ToText(step.dynamic.front()) + "`']";
    } else if (std::ranges::all_of(step.name, IsReferenceNameCharacter)) {
      text += "." + step.name;
    } else {
      text += "['" + step.name + "']";
    }
  }
  return text;
}

const json::Value* Resolve(const Path& path, const json::Value& namespaces) {
  const json::Value* value = &namespaces;
  for (const PathStep& step : path.steps) {
    std::string name = step.name;
    if (!step.dynamic.empty()) {
      const json::Value* key = Resolve(step.dynamic.front(), namespaces);
      if (key == nullptr) return nullptr;
      name = ValueText(*key);
    }
    value = Member(*value, name);
    if (value == nullptr) return nullptr;
  }
  return value;
}

Filled Fill(std::string_view text, const json::Value& namespaces) {
  Filled filled;
  for (const Piece& piece : Scan(text)) {
    const json::Value* value = piece.path ? Resolve(*piece.path, namespaces) : nullptr;
    if (!piece.path) {
      filled.text += piece.text;
    } else if (value == nullptr || value->IsNull()) {
      filled.missing.push_back(piece.text);
    } else {
      filled.text += ValueText(*value);
    }
  }
  return filled;
}

}  // namespace trunkline::flow
