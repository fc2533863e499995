// How long JSON text would be, without writing it.
#pragma once

#include <cstddef>
#include <string_view>

namespace trunkline::json {

// Bytes of Quote(text) (base/json_write.h).
std::size_t QuotedSize(std::string_view text);

}  // namespace trunkline::json
