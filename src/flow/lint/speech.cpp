// Rules about how prompts sound: voices, languages, markup.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "flow/lint/markup.h"
#include "flow/lint/paths.h"
#include "flow/lint/rules.h"
#include "flow/lint/voices.h"

namespace trunkline::flow::lint {
namespace {

constexpr std::string_view kSetVoice = "UpdateContactTextToSpeechVoice";

bool IsStatic(std::string_view text) {
  return !text.empty() && !HasReference(text) &&
         text.find_first_of("{<$") == std::string_view::npos;
}

std::string NearestVoice(std::string_view id) {
  std::vector<std::string> names;
  for (const Voice& voice : AllVoices()) names.emplace_back(voice.id);
  const std::optional<std::string> nearest = Nearest(id, names);
  return nearest ? fmt::format("did you mean '{}'?", *nearest) : std::string();
}

bool IsSpeech(const LintText& text) {
  return text.path.ends_with(".SSML") ||
         (text.path.ends_with(".Text") && Trim(text.text).starts_with("<speak"));
}

// What nobody sees in an editor and voices stumble over.
std::string_view InvisibleCharacter(std::string_view text) {
  constexpr std::pair<std::string_view, std::string_view> kCharacters[] = {
      {"\xC2\xA0", "a no-break space (U+00A0)"},
      {"\xE2\x80\x8B", "a space without width (U+200B)"},
      {"\xE2\x80\x8C", "a joiner (U+200C)"},
      {"\xE2\x80\x8D", "a joiner (U+200D)"},
      {"\xEF\xBB\xBF", "a byte order mark (U+FEFF)"}};
  for (const auto& [bytes, name] : kCharacters) {
    if (text.find(bytes) != std::string_view::npos) return name;
  }
  const bool control = std::ranges::any_of(text, [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t';
  });
  return control ? "a control character" : "";
}

}  // namespace

void UnknownVoice(LintContext& context) {
  constexpr std::string_view kEngines[] = {"standard", "neural", "long-form", "generative"};
  for (const Action* action : context.Actions()) {
    if (!action->Is(kSetVoice)) continue;
    const std::string_view voice = action->parameters.GetString("TextToSpeechVoice");
    if (IsStatic(voice) && FindVoice(voice) == nullptr) {
      context.Report(
          fmt::format("action '{}' chooses the voice '{}', which is not known", action->id, voice),
          action->parameters.At("TextToSpeechVoice").offset(), NearestVoice(voice));
    }
    const std::string_view engine = action->parameters.GetString("TextToSpeechEngine");
    const bool known = std::ranges::any_of(
        kEngines, [&](std::string_view name) { return EqualsIgnoreCase(name, engine); });
    if (known || !IsStatic(engine)) continue;
    context.Report(fmt::format("action '{}' chooses the engine '{}'; there are 'Standard', "
                               "'Neural', 'Long-form' and 'Generative'",
                               action->id, engine),
                   action->parameters.At("TextToSpeechEngine").offset());
  }
}

// A bot answers in the contact's language, which the voice does not set; without one it is en-US.
void VoiceWithoutLanguage(LintContext& context) {
  enum : Paths::State { kDefault, kForeign, kSet };
  const Paths paths(
      context, 3, kDefault, [](Paths::State state, const Action& action, const GraphEdge& edge) {
        if (action.Is("UpdateContactData") && action.parameters.Has("LanguageCode"))
          return Paths::State{kSet};
        if (!action.Is(kSetVoice) || state == kSet || edge.kind == EdgeKind::kError) return state;
        const Voice* voice = FindVoice(action.parameters.GetString("TextToSpeechVoice"));
        return voice != nullptr && voice->language != "en-US" ? Paths::State{kForeign} : state;
      });
  for (const Action* action : context.Actions()) {
    const std::size_t at = context.IndexOf(*action);
    if (!action->Is("ConnectParticipantWithLexBot") || !paths.Reaches(at, kForeign)) continue;
    context.Report(
        fmt::format("the bot of action '{}' is asked in English though another voice speaks: {}",
                    action->id, paths.Way(at, kForeign)),
        action->offset, "set LanguageCode with UpdateContactData where the voice is chosen");
  }
}

void MalformedMarkup(LintContext& context) {
  for (const LintText& text : context.texts) {
    const bool whole = !text.pieces.empty() && text.pieces[0].path.has_value();
    if (!IsSpeech(text) || whole) continue;  // the markup may be in the value
    const MarkupProblem problem = CheckMarkup(text.text);
    if (!problem.broken.empty()) {
      context.Report(fmt::format("'{}' of action '{}' is no well-formed SSML: {}", text.path,
                                 text.action->id, problem.broken),
                     text.offset, "the voice refuses it: callers hear nothing");
    } else if (problem.no_root) {
      context.ReportNote(
          fmt::format("'{}' of action '{}' has no '<speak>' around it", text.path, text.action->id),
          text.offset, "the documentation wants it");
    } else if (!problem.unknown_tag.empty()) {
      context.ReportNote(fmt::format("'{}' of action '{}' has the tag '{}', which voices ignore",
                                     text.path, text.action->id, problem.unknown_tag),
                         text.offset);
    }
  }
}

void InvisibleText(LintContext& context) {
  for (const LintText& text : context.texts) {
    if (!text.path.ends_with(".Text") && !text.path.ends_with(".SSML")) continue;
    const std::string_view found = InvisibleCharacter(text.text);
    if (found.empty()) continue;
    context.Report(fmt::format("'{}' of action '{}' holds {}", text.path, text.action->id, found),
                   text.offset, "write a plain blank, or nothing");
  }
}

}  // namespace trunkline::flow::lint
