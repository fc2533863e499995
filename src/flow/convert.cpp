#include "flow/convert.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/files.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/shown.h"
#include "base/text.h"
#include "flow/content_slot.h"
#include "flow/legacy.h"

namespace trunkline::flow {
namespace {

constexpr std::size_t kShownMember = 60;

class FormatConverter {
 public:
  FormatConverter(Document document, const ConvertOptions& options)
      : document_(std::move(document)),
        options_(options),
        to_(options.to.value_or(document_.format)) {}

  Converted Run() {
    if (document_.format != to_) Reformat();
    if (HasErrors(findings_)) return {.text = {}, .findings = std::move(findings_)};
    Fold();
    return {.text = Write(document_), .findings = std::move(findings_)};
  }

 private:
  void Say(Severity severity, std::string_view code, std::string message, std::string hint,
           std::uint32_t offset) {
    Finding finding{.severity = severity,
                    .code = std::string(code),
                    .message = std::move(message),
                    .hint = std::move(hint),
                    .place = {.file = document_.file},
                    .source_line = {}};
    if (offset != json::kNoOffset) {
      finding.place = json::Locate(document_.text, offset, document_.file,
                                   json::TokenLength(document_.text, offset));
      finding.source_line.text = json::LineAt(document_.text, offset);
    }
    findings_.push_back(std::move(finding));
  }

  void Fold() {
    if (options_.folding == Folding::kKeep || document_.format == Format::kBare) return;
    document_.content_is_string = options_.folding == Folding::kFold;
  }

  void Reformat() {
    const json::Object* description = FindDescription(document_.format, document_.root);
    const json::Object old = description == nullptr ? json::Object() : *description;
    SayLostAround();
    if (to_ == Format::kBare) {
      KeepInMetadata(old);
      document_.root = json::Value();
    } else {
      Wrap(old);
    }
    document_.format = to_;
    document_.content_is_string = false;
  }

  void Lose(const json::Member& member) {
    if (member.value.IsNull()) return;
    Say(Severity::kWarning, "TL-F505",
        fmt::format("'{}' is lost: {}", member.key, Shown(json::Write(member.value), kShownMember)),
        fmt::format("a {} flow has no such member", ToText(to_)), member.key_offset);
  }

  // Beside the one member that describe-contact-flow answers with.
  void SayLostAround() {
    if (document_.format != Format::kDescribed) return;
    for (const json::Member& member : document_.root.AsObject())
      if (member.key != "ContactFlow" && member.key != "ContactFlowModule") Lose(member);
  }

  static std::string_view LayoutKey(std::string_view key) {
    constexpr std::pair<std::string_view, std::string_view> kKeys[] = {
        {"Name", "name"},
        {"Type", "type"},
        {"ContactFlowType", "type"},
        {"Description", "description"},
        {"Status", "status"}};
    const auto* const found =
        std::ranges::find(kKeys, key, &std::pair<std::string_view, std::string_view>::first);
    return found == std::end(kKeys) ? std::string_view() : found->second;
  }

  void KeepInMetadata(const json::Object& old) {
    if (document_.is_module && !document_.content.AsObject().Has("Settings")) {
      Say(Severity::kWarning, "TL-F505", "it is lost that the flow is a module",
          "a bare module has the member 'Settings'", document_.root.offset());
    }
    for (const json::Member& member : old) {
      if (member.key == "Content") continue;
      const std::string_view key = LayoutKey(member.key);
      if (key.empty() || !member.value.IsString()) {
        Lose(member);
        continue;
      }
      json::Object& content = document_.content.AsObject();
      if (!content.Has("Metadata")) content.Set("Metadata", json::Object());
      json::Value& metadata = *content.Find("Metadata");
      if (!metadata.IsObject()) {
        Lose(member);
        continue;
      }
      const std::string_view layout = LayoutNameOfFlowType(member.value.AsString());
      metadata.AsObject().Set(
          key, key == "type" && !layout.empty() ? json::Value(layout) : member.value);
    }
  }

  // A file's name without ".json": what the flow is called when nothing says it.
  std::string NameOfFlow() {
    if (!document_.name.empty()) return document_.name;
    std::string name = FileName(document_.file);
    if (name.ends_with(".json")) name.resize(name.size() - 5);
    Say(Severity::kNote, "TL-F507",
        fmt::format("nothing names the flow, so it is called '{}' after its file", name), "",
        json::kNoOffset);
    return name;
  }

  std::string TypeOfFlow() {
    if (!document_.type.empty()) return document_.type;
    if (!options_.type.empty()) return options_.type;
    Say(Severity::kError, "TL-F507",
        "nothing says which type the flow has, and the wrapper needs it",
        "name it: --type CONTACT_FLOW, CUSTOMER_QUEUE, ...", json::kNoOffset);
    return {};
  }

  void Wrap(const json::Object& old) {
    const std::string type = TypeOfFlow();
    json::Object wrapper{{"Name", NameOfFlow()}};
    if (to_ == Format::kWrapped) wrapper.Set("ContactFlowType", type);
    if (to_ == Format::kDescribed && !document_.is_module) wrapper.Set("Type", type);
    for (const json::Member& member : old) {
      if (member.key == "Name" || member.key == "Type" || member.key == "ContactFlowType") continue;
      if (member.key == "Content") continue;
      wrapper.Set(member.key, member.value);
    }
    wrapper.Set("Content", json::Value());  // Write fills it in
    if (to_ == Format::kDescribed) {
      json::Object described;
      described.Set(document_.is_module ? "ContactFlowModule" : "ContactFlow", std::move(wrapper));
      document_.root = std::move(described);
    } else {
      document_.root = std::move(wrapper);
    }
  }

  Document document_;
  const ConvertOptions& options_;
  const Format to_;
  Findings findings_;
};

}  // namespace

Converted Convert(const Document& document, const ConvertOptions& options) {
  if (const Result<std::string> formatted = FormatText(document); !formatted) {
    return {.text = {},
            .findings = {{.severity = Severity::kError,
                          .code = "TL-F509",
                          .message = formatted.error().message(),
                          .hint = {},
                          .place = {.file = document.file},
                          .source_line = {}}}};
  }
  if (document.format != Format::kLegacy) return FormatConverter(document, options).Run();
  LegacyConversion conversion = ConvertLegacy(document);
  if (!conversion.document) return {.text = {}, .findings = std::move(conversion.findings)};
  Converted converted = FormatConverter(std::move(*conversion.document), options).Run();
  converted.findings.insert(converted.findings.begin(), conversion.findings.begin(),
                            conversion.findings.end());
  return converted;
}

}  // namespace trunkline::flow
