#include "cloud/services/codebuild/readable.h"

#include <algorithm>

#include "base/text.h"

namespace trunkline::cloud::codebuild {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// How many bytes the character is long that begins with this one.
std::size_t LengthOf(char first) {
  const auto byte = static_cast<unsigned char>(first);
  if (byte >= 0xF0) return 4;
  if (byte >= 0xE0) return 3;
  return byte >= 0xC0 ? 2 : 1;
}

}  // namespace

std::string Readable(std::string_view bytes) {
  if (IsUtf8(bytes)) return std::string(bytes);
  std::string text;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::string_view character = bytes.substr(at, LengthOf(bytes[at]));
    if (IsUtf8(character)) {
      text += character;
      at += character.size();
    } else {
      text += kReplacement;
      ++at;
    }
  }
  return text;
}

}  // namespace trunkline::cloud::codebuild
