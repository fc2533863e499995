#include "cloud/services/codepipeline/variables.h"

#include <algorithm>
#include <optional>

namespace trunkline::cloud::codepipeline {
namespace {

// All resolved values of one action together (documented).
constexpr std::size_t kMostResolved = 100U << 10U;

bool IsNameCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '@' ||
         c == '-' || c == '_';
}

struct Found {
  std::size_t begin = 0;
  std::size_t end = 0;  // behind the closing brace
  VariableReference reference;
};

// The next "#{space.key}"; what only looks like one is text.
std::optional<Found> FindNext(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find("#{", from); at != std::string_view::npos;
       at = text.find("#{", at + 1)) {
    const std::size_t close = text.find('}', at);
    if (close == std::string_view::npos) return std::nullopt;
    const std::string_view inner = text.substr(at + 2, close - at - 2);
    const std::size_t dot = inner.find('.');
    if (dot == std::string_view::npos || dot == 0 || dot + 1 == inner.size()) continue;
    const std::string_view space = inner.substr(0, dot);
    const std::string_view key = inner.substr(dot + 1);
    if (!std::ranges::all_of(space, IsNameCharacter) || !std::ranges::all_of(key, IsNameCharacter))
      continue;
    return Found{.begin = at,
                 .end = close + 1,
                 .reference = {.space = std::string(space), .key = std::string(key)}};
  }
  return std::nullopt;
}

}  // namespace

std::vector<VariableReference> FindReferences(std::string_view text) {
  std::vector<VariableReference> references;
  for (auto found = FindNext(text, 0); found; found = FindNext(text, found->end))
    references.push_back(found->reference);
  return references;
}

Answer<std::string> ResolveVariables(std::string_view text, const json::Object& spaces) {
  std::string resolved;
  std::size_t at = 0;
  for (auto found = FindNext(text, 0); found; found = FindNext(text, found->end)) {
    resolved += text.substr(at, found->begin - at);
    const json::Value* value = spaces.GetObject(found->reference.space).Find(found->reference.key);
    if (!value) {
      return ServiceError(
          "ConfigurationError",
          fmt::format("The action configuration refers to the variable {}.{}, which no action of "
                      "this pipeline execution has produced",
                      found->reference.space, found->reference.key));
    }
    resolved += value->AsString();
    at = found->end;
  }
  return resolved + std::string(text.substr(at));
}

Answer<json::Object> ResolveConfiguration(const json::Object& configuration,
                                          const json::Object& spaces) {
  json::Object resolved;
  std::size_t size = 0;
  for (const json::Member& setting : configuration) {
    TL_TRY(std::string value, ResolveVariables(setting.value.AsString(), spaces));
    size += value.size();
    resolved.Set(setting.key, std::move(value));
  }
  if (size <= kMostResolved) return resolved;
  return ServiceError("ConfigurationError",
                      fmt::format("The resolved action configuration has {} bytes. There should be "
                                  "a maximum of {}",
                                  size, kMostResolved));
}

}  // namespace trunkline::cloud::codepipeline
