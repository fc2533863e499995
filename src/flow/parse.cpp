#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/text.h"
#include "flow/content_slot.h"
#include "flow/document.h"
#include "flow/encoding.h"
#include "flow/read_actions.h"

namespace trunkline::flow {
namespace {

class Parser {
 public:
  explicit Parser(std::string_view file) { document_.file = file; }

  Parsed File(std::string bytes) {
    if (!DecodeBytes(std::move(bytes)) || !ReadRoot({.comments = true, .trailing_commas = true}))
      return Give(false);
    if (!Recognise()) return Give(false);
    if (document_.format == Format::kLegacy) return Give(true);
    if (!TakeContent()) return Give(false);
    ReadNames();
    ReadActions(document_, findings_);
    return Give(true);
  }

  Parsed Content(std::string content, std::string_view type) {
    if (!IsUtf8(content)) {
      findings_.push_back(Plain("TL-F002", "expected the flow's content to be UTF-8 text"));
      return Give(false);
    }
    document_.text = std::move(content);
    document_.map.ReadLines(document_.text);
    if (!ReadRoot({}) || !Recognise()) return Give(false);
    if (document_.format != Format::kBare) {
      findings_.push_back(Plain(
          "TL-F003",
          fmt::format("expected bare flow language but got a {} flow", ToText(document_.format))));
      return Give(false);
    }
    TakeContent();
    ReadNames();
    document_.type = type;
    document_.is_module = type == "MODULE";
    ReadActions(document_, findings_);
    return Give(true);
  }

 private:
  Parsed Give(bool readable) {
    Parsed parsed{.document = {}, .findings = std::move(findings_)};
    if (readable) parsed.document = std::move(document_);
    return parsed;
  }

  Finding Plain(std::string_view code, std::string message, std::string hint = {}) const {
    return {.severity = Severity::kError,
            .code = std::string(code),
            .message = std::move(message),
            .hint = std::move(hint),
            .place = {.file = document_.file, .line = 0, .column = 0, .length = 0},
            .source_line = {}};
  }

  Finding AtFile(Severity severity, std::string_view code, std::string message, std::string hint,
                 std::uint32_t offset) const {
    return {.severity = severity,
            .code = std::string(code),
            .message = std::move(message),
            .hint = std::move(hint),
            .place = PlaceInFile(document_, offset, json::TokenLength(document_.text, offset)),
            .source_line = {std::string(json::LineAt(document_.text, offset))}};
  }

  bool DecodeBytes(std::string bytes) {
    Decoded decoded = Decode(bytes);
    if (!decoded.text) {
      Finding finding = Plain("TL-F002", decoded.problem, "save the file as UTF-8");
      finding.place = json::Locate(bytes, static_cast<std::uint32_t>(*decoded.first_foreign),
                                   document_.file, 1);
      findings_.push_back(std::move(finding));
      return false;
    }
    document_.text = std::move(*decoded.text);
    document_.map.ReadLines(document_.text);
    if (!decoded.first_foreign) return true;
    // What comes before the first foreign byte is ASCII, so its offset is the same in both texts.
    const auto offset = static_cast<std::uint32_t>(*decoded.first_foreign);
    document_.encoding = Encoding::kWindows1252;
    findings_.push_back(
        AtFile(Severity::kWarning, "TL-F001",
               fmt::format("the file is not UTF-8 (byte 0x{:02x}) and was read as Windows-1252",
                           static_cast<unsigned char>(bytes[offset])),
               "save it as UTF-8", offset));
    findings_.back().place.length = 1;
    return true;
  }

  bool ReadRoot(const json::ReadOptions& options) {
    json::ReadOutcome outcome = json::Read(document_.text, document_.file, options);
    std::move(outcome.findings.begin(), outcome.findings.end(), std::back_inserter(findings_));
    if (!outcome.value) return false;
    document_.root = std::move(*outcome.value);
    return true;
  }

  // Decides the format by the members of the root.
  bool Recognise() {
    const std::optional<Format> format = FormatOf(document_.root);
    if (!format) {
      ReportNoFlow();
      return false;
    }
    document_.format = *format;
    if (document_.format == Format::kLegacy) {
      document_.type = FlowTypeOfLayoutName(document_.root.AsObject().GetString("type"));
      document_.name = document_.root.AsObject().GetObject("metadata").GetString("name");
      findings_.push_back(AtFile(
          Severity::kError, "TL-F005", "the file is a legacy export ('modules'), not flow language",
          "convert it first: trunkline flow convert", document_.root.offset()));
    }
    return true;
  }

  static std::optional<Format> FormatOf(const json::Value& root) {
    if (!root.IsObject()) return std::nullopt;
    const json::Object& object = root.AsObject();
    if (object.Has("Actions") || object.Has("StartAction")) return Format::kBare;
    if (object.Has("Content")) return Format::kWrapped;
    if (object.GetObject("ContactFlow").Has("Content")) return Format::kDescribed;
    if (object.GetObject("ContactFlowModule").Has("Content")) return Format::kDescribed;
    if (object.GetArray("modules").empty() && !object.Has("start")) return std::nullopt;
    return Format::kLegacy;
  }

  void ReportNoFlow() {
    constexpr std::string_view kExpected =
        "'Actions' (flow language), 'Content' (a wrapped flow), 'ContactFlow' "
        "(describe-contact-flow) or 'modules'";
    if (!document_.root.IsObject()) {
      findings_.push_back(AtFile(
          Severity::kError, "TL-F003",
          fmt::format("expected a flow, which is an object, but got {}", document_.root.TypeName()),
          "", document_.root.offset()));
      return;
    }
    const std::string known[] = {"Actions", "Content", "ContactFlow", "ContactFlowModule",
                                 "modules"};
    std::string found;
    for (const json::Member& member : document_.root.AsObject()) {
      if (found.size() > 80) break;
      found += fmt::format("{}'{}'", found.empty() ? "" : ", ", member.key);
      if (const std::optional<std::string> nearest = Nearest(member.key, known)) {
        found += fmt::format(" (did you mean '{}'?)", *nearest);
      }
    }
    findings_.push_back(
        AtFile(Severity::kError, "TL-F003", fmt::format("expected a flow with {}", kExpected),
               found.empty() ? "the object is empty" : "found " + found, document_.root.offset()));
  }

  bool TakeContent() {
    if (document_.format == Format::kBare) {
      document_.content = std::exchange(document_.root, json::Value());
    } else {
      const json::Value& slot = *FindContentSlot(document_.format, std::as_const(document_.root));
      if (slot.IsString()) return ReadContentString(slot);
      document_.content = slot;
    }
    return CheckContent(document_.content);
  }

  bool CheckContent(const json::Value& content) {
    if (!content.IsObject()) {
      findings_.push_back(FindingAt(
          document_, Severity::kError, "TL-F004",
          fmt::format("expected 'Content' to be flow language (an object, or a string that "
                      "holds one) but got {}",
                      content.TypeName()),
          "", content.offset()));
      return false;
    }
    if (content.AsObject().Has("Actions")) return true;
    findings_.push_back(FindingAt(document_, Severity::kError, "TL-F003",
                                  "the flow has no 'Actions'", "", content.offset()));
    return true;
  }

  // The string's own text is read as strict JSON: the service takes nothing else.
  bool ReadContentString(const json::Value& slot) {
    document_.content_is_string = true;
    document_.content_text = slot.AsString();
    document_.map.ReadContent(document_.text, slot.offset());
    json::ReadOutcome outcome = json::Read(document_.content_text, document_.file, {});
    for (Finding& finding : outcome.findings) {
      finding.message = "in 'Content': " + finding.message;
      finding.place = InFile(finding.place);
      finding.source_line.text = json::LineAt(document_.text, slot.offset());
      findings_.push_back(std::move(finding));
    }
    if (!outcome.value) return false;
    document_.content = std::move(*outcome.value);
    return CheckContent(document_.content);
  }

  // A place in the content string's text, as a place in the file.
  Place InFile(const Place& place) const {
    std::size_t offset = 0;
    for (std::uint32_t line = 1; line < place.line; ++line)
      offset = document_.content_text.find('\n', offset) + 1;
    return PlaceOf(document_, static_cast<std::uint32_t>(offset + place.column - 1), place.length);
  }

  void ReadNames() {
    const json::Object& content = document_.content.AsObject();
    const json::Object& metadata = content.GetObject("Metadata");
    document_.name = metadata.GetString("name");
    document_.type = FlowTypeOfLayoutName(metadata.GetString("type"));
    document_.is_module = content.Has("Settings");
    if (const json::Object* description = FindDescription(document_.format, document_.root)) {
      if (description->Has("Name")) document_.name = description->GetString("Name");
      const std::string_view type =
          description->GetString("Type", description->GetString("ContactFlowType"));
      if (!type.empty()) document_.type = type;
      const bool described_module = document_.format == Format::kDescribed &&
                                    document_.root.AsObject().Has("ContactFlowModule");
      const bool by_arn =
          description->GetString("Arn").find("/flow-module/") != std::string_view::npos;
      document_.is_module = document_.is_module || described_module || by_arn || type == "MODULE";
    }
    if (document_.is_module) document_.type = "MODULE";
  }

  Document document_;
  Findings findings_;
};

}  // namespace

Parsed Parse(std::string bytes, std::string_view file) {
  return Parser(file).File(std::move(bytes));
}

Parsed ParseContent(std::string content, std::string_view type) {
  return Parser("").Content(std::move(content), type);
}

}  // namespace trunkline::flow
