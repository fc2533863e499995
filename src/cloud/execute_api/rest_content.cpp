#include "cloud/execute_api/rest_content.h"

#include "base/hash.h"
#include "base/text.h"

namespace trunkline::cloud::execute_api {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// How many bytes the character takes that begins here; 0: none does.
std::size_t CharacterAt(std::string_view bytes) {
  const auto first = static_cast<unsigned char>(bytes.front());
  if (first < 0x80) return 1;
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  return first >= 0xC2 && size <= bytes.size() && IsUtf8(bytes.substr(0, size)) ? size : 0;
}

Result<std::string> Decoded(std::string_view body) {
  auto bytes = FromBase64(body);
  if (bytes) return std::move(*bytes);
  return Error(ErrorKind::kInvalid, "expected the body to be Base64");
}

}  // namespace

std::string TextOfBytes(std::string_view bytes) {
  if (IsUtf8(bytes)) return std::string(bytes);
  std::string text;
  while (!bytes.empty()) {
    const std::size_t size = CharacterAt(bytes);
    text += size == 0 ? kReplacement : bytes.substr(0, size);
    bytes.remove_prefix(std::max<std::size_t>(size, 1));
  }
  return text;
}

Result<std::string> RequestContent(const ApiCall& call, const RestMethod& met) {
  const bool binary = IsBinary(met.api, call.headers.Get("Content-Type"));
  const std::string_view handling = met.integration.GetString("contentHandling");
  if (binary) return handling == "CONVERT_TO_TEXT" ? ToBase64(call.body) : call.body;
  if (handling == "CONVERT_TO_BINARY") return Decoded(call.body);
  return TextOfBytes(call.body);
}

Result<std::string> ResponseContent(const ApiCall& call, const RestMethod& met,
                                    std::string_view handling, std::string_view payload_type,
                                    std::string body) {
  const std::string_view accept = call.headers.Get("Accept");
  const bool wants_bytes = IsBinary(met.api, accept.substr(0, accept.find(',')));
  const bool bytes = IsBinary(met.api, payload_type);
  if (handling == "CONVERT_TO_TEXT") return bytes ? ToBase64(body) : TextOfBytes(body);
  if (handling == "CONVERT_TO_BINARY") {
    if (bytes) return body;
    return Decoded(body);
  }
  if (bytes) return wants_bytes ? std::move(body) : ToBase64(body);
  if (!wants_bytes) return TextOfBytes(body);
  return Decoded(body);
}

}  // namespace trunkline::cloud::execute_api
