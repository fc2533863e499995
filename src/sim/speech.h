// What a listener hears of a prompt, and how long it takes.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"

namespace trunkline::sim {

// The words of a text with SSML markup: tags removed, entities decoded, white space collapsed. Text
// without markup comes back as it is.
std::string PlainText(std::string_view ssml);
bool IsSsml(std::string_view text);  // begins with <speak>

// An estimate, since nothing is synthesised: 65 ms for each byte of the words (about 150 English
// words a minute), at least half a second, plus the <break time="..."/> pauses of the markup (at
// most 10 s each).
Milliseconds SpeakingTime(std::string_view ssml);
// The same, of a text whose plain words are known already.
Milliseconds SpeakingTime(std::string_view ssml, std::string_view plain);

inline constexpr Milliseconds kRecordingTime{3000};  // a recording whose words are not known
inline constexpr Milliseconds kBeepTime{500};

}  // namespace trunkline::sim
