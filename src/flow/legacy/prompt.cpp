#include "flow/legacy/prompt.h"

#include "base/text.h"

namespace trunkline::flow {
namespace {

std::string SpokenAs(std::string_view kind) {
  return EqualsIgnoreCase(kind, "ssml") ? "SSML" : "Text";
}

}  // namespace

void ConvertLegacyPrompt(LegacyBuilder& action) {
  const LegacyParameter* text = action.Take("Text");
  const LegacyParameter* audio = action.Take("AudioPrompt");
  const LegacyParameter* kind = action.Take("TextToSpeechType");
  const bool plays = audio != nullptr && !(audio->value.empty() && audio->resource.empty());
  if (plays) {
    action.SetResource("PromptId", ResourceKind::kPrompt, *audio);
    if (text != nullptr && !text->value.empty())
      action.Lose(*text, "the module plays an audio prompt instead");
    return;
  }
  if (text == nullptr) return;
  const std::string& spoken = kind == nullptr ? text->key : kind->value;
  action.Set(SpokenAs(spoken), action.Value(*text));
}

void ConvertLegacyPrompts(LegacyBuilder& action) {
  json::Array messages;
  for (const LegacyParameter& one : action.module().parameters) {
    if (one.name == "Text") {
      const LegacyParameter* text = action.Take("Text");
      messages.emplace_back(json::Object{{SpokenAs(text->key), action.Value(*text)}});
    } else if (one.name == "AudioPrompt") {
      const LegacyParameter* audio = action.Take("AudioPrompt");
      messages.emplace_back(
          json::Object{{"PromptId", action.ResourceText(ResourceKind::kPrompt, *audio)}});
    }
  }
  if (!messages.empty()) action.Set("Messages", std::move(messages));
}

}  // namespace trunkline::flow
