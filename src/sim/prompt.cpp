#include "sim/prompt.h"

#include "sim/lookup.h"
#include "sim/speech.h"

namespace trunkline::sim {
namespace {

// Limits of text to speech (flow-language 1.2): 6,000 characters in all, 3,000 without markup.
constexpr std::size_t kLongestMarkup = 6000;
constexpr std::size_t kLongestText = 3000;

Result<Say> Spoken(const std::string& written, bool voice) {
  const std::string words = PlainText(written);
  if (words.empty()) return Error(ErrorKind::kInvalid, "the text is empty");
  if (written.size() > kLongestMarkup || words.size() > kLongestText) {
    return Error(ErrorKind::kInvalid, "the text has {} characters: at most 3000 are spoken",
                 words.size());
  }
  Say say{.text = words};
  if (voice && IsSsml(written)) say.ssml = written;
  if (voice) say.duration = SpeakingTime(written);
  return say;
}

Result<Say> Recorded(const World& world, const std::string& reference) {
  const Prompt* prompt = world.FindPrompt(reference);
  if (prompt == nullptr)
    return Error(ErrorKind::kNotFound, "prompt '{}' does not exist", reference);
  const Milliseconds time = prompt->text.empty() ? kRecordingTime : SpeakingTime(prompt->text);
  return Say{.text = prompt->text, .prompt = prompt->name, .duration = time};
}

Result<Say> Read(Turn& turn, const json::Object& parameters) {
  const bool voice = turn.contact.call.channel == Channel::kVoice;
  const auto text = [&](std::string_view name) {
    const json::Value* value = parameters.Find(name);
    return value == nullptr ? std::string() : ScalarText(*value).value_or("");
  };
  if (parameters.Has("Text")) return Spoken(text("Text"), voice);
  if (!voice) return Error(ErrorKind::kInvalid, "a chat takes text only");
  if (parameters.Has("SSML")) return Spoken(text("SSML"), voice);
  if (parameters.Has("PromptId")) return Recorded(turn.world(), text("PromptId"));
  const std::string uri(parameters.GetObject("Media").GetString("Uri"));
  if (uri.empty()) return Error(ErrorKind::kInvalid, "the audio file has no address");
  return Say{.media_uri = uri, .duration = kRecordingTime};
}

}  // namespace

bool NamesPrompt(const json::Object& parameters) {
  for (const std::string_view name : {"Text", "SSML", "PromptId", "Media"}) {
    if (parameters.Has(name)) return true;
  }
  return false;
}

Result<void> Play(Turn& turn, const json::Object& parameters, bool loops) {
  ContactState& contact = turn.contact;
  if (contact.call.channel == Channel::kTask) return {};  // a task hears nothing, and that is fine
  if (turn.run.hears == Party::kNobody) return Error(ErrorKind::kInvalid, "nobody is connected");
  TL_TRY(Say say, Read(turn, parameters));
  say.to = turn.run.hears;
  say.loops = loops;
  if (!loops) contact.now += say.duration;
  if (loops && turn.run.first_loop == Milliseconds{0}) turn.run.first_loop = say.duration;
  turn.run.said = true;
  if (say.to == Party::kCustomer) contact.function_time = Milliseconds{0};
  turn.Emit(std::move(say));
  return {};
}

}  // namespace trunkline::sim
