// The encoding of a flow file: UTF-8, or Windows-1252 (what the AWS CLI writes when its output is
// saved on Windows).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace trunkline::flow {

struct Decoded {
  std::optional<std::string> text;           // UTF-8; nothing when the bytes are neither
  std::optional<std::size_t> first_foreign;  // offset of the first byte that is not UTF-8
  std::string problem;                       // why there is no text
};

// Bytes that are not UTF-8 are read as Windows-1252 as a whole, unless that would garble them: when
// they also hold multi-byte UTF-8 sequences, or bytes that Windows-1252 does not define.
Decoded Decode(std::string bytes);

}  // namespace trunkline::flow
