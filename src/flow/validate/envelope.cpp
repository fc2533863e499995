// The flow as a whole: version, start, size, settings, identifiers.
#include <algorithm>

#include <fmt/format.h>

#include "base/code_point.h"
#include "flow/catalogue.h"
#include "flow/validate/report.h"

namespace trunkline::flow {
namespace {

constexpr std::string_view kVersion = "2019-10-30";
constexpr std::size_t kMaxActions = 250;
constexpr std::size_t kMaxContent = 256000;  // characters of the content on the wire
constexpr std::size_t kMaxIdentifier = 50;   // characters
constexpr std::string_view kForbidden = "%:(\\/)=$,;[]{}";
constexpr std::string_view kForbiddenWords[] = {
    "__proto__",      "constructor",   "__defineGetter__",     "__defineSetter__", "toString",
    "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString",   "valueOf"};
constexpr std::string_view kMembers[] = {"Version", "StartAction", "Metadata", "Actions",
                                         "Settings"};

void CheckMembers(const json::Object& content, Report& report) {
  for (const json::Member& member : content) {
    if (std::ranges::find(kMembers, member.key) != std::end(kMembers)) continue;
    report.Warning({.code = "TL-F121",
                    .message = fmt::format("'{}' is no member of a flow", member.key),
                    .hint = "what the service does with it is not known",
                    .problem = {},
                    .offset = member.key_offset});
  }
}

void CheckVersion(const json::Value& content, Report& report) {
  const json::Value* version = content.AsObject().Find("Version");
  if (version != nullptr && version->IsString() && version->AsString() == kVersion) return;
  const std::string found = version == nullptr    ? std::string("it is missing")
                            : version->IsString() ? fmt::format("got '{}'", version->AsString())
                                                  : fmt::format("got {}", version->TypeName());
  report.Error({.code = "TL-F101",
                .message = fmt::format("expected 'Version' to be '{}' but {}", kVersion, found),
                .hint = {},
                .problem = {},
                .offset = version == nullptr ? content.offset() : version->offset()});
}

void CheckStart(const json::Value& content, Report& report) {
  const Document& document = report.document();
  const json::Value* start = content.AsObject().Find("StartAction");
  if (start == nullptr) {
    report.Error({.code = "TL-F102",
                  .message = "the flow has no 'StartAction'",
                  .hint = {},
                  .problem = {},
                  .offset = content.offset()});
  } else if (document.FindAction(document.start) == nullptr) {
    report.Error({.code = "TL-F102",
                  .message = fmt::format("'StartAction' names action '{}', which does not exist",
                                         document.start),
                  .hint = {},
                  .problem = {},
                  .offset = start->offset()});
  }
}

void CheckSize(const json::Value& content, Report& report) {
  const std::size_t actions = report.document().actions.size();
  if (actions > kMaxActions) {
    report.Error(
        {.code = "TL-F118",
         .message = fmt::format("expected at most {} actions but got {}", kMaxActions, actions),
         .hint = "move a part into a module or another flow",
         .problem = {},
         .offset = content.offset()});
  }
  // Counting needs the text without blanks; a short text cannot be too long.
  if (ContentText(report.document()).size() <= kMaxContent) return;
  const std::size_t characters = CountCodePoints(WriteContent(report.document()));
  if (characters > kMaxContent) {
    report.Error({.code = "TL-F118",
                  .message = fmt::format("expected at most {} characters of content but got {}",
                                         kMaxContent, characters),
                  .hint = {},
                  .problem = {},
                  .offset = content.offset()});
  }
}

void CheckSettings(const json::Value& content, Report& report) {
  const Document& document = report.document();
  const json::Value* settings = content.AsObject().Find("Settings");
  if (document.is_module && (settings == nullptr || settings->IsNull())) {
    report.Error({.code = "TL-F119",
                  .message = "a module needs the member 'Settings'",
                  .hint = "the console writes "
                          "{\"InputParameters\":[],\"OutputParameters\":[],\"Transitions\":[...]}",
                  .problem = "JSON field is missing or null for field name: settings",
                  .offset = content.offset()});
  } else if (!document.is_module && settings != nullptr) {
    report.Error({.code = "TL-F119",
                  .message = "only a module has the member 'Settings'",
                  .hint = {},
                  .problem = {},
                  .offset = settings->offset()});
  }
}

void CheckIdentifier(const Action& action, Report& report) {
  if (action.id.empty()) return;  // Parse has said so
  const std::size_t bad = action.id.find_first_of(kForbidden);
  std::string message;
  if (CountCodePoints(action.id) > kMaxIdentifier) {
    message = fmt::format("expected an identifier of at most {} characters but '{}' has {}",
                          kMaxIdentifier, action.id, CountCodePoints(action.id));
  } else if (bad != std::string::npos) {
    message = fmt::format("identifier '{}' has the character '{}', which the service refuses",
                          action.id, action.id[bad]);
  } else if (std::ranges::find(kForbiddenWords, action.id) != std::end(kForbiddenWords)) {
    message = fmt::format("identifier '{}' is a word that the service refuses", action.id);
  }
  if (message.empty()) return;
  report.Error({.code = "TL-F103",
                .message = std::move(message),
                .hint = {},
                .problem = fmt::format("Invalid Action property value. Path: {}",
                                       WirePath(action, "Identifier")),
                .offset = action.offset});
}

}  // namespace

void ValidateEnvelope(Report& report) {
  const json::Value& content = report.document().content;
  CheckMembers(content.AsObject(), report);
  CheckVersion(content, report);
  CheckStart(content, report);
  CheckSize(content, report);
  CheckSettings(content, report);
  for (const Action& action : report.document().actions) CheckIdentifier(action, report);
}

}  // namespace trunkline::flow
