#include "cloud/services/events/input.h"

#include <algorithm>
#include <cctype>

#include "base/json_write.h"
#include "base/text.h"

namespace trunkline::cloud::events {
namespace {

// The next step of a path: ".name", "['name']" or "[3]"; false: not a path.
bool TakeStep(std::string_view& path, std::string& step) {
  if (path.starts_with('.')) {
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find_first_of(".["), path.size());
    step = path.substr(0, end);
    path.remove_prefix(end);
    return !step.empty();
  }
  const std::size_t end = path.find(']');
  if (!path.starts_with('[') || end == std::string_view::npos) return false;
  std::string_view inside = path.substr(1, end - 1);
  path.remove_prefix(end + 1);
  if (inside.size() > 1 && (inside.front() == '\'' || inside.front() == '"'))
    inside = inside.substr(1, inside.size() - 2);
  step = inside;
  return !step.empty();
}

const json::Value* Child(const json::Value& value, const std::string& step) {
  if (value.IsObject()) return value.AsObject().Find(step);
  if (!value.IsArray()) return nullptr;
  const auto index = ToInt(step);
  if (!index || *index < 0 || static_cast<std::size_t>(*index) >= value.AsArray().size())
    return nullptr;
  return &value.AsArray()[static_cast<std::size_t>(*index)];
}

// Within quotes: a text without its own, anything else as JSON that quotes may hold.
std::string Quotable(const json::Value& value) {
  const std::string text = value.IsString() ? value.AsString() : json::Write(value);
  const std::string quoted = json::Quote(text);
  return quoted.substr(1, quoted.size() - 2);
}

std::optional<json::Value> Variable(std::string_view name, const json::Object& paths,
                                    const json::Object& event, const RuleNames& rule,
                                    std::string_view ingestion_time) {
  if (name == "aws.events.rule-arn") return json::Value(rule.arn);
  if (name == "aws.events.rule-name") return json::Value(rule.name);
  if (name == "aws.events.event.ingestion-time") return json::Value(ingestion_time);
  if (name == "aws.events.event.json") return json::Value(event);
  if (name == "aws.events.event") {
    // Without its detail, and with one name changed; seen in recordings of the service.
    json::Object without;
    for (const json::Member& member : event) {
      if (member.key != "detail")
        without.Set(member.key == "detail-type" ? "detailType" : member.key, member.value);
    }
    return json::Value(std::move(without));
  }
  const json::Value* path = paths.Find(name);
  if (!path) return std::nullopt;
  return Resolve(event, path->AsString());
}

std::string Transform(const json::Object& transformer, const json::Object& event,
                      const RuleNames& rule, std::string_view ingestion_time) {
  const std::string_view text = transformer.GetString("InputTemplate");
  const json::Object& paths = transformer.GetObject("InputPathsMap");
  std::string out;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\\' && at + 1 < text.size()) {
      out += text.substr(at++, 2);
      continue;
    }
    if (c == '"') quoted = !quoted;
    const std::size_t end = c == '<' ? text.find('>', at) : std::string_view::npos;
    if (end == std::string_view::npos) {
      out += c;
      continue;
    }
    const std::string_view name = text.substr(at + 1, end - at - 1);
    const bool known = paths.Has(name) || name.starts_with("aws.events.");
    if (!known) {
      out += c;
      continue;
    }
    const auto value = Variable(name, paths, event, rule, ingestion_time);
    // A path that leads nowhere leaves nothing within quotes, and an empty text outside; seen in
    // recordings of the service.
    if (quoted) {
      out += value ? Quotable(*value) : "";
    } else {
      out += value ? json::Write(*value) : "\"\"";
    }
    at = end;
  }
  return out;
}

constexpr std::string_view kPredefined[] = {"aws.events.rule-arn", "aws.events.rule-name",
                                            "aws.events.event", "aws.events.event.json",
                                            "aws.events.event.ingestion-time"};

bool IsPlaceholder(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.';
  });
}

}  // namespace

std::optional<std::string> UnknownPlaceholder(const json::Object& transformer) {
  const std::string_view text = transformer.GetString("InputTemplate");
  const json::Object& paths = transformer.GetObject("InputPathsMap");
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const std::string_view name = text.substr(at + 1, text.find('>', at) - at - 1);
    const bool known =
        paths.Has(name) || std::ranges::find(kPredefined, name) != std::end(kPredefined);
    if (!known && text.find('>', at) != std::string_view::npos && IsPlaceholder(name))
      return std::string(name);
  }
  return std::nullopt;
}

std::optional<json::Value> Resolve(const json::Object& event, std::string_view path) {
  if (!path.starts_with('$')) return std::nullopt;
  path.remove_prefix(1);
  const json::Value whole(event);
  const json::Value* at = &whole;
  std::string step;
  while (!path.empty()) {
    if (!TakeStep(path, step)) return std::nullopt;
    at = Child(*at, step);
    if (!at) return std::nullopt;
  }
  return *at;
}

std::string InputFor(const json::Object& target, const json::Object& event, const RuleNames& rule,
                     std::string_view ingestion_time) {
  if (target.Has("Input")) return std::string(target.GetString("Input"));
  if (target.Has("InputPath")) {
    const auto part = Resolve(event, target.GetString("InputPath"));
    return part ? json::Write(*part) : "null";
  }
  if (target.Has("InputTransformer"))
    return Transform(target.GetObject("InputTransformer"), event, rule, ingestion_time);
  return json::Write(event);
}

}  // namespace trunkline::cloud::events
