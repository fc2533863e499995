#include "net/write_message.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"

namespace trunkline::net {
namespace {

struct NamedStatus {
  int number;
  std::string_view text;
};

constexpr NamedStatus kStatuses[] = {
    {100, "Continue"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {203, "Non-Authoritative Information"},
    {204, "No Content"},
    {205, "Reset Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {402, "Payment Required"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {424, "Failed Dependency"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
    {507, "Insufficient Storage"},
};

void AppendNumber(std::string& out, std::uint64_t number) {
  std::array<char, 20> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  out.append(digits.data(), end);
}

void AppendClean(std::string& out, std::string_view text) {
  constexpr std::string_view kBreaks("\r\n\0", 3);
  const std::size_t from = out.size();
  out.append(text);
  if (text.find_first_of(kBreaks) == std::string_view::npos) return;
  std::replace_if(
      out.begin() + static_cast<std::ptrdiff_t>(from), out.end(),
      [&](char c) { return kBreaks.find(c) != std::string_view::npos; }, ' ');
}

void AppendHeader(std::string& out, std::string_view name, std::string_view value) {
  AppendClean(out, name);
  out.append(": ");
  AppendClean(out, value);
  out.append("\r\n");
}

bool IsFraming(std::string_view name) {
  switch (name.size()) {
    case 10:
      return EqualsIgnoreCase(name, "Connection");
    case 14:
      return EqualsIgnoreCase(name, "Content-Length");
    case 17:
      return EqualsIgnoreCase(name, "Transfer-Encoding");
    default:
      return false;
  }
}

void AppendLength(std::string& out, std::uint64_t length) {
  out.append("Content-Length: ");
  AppendNumber(out, length);
  out.append("\r\n");
}

// Whether a server waits for the body of such a request, so that an empty one must be announced.
bool MayHaveBody(std::string_view method) {
  return method == "POST" || method == "PUT" || method == "PATCH";
}

}  // namespace

void AppendHead(std::string& out, const Response& response, const ResponseFraming& framing) {
  out.append("HTTP/1.1 ");
  AppendNumber(out, static_cast<std::uint64_t>(response.status));
  out.append(" ").append(StatusText(response.status)).append("\r\n");
  for (const auto& [name, value] : response.headers) {
    if (!IsFraming(name)) AppendHeader(out, name, value);
  }
  if (framing.length) AppendLength(out, *framing.length);
  if (framing.close) out.append("Connection: close\r\n");
  if (!framing.close && framing.say_keep_alive) out.append("Connection: keep-alive\r\n");
  out.append("\r\n");
}

void AppendHead(std::string& out, const Request& request, std::string_view authority) {
  AppendClean(out, request.method);
  out.append(" ");
  AppendClean(out, request.target);
  out.append(" HTTP/1.1\r\n");
  if (!request.headers.Has("Host")) AppendHeader(out, "Host", authority);
  for (const auto& [name, value] : request.headers) {
    if (!IsFraming(name)) AppendHeader(out, name, value);
  }
  if (!request.body.empty() || MayHaveBody(request.method)) AppendLength(out, request.body.size());
  if (request.headers.Has("Connection"))
    AppendHeader(out, "Connection", request.headers.Get("Connection"));
  out.append("\r\n");
}

std::string_view StatusText(int status) {
  const auto* const found =
      std::find_if(std::begin(kStatuses), std::end(kStatuses),
                   [&](const NamedStatus& row) { return row.number == status; });
  return found == std::end(kStatuses) ? std::string_view() : found->text;
}

}  // namespace trunkline::net
