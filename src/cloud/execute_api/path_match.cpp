#include "cloud/execute_api/path_match.h"

#include <algorithm>
#include <cctype>

#include "base/text.h"

namespace trunkline::cloud::execute_api {
namespace {

constexpr char kGreedy = '1';
constexpr char kParameter = '2';
constexpr char kLiteral = '3';

bool IsVariable(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

bool IsGreedy(std::string_view segment) {
  return IsVariable(segment) && segment.ends_with("+}");
}

std::string_view NameOf(std::string_view segment) {
  const std::size_t around = IsGreedy(segment) ? 3 : 2;
  return segment.substr(1, segment.size() - around);
}

bool IsName(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.' ||
           c == ':';
  });
}

// "/a/b" without its first slash.
std::vector<std::string_view> Segments(std::string_view path) {
  if (path.starts_with('/')) path.remove_prefix(1);
  return Split(path, '/');
}

std::string Told(std::string_view segment, PathText text) {
  return text == PathText::kRaw ? std::string(segment) : PercentDecode(segment);
}

std::string Rest(const std::vector<std::string_view>& segments, std::size_t first, PathText text) {
  std::string rest;
  for (std::size_t i = first; i < segments.size(); ++i) {
    if (i > first) rest += '/';
    rest += Told(segments[i], text);
  }
  return rest;
}

}  // namespace

std::optional<PathMatch> MatchPath(std::string_view pattern, std::string_view path, PathText text) {
  const std::vector<std::string_view> wanted = Segments(pattern);
  const std::vector<std::string_view> given = Segments(path);
  PathMatch match;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (i >= given.size()) return std::nullopt;
    if (IsGreedy(wanted[i])) {
      std::string rest = Rest(given, i, text);
      if (rest.empty()) return std::nullopt;
      match.parameters.Set(NameOf(wanted[i]), std::move(rest));
      match.rank += kGreedy;
      return match;
    }
    if (IsVariable(wanted[i])) {
      if (given[i].empty()) return std::nullopt;
      match.parameters.Set(NameOf(wanted[i]), Told(given[i], text));
      match.rank += kParameter;
      continue;
    }
    if (PercentDecode(given[i]) != wanted[i]) return std::nullopt;
    match.rank += kLiteral;
  }
  if (given.size() != wanted.size()) return std::nullopt;
  return match;
}

bool IsPathPattern(std::string_view pattern) {
  if (!pattern.starts_with('/')) return false;
  const std::vector<std::string_view> segments = Segments(pattern);
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const std::string_view segment = segments[i];
    if (segment.empty() && segments.size() > 1 && i + 1 < segments.size()) return false;
    if (!IsVariable(segment)) {
      if (segment.find_first_of("{} ?#") != std::string_view::npos) return false;
      continue;
    }
    if (IsGreedy(segment) && i + 1 < segments.size()) return false;
    const std::string_view name = NameOf(segment);
    if (!IsName(name) || std::ranges::find(names, name) != names.end()) return false;
    names.push_back(name);
  }
  return true;
}

}  // namespace trunkline::cloud::execute_api
