#include "sim/speech.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "base/text.h"

namespace trunkline::sim {
namespace {

constexpr std::array<std::pair<std::string_view, char>, 5> kEntities = {
    {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}}};

void AppendWord(std::string& words, char byte) {
  const bool blank = byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r';
  if (!blank) {
    words += byte;
  } else if (!words.empty() && words.back() != ' ') {
    words += ' ';
  }
}

// The entity at the front of `text`, or nullptr.
const std::pair<std::string_view, char>* EntityAt(std::string_view text) {
  for (const auto& entity : kEntities) {
    if (text.starts_with(entity.first)) return &entity;
  }
  return nullptr;
}

// `time="3s"` or `time='500ms'` inside a tag.
Milliseconds PauseOf(std::string_view tag) {
  const auto time = tag.find("time=");
  if (!tag.starts_with("<break") || time == std::string_view::npos) return Milliseconds{0};
  const std::string value(tag.substr(std::min(time + 6, tag.size())));
  char* unit = nullptr;
  const double number = std::strtod(value.c_str(), &unit);
  const double factor = std::string_view(unit).starts_with("ms") ? 1 : 1000;
  return Milliseconds{static_cast<std::int64_t>(std::clamp(number * factor, 0.0, 10'000.0))};
}

Milliseconds Pauses(std::string_view ssml) {
  Milliseconds sum{0};
  for (auto at = ssml.find('<'); at != std::string_view::npos; at = ssml.find('<', at + 1)) {
    sum += PauseOf(ssml.substr(at, ssml.find('>', at) - at));
  }
  return sum;
}

}  // namespace

bool IsSsml(std::string_view text) {
  return Trim(text).starts_with("<speak");
}

std::string PlainText(std::string_view ssml) {
  if (!IsSsml(ssml)) return std::string(ssml);
  std::string words;
  for (std::size_t at = 0; at < ssml.size();) {
    if (ssml[at] == '<') {
      const auto close = ssml.find('>', at);
      at = close == std::string_view::npos ? ssml.size() : close + 1;
      AppendWord(words, ' ');
    } else if (const auto* entity = EntityAt(ssml.substr(at))) {
      words += entity->second;
      at += entity->first.size();
    } else {
      AppendWord(words, ssml[at++]);
    }
  }
  return std::string(Trim(words));
}

Milliseconds SpeakingTime(std::string_view ssml) {
  return IsSsml(ssml) ? SpeakingTime(ssml, PlainText(ssml)) : SpeakingTime(ssml, ssml);
}

Milliseconds SpeakingTime(std::string_view ssml, std::string_view plain) {
  const auto bytes = static_cast<std::int64_t>(plain.size());
  const Milliseconds words{bytes * 65};
  return std::max(words, Milliseconds{500}) + (IsSsml(ssml) ? Pauses(ssml) : Milliseconds{0});
}

}  // namespace trunkline::sim
