#include "flow/encoding.h"

#include <array>

#include <fmt/format.h>

#include "base/code_point.h"
#include "base/text.h"

namespace trunkline::flow {
namespace {

// Windows-1252 0x80..0x9F; 0 where it defines nothing. 0xA0..0xFF are Latin-1.
constexpr std::array<std::uint16_t, 32> kHigh = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

unsigned ByteAt(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

// Length of the well-formed UTF-8 sequence at `at`, 0 if there is none.
std::size_t SequenceAt(std::string_view bytes, std::size_t at) {
  const unsigned first = ByteAt(bytes, at);
  const std::size_t length = first < 0x80 ? 1U : first >= 0xF0 ? 4U : first >= 0xE0 ? 3U : 2U;
  return IsUtf8(bytes.substr(at, length)) ? length : 0;
}

struct Census {
  std::optional<std::size_t> foreign;    // first byte that is no UTF-8
  std::optional<std::size_t> multibyte;  // first sequence of more than one byte
};

Census Count(std::string_view bytes) {
  Census census;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t length = SequenceAt(bytes, at);
    if (length == 0 && !census.foreign) census.foreign = at;
    if (length > 1 && !census.multibyte) census.multibyte = at;
    at += length == 0 ? 1 : length;
  }
  return census;
}

}  // namespace

Decoded Decode(std::string bytes) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    return {
        .text = {}, .first_foreign = 0, .problem = "expected UTF-8 text but the file is UTF-16"};
  }
  if (IsUtf8(bytes)) return {.text = std::move(bytes), .first_foreign = {}, .problem = {}};
  const Census census = Count(bytes);
  if (census.multibyte) {
    return {.text = {},
            .first_foreign = census.foreign,
            .problem = fmt::format(
                "expected UTF-8 text but byte 0x{:02x} is not UTF-8, while other characters are",
                ByteAt(bytes, *census.foreign))};
  }
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 8);
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const unsigned byte = ByteAt(bytes, at);
    const unsigned point = byte >= 0x80 && byte < 0xA0 ? kHigh[byte - 0x80] : byte;
    if (point == 0 && byte != 0) {
      return {.text = {},
              .first_foreign = at,
              .problem = fmt::format(
                  "expected UTF-8 text but byte 0x{:02x} is neither UTF-8 nor Windows-1252", byte)};
    }
    AppendCodePoint(text, point);
  }
  return {.text = std::move(text), .first_foreign = census.foreign, .problem = {}};
}

}  // namespace trunkline::flow
