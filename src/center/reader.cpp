#include "center/reader.h"

#include "base/json_read.h"
#include "base/text.h"
#include "center/checker.h"

namespace trunkline::center {

std::string Reading::Path(std::string_view below) const {
  if (below.empty()) return center.folder;
  return center.folder == "." ? std::string(below) : JoinPath(center.folder, below);
}

std::vector<FileEntry> Reading::List(std::string_view below) {
  const std::string path = Path(below);
  if (!files.Exists(path)) return {};
  if (!files.IsFolder(path)) {
    Say(Severity::kError, "TL-C001", path, "expected a folder but it is a file");
    NoteUnread(path + "/");
    return {};
  }
  Result<std::vector<FileEntry>> entries = files.List(path);
  if (entries.ok()) return std::move(*entries);
  Say(Severity::kError, "TL-C001", path, entries.error().message());
  NoteUnread(path + "/");
  return {};
}

void Reading::NoteUnread(std::string_view path) {
  using enum flow::ResourceKind;
  constexpr std::pair<std::string_view, flow::ResourceKind> kKinds[] = {
      {"/hours/", kHours},         {"/queues/", kQueue},   {"/configuration.json", kQueue},
      {"/prompts/", kPrompt},      {"/bots/", kBot},       {"/functions/", kLambda},
      {"/flow-modules/", kModule}, {"/callflows/", kFlow},
  };
  for (const auto& [part, kind] : kKinds) {
    if (path.find(part) != std::string_view::npos) unread.insert(kind);
  }
}

void Reading::Say(Severity severity, std::string_view code, std::string file, std::string message,
                  std::string hint) {
  findings.push_back({.severity = severity,
                      .code = std::string(code),
                      .message = std::move(message),
                      .hint = std::move(hint),
                      .place = {.file = std::move(file)},
                      .source_line = {}});
}

std::optional<Source> Source::Open(Reading& reading, const std::string& path, const Field& shape,
                                   json::Value (*normalize)(json::Value)) {
  Result<std::string> bytes = reading.files.Read(path);
  if (!bytes.ok()) {
    reading.Say(Severity::kError, "TL-C001", path, bytes.error().message());
    reading.NoteUnread(path);
    return std::nullopt;
  }
  const std::string& text = reading.center.texts[path] = std::move(*bytes);
  json::ReadOutcome read = json::Read(text, path, {.comments = true, .trailing_commas = true});
  reading.findings.insert(reading.findings.end(), read.findings.begin(), read.findings.end());
  if (!read.value) {
    reading.NoteUnread(path);
    return std::nullopt;
  }
  if (normalize != nullptr) read.value = normalize(std::move(*read.value));
  Source source(reading, path, text, std::move(*read.value));
  CheckShape(source, source.root_, shape);
  return source;
}

Place Source::PlaceOf(const json::Value& value) const {
  if (value.offset() == json::kNoOffset) return {.file = file_};
  // An object or array is pointed at by its bracket alone: underlining all of it says nothing.
  const bool whole = !value.IsObject() && !value.IsArray();
  const std::uint32_t length = whole ? json::TokenLength(text_, value.offset()) : 1;
  return json::Locate(text_, value.offset(), file_, length);
}

std::string Source::LineOf(const json::Value& value) const {
  if (value.offset() == json::kNoOffset) return {};
  return std::string(json::LineAt(text_, value.offset()));
}

void Source::Say(Severity severity, std::string_view code, const Place& place, std::string message,
                 std::string hint) {
  reading_->findings.push_back(
      FindingAt(reading_->center, severity, code, place, std::move(message), std::move(hint)));
}

Text Source::Get(const json::Object& object, std::string_view key,
                 std::string_view fallback) const {
  const json::Value* value = object.Find(key);
  if (value == nullptr || !value->IsString()) return {std::string(fallback), {}};
  return {value->AsString(), PlaceOf(*value)};
}

std::vector<Text> Source::GetList(const json::Object& object, std::string_view key) const {
  std::vector<Text> texts;
  for (const json::Value& value : object.GetArray(key)) {
    if (value.IsString()) texts.push_back({value.AsString(), PlaceOf(value)});
  }
  return texts;
}

std::string DidYouMean(std::string_view word, const std::vector<std::string>& candidates) {
  const std::optional<std::string> near = Nearest(word, candidates);
  return near ? fmt::format("did you mean '{}'?", *near) : std::string();
}

Tags ReadTags(const json::Object& object) {
  Tags tags;
  for (const json::Member& tag : object.GetObject("Tags")) {
    if (tag.value.IsString()) tags.emplace_back(tag.key, tag.value.AsString());
  }
  return tags;
}

}  // namespace trunkline::center
