#include "base/finding_json.h"

namespace trunkline {
namespace {

std::string_view Word(Severity severity) {
  switch (severity) {
    case Severity::kNote:
      return "note";
    case Severity::kWarning:
      return "warning";
    case Severity::kError:
      return "error";
  }
  return "error";
}

}  // namespace

json::Object ToJson(const Finding& finding) {
  return {{"code", finding.code},          {"severity", Word(finding.severity)},
          {"message", finding.message},    {"hint", finding.hint},
          {"file", finding.place.file},    {"line", finding.place.line},
          {"column", finding.place.column}};
}

json::Array ToJson(const Findings& findings) {
  json::Array array;
  for (const Finding& finding : findings) array.emplace_back(ToJson(finding));
  return array;
}

json::Object ToJson(const Error& error) {
  json::Object object{{"kind", ToText(error.kind())}, {"message", error.message()}};
  object.SetIfNotEmpty("code", error.code());
  if (error.steps().empty()) return object;
  json::Array steps;
  for (const std::string& step : error.steps()) steps.emplace_back(step);
  object.Set("steps", std::move(steps));
  return object;
}

}  // namespace trunkline
