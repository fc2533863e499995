// HTTP messages -> the bytes of their head. Bodies are sent beside it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "net/http.h"

namespace trunkline::net {

struct ResponseFraming {
  std::optional<std::uint64_t> length;  // Content-Length; nothing: an answer that has none (204)
  bool close = false;                   // says that the connection ends here
  bool say_keep_alive = false;          // HTTP/1.0 clients must be told
};

// Appends status line, headers and the empty line. The framing headers (Content-Length,
// Transfer-Encoding, Connection) are written from `framing`, not from the response. A line break in
// a value becomes a blank: what a handler echoes can never add a header.
void AppendHead(std::string& out, const Response& response, const ResponseFraming& framing);
// The same for a request; Host is `authority` unless the request says otherwise, Content-Length is
// the body's.
void AppendHead(std::string& out, const Request& request, std::string_view authority);

std::string_view StatusText(int status);  // "Not Found"; empty for numbers without a name

}  // namespace trunkline::net
