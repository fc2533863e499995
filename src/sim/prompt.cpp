#include "sim/prompt.h"

#include "sim/lookup.h"
#include "sim/speech.h"

namespace trunkline::sim {
namespace {

// Limits of text to speech (flow-language 1.2): 6,000 characters in all, 3,000 without markup.
constexpr std::size_t kLongestMarkup = 6000;
constexpr std::size_t kLongestText = 3000;

Result<Say> Spoken(std::string_view written, bool voice) {
  std::string words = PlainText(written);
  if (words.empty()) return Error(ErrorKind::kInvalid, "the text is empty");
  if (written.size() > kLongestMarkup || words.size() > kLongestText) {
    return Error(ErrorKind::kInvalid, "the text has {} characters: at most 3000 are spoken",
                 words.size());
  }
  Say say{.text = std::move(words)};
  if (voice && IsSsml(written)) say.ssml = written;
  if (voice) say.duration = SpeakingTime(written, say.text);
  return say;
}

Result<Say> Recorded(const World& world, std::string_view reference) {
  const Prompt* prompt = world.FindPrompt(reference);
  if (prompt == nullptr)
    return Error(ErrorKind::kNotFound, "prompt '{}' does not exist", reference);
  const Milliseconds time = prompt->text.empty() ? kRecordingTime : SpeakingTime(prompt->text);
  return Say{.text = prompt->text, .prompt = prompt->name, .duration = time};
}

// `get` finds a parameter's value by its name.
template <class Get>
Result<Say> Read(Turn& turn, const Get& get) {
  const bool voice = turn.contact.call.channel == Channel::kVoice;
  std::string other;  // of a number or a boolean
  const auto text = [&](const json::Value* value) -> std::string_view {
    if (value->IsString()) return value->AsString();
    other = ScalarText(*value).value_or("");
    return other;
  };
  if (const json::Value* words = get("Text")) return Spoken(text(words), voice);
  if (!voice) return Error(ErrorKind::kInvalid, "a chat takes text only");
  if (const json::Value* markup = get("SSML")) return Spoken(text(markup), voice);
  if (const json::Value* prompt = get("PromptId")) return Recorded(turn.world(), text(prompt));
  const json::Value* media = get("Media");
  const bool has_uri = media != nullptr && media->IsObject();
  const std::string uri(has_uri ? media->AsObject().GetString("Uri") : std::string_view());
  if (uri.empty()) return Error(ErrorKind::kInvalid, "the audio file has no address");
  return Say{.media_uri = uri, .duration = kRecordingTime};
}

template <class Get>
Result<void> PlayFrom(Turn& turn, const Get& get, bool loops) {
  ContactState& contact = turn.contact;
  if (contact.call.channel == Channel::kTask) return {};  // a task hears nothing, and that is fine
  if (turn.run.hears == Party::kNobody) return Error(ErrorKind::kInvalid, "nobody is connected");
  TL_TRY(Say say, Read(turn, get));
  say.to = turn.run.hears;
  say.loops = loops;
  if (!loops) contact.now += say.duration;
  if (loops && turn.run.first_loop == Milliseconds{0}) turn.run.first_loop = say.duration;
  turn.run.said = true;
  if (say.to == Party::kCustomer) contact.function_time = Milliseconds{0};
  turn.Emit(std::move(say));
  return {};
}

}  // namespace

bool NamesPrompt(const Parameters& parameters) {
  for (const std::string_view name : {"Text", "SSML", "PromptId", "Media"}) {
    if (parameters.Has(name)) return true;
  }
  return false;
}

Result<void> Play(Turn& turn) {
  return PlayFrom(
      turn, [&](std::string_view name) { return turn.parameters().Get(name); }, false);
}

Result<void> Play(Turn& turn, const json::Object& prompt, bool loops) {
  return PlayFrom(
      turn, [&](std::string_view name) { return prompt.Find(name); }, loops);
}

}  // namespace trunkline::sim
