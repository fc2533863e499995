// Flows, flow modules and test cases.
#include <algorithm>

#include "base/json_read.h"
#include "base/json_write.h"
#include "center/readers.h"
#include "flow/content_slot.h"

namespace trunkline::center {
namespace {

constexpr std::string_view kFlowsFolder = "amzconnect-contact-flows/lib/callflows";
constexpr std::string_view kTestsFolder = "amzconnect-contact-flows/tests";

// What stands around the content: name, type, description, tags. Empty for bare flow language.
const json::Object& Around(const flow::Document& document) {
  static const json::Object kNothing;
  const json::Object* found = flow::FindDescription(document.format, document.root);
  return found != nullptr ? *found : kNothing;
}

Text NameOf(const flow::Document& document, const std::string& path) {
  const json::Value* name = Around(document).Find("Name");
  if (name != nullptr && name->IsString()) {
    const std::uint32_t length = json::TokenLength(document.text, name->offset());
    return {name->AsString(), json::Locate(document.text, name->offset(), path, length)};
  }
  const Place top{.file = path, .line = 1, .column = 1, .length = 1};
  if (!document.name.empty()) return {document.name, top};
  const std::string file = FileName(path);
  return {file.substr(0, file.size() - std::string_view(".json").size()), top};
}

std::string DescriptionOf(const flow::Document& document) {
  const std::string_view around = Around(document).GetString("Description");
  if (!around.empty() || !document.content.IsObject()) return std::string(around);
  return std::string(document.content.AsObject().GetObject("Metadata").GetString("description"));
}

// The API takes the contract as a string of JSON; in a file it may stand as an object, too.
std::string ContractOf(const flow::Document& document) {
  const json::Value* settings = Around(document).Find("Settings");
  if (settings == nullptr) return {};
  if (settings->IsString()) return settings->AsString();
  return settings->IsObject() ? json::Write(*settings) : std::string();
}

void CheckKind(Reading& reading, const Flow& flow, bool module) {
  const auto say = [&](std::string message, std::string hint) {
    reading.findings.push_back(FindingAt(reading.center, Severity::kError, "TL-C014",
                                         flow.name.place, std::move(message), std::move(hint)));
  };
  if (module && !flow.document.is_module) {
    say(fmt::format("expected '{}' to be a flow module", *flow.name),
        "the content of a module has a member 'Settings'");
  } else if (!module && flow.document.is_module) {
    say(fmt::format("expected '{}' to be a flow but it is a module", *flow.name),
        "modules stand in amzconnect-admin-objects/flow-modules");
  } else if (!module && flow.type.empty()) {
    say(fmt::format("nothing says what type of flow '{}' is", *flow.name),
        "put it into {\"Name\", \"ContactFlowType\", \"Content\"}, or set Metadata.type");
  }
}

}  // namespace

std::vector<std::string> FilesIn(Reading& reading, std::string_view folder,
                                 std::string_view ending) {
  std::vector<std::string> files;
  for (const FileEntry& entry : reading.List(folder)) {
    if (!entry.name.ends_with(ending)) continue;
    std::string path = JoinPath(reading.Path(folder), entry.name);
    if (entry.is_folder) {
      reading.Say(Severity::kError, "TL-C001", path, "expected a file but it is a folder");
      reading.NoteUnread(path);
    } else {
      files.push_back(std::move(path));
    }
  }
  return files;
}

std::optional<Flow> ReadFlowFile(Reading& reading, const std::string& path, bool module) {
  Result<std::string> bytes = reading.files.Read(path);
  if (!bytes.ok()) {
    reading.Say(Severity::kError, "TL-C001", path, bytes.error().message());
    reading.NoteUnread(path);
    return std::nullopt;
  }
  flow::Parsed parsed = flow::Parse(std::move(*bytes), path);
  reading.findings.insert(reading.findings.end(), parsed.findings.begin(), parsed.findings.end());
  if (!parsed.document) {
    reading.NoteUnread(path);
    return std::nullopt;
  }
  reading.center.texts[path] = parsed.document->text;
  flow::Document& document = *parsed.document;
  Flow flow{.name = NameOf(document, path),
            .type = document.is_module ? std::string() : document.type,
            .description = DescriptionOf(document),
            .document = {},
            .settings = ContractOf(document),
            .tags = ReadTags(Around(document))};
  flow.document = std::move(document);
  // A legacy export is said by Parse already; it has no content to look at.
  if (flow.document.format != flow::Format::kLegacy) CheckKind(reading, flow, module);
  return flow;
}

void ReadFlows(Reading& reading) {
  for (const std::string& path : FilesIn(reading, kFlowsFolder, ".json")) {
    if (std::optional<Flow> flow = ReadFlowFile(reading, path, false)) {
      reading.center.flows.push_back(std::move(*flow));
    }
  }
}

void ReadTests(Reading& reading) {
  for (const std::string& path : FilesIn(reading, kTestsFolder, ".json")) {
    Result<std::string> text = reading.files.Read(path);
    if (text.ok()) {
      reading.center.tests.push_back({.file = path, .text = std::move(*text)});
    } else {
      reading.Say(Severity::kError, "TL-C001", path, text.error().message());
    }
  }
}

}  // namespace trunkline::center
