#include "flow/link_metadata.h"

#include <optional>

#include "base/text.h"

namespace trunkline::flow {
namespace {

json::Object* FindObject(json::Object& object, std::string_view key) {
  json::Value* value = object.Find(key);
  return value != nullptr && value->IsObject() ? &value->AsObject() : nullptr;
}

json::Object* ActionMetadata(json::Value& content) {
  if (!content.IsObject()) return nullptr;
  json::Object* metadata = FindObject(content.AsObject(), "Metadata");
  return metadata == nullptr ? nullptr : FindObject(*metadata, "ActionMetadata");
}

// The mirror of a parameter: metadata.parameters.<path>; lists are not mirrored there.
json::Object* Mirror(json::Object& metadata, std::string_view path) {
  json::Object* mirror = FindObject(metadata, "parameters");
  path.remove_prefix(std::string_view("Parameters.").size());
  for (const std::string_view step : Split(path, '.')) {
    if (mirror == nullptr) return nullptr;
    mirror = FindObject(*mirror, step);
  }
  return mirror;
}

void UpdateMirror(json::Object& mirror, const Placed& placed) {
  if (placed.at_run_time) {
    mirror.Remove("displayName");
    mirror.Set("useDynamic", true);
    return;
  }
  if (mirror.Has("useDynamic")) mirror.Set("useDynamic", false);
  mirror.Set("displayName", placed.name);
}

void SetIdAndText(json::Value& value, const Placed& placed) {
  if (placed.at_run_time) {
    value = json::Value(placed.text);
    return;
  }
  if (!value.IsObject()) value = json::Value(json::Object());
  value.AsObject().Set("id", placed.text);
  value.AsObject().Set("text", placed.name);
}

// "Parameters.Messages[2].PromptId" -> 2
std::optional<std::size_t> MessageIndex(std::string_view path) {
  const std::size_t open = path.find('[');
  if (open == std::string_view::npos) return std::nullopt;
  const std::optional<std::int64_t> index = ToInt(path.substr(open + 1, path.find(']') - open - 1));
  return index ? std::optional(static_cast<std::size_t>(*index)) : std::nullopt;
}

void UpdateAudio(json::Object& metadata, const Placed& placed) {
  json::Value* audio = metadata.Find("audio");
  const std::optional<std::size_t> index = MessageIndex(placed.path);
  if (audio == nullptr || !audio->IsArray() || !index || *index >= audio->AsArray().size()) return;
  json::Value& entry = audio->AsArray()[*index];
  if (entry.IsObject()) SetIdAndText(entry, placed);
}

// Members of older layouts, by the kind of resource.
struct OldMember {
  ResourceKind kind;
  std::string_view key;
  bool id_and_text;
};
constexpr OldMember kOldMembers[] = {
    {ResourceKind::kQueue, "queue", true},
    {ResourceKind::kFlow, "contactFlow", true},
    {ResourceKind::kFlow, "ContactFlow", true},
    {ResourceKind::kHours, "Hours", true},
    {ResourceKind::kPrompt, "promptName", false},
    {ResourceKind::kBot, "lexV2BotName", false},
    {ResourceKind::kModule, "contactFlowModuleName", false},
};

void UpdateOldMembers(json::Object& metadata, const Placed& placed) {
  for (const OldMember& member : kOldMembers) {
    json::Value* value = member.kind == placed.kind ? metadata.Find(member.key) : nullptr;
    if (value == nullptr) continue;
    if (member.id_and_text) {
      SetIdAndText(*value, placed);
    } else {
      *value = json::Value(placed.at_run_time ? placed.text : placed.name);
    }
  }
  if (json::Value* dynamic = metadata.Find("useDynamic"); dynamic != nullptr && dynamic->IsBool()) {
    *dynamic = json::Value(placed.at_run_time);
  }
}

std::string OldName(const json::Object& metadata, const Reference& reference) {
  for (const OldMember& member : kOldMembers) {
    if (member.kind != reference.kind) continue;
    const std::string_view name = member.id_and_text
                                      ? metadata.GetObject(member.key).GetString("text")
                                      : metadata.GetString(member.key);
    if (!name.empty()) return std::string(name);
  }
  const std::optional<std::size_t> index = MessageIndex(reference.path);
  const json::Array& audio = metadata.GetArray("audio");
  if (!index || *index >= audio.size() || !audio[*index].IsObject()) return {};
  return std::string(audio[*index].AsObject().GetString("text"));
}

std::string MirroredName(const json::Object& metadata, std::string_view path) {
  constexpr std::string_view kParameters = "Parameters.";
  if (!path.starts_with(kParameters)) return {};
  const json::Object* mirror = &metadata.GetObject("parameters");
  for (const std::string_view step : Split(path.substr(kParameters.size()), '.')) {
    mirror = &mirror->GetObject(step);
  }
  return std::string(mirror->GetString("displayName"));
}

}  // namespace

std::string DisplayName(const Document& document, const Reference& reference) {
  if (!document.content.IsObject()) return {};
  const json::Object& metadata = document.content.AsObject()
                                     .GetObject("Metadata")
                                     .GetObject("ActionMetadata")
                                     .GetObject(reference.action);
  // The mirror of a bot's position names the alias, an older member the bot.
  std::string old = OldName(metadata, reference);
  if (reference.kind == ResourceKind::kBot && !old.empty()) return old;
  std::string mirrored = MirroredName(metadata, reference.path);
  return mirrored.empty() ? old : mirrored;
}

void UpdateMetadata(json::Value& content, const Placed& placed) {
  json::Object* all = ActionMetadata(content);
  json::Object* metadata = all == nullptr ? nullptr : FindObject(*all, placed.action);
  if (metadata == nullptr) return;
  if (json::Object* mirror = Mirror(*metadata, placed.path)) UpdateMirror(*mirror, placed);
  if (placed.kind == ResourceKind::kPrompt) UpdateAudio(*metadata, placed);
  UpdateOldMembers(*metadata, placed);
}

bool IsLayoutId(std::string_view path) {
  return path.ends_with(".id") || path.ends_with("Arn") || path.ends_with("ARN");
}

void AddToLayout(json::Value& content, const std::string& action) {
  json::Object* all = ActionMetadata(content);
  if (all == nullptr) return;
  // Above the first blocks, which the console draws from (20, 20) to the right.
  json::Object position{{.key = "x", .value = 160}, {.key = "y", .value = -200}};
  all->Set(action, json::Object{{.key = "position", .value = std::move(position)},
                                {.key = "isFriendlyName", .value = true}});
}

}  // namespace trunkline::flow
