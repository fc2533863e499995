#include "cloud/execute_api/remapped_headers.h"

#include <algorithm>
#include <array>
#include <span>

#include <fmt/format.h>

#include "base/text.h"

namespace trunkline::cloud::execute_api {
namespace {

constexpr std::array<std::string_view, 14> kOfParameters = {
    "Authorization", "Connection", "Content-Length", "Content-MD5",     "Date",
    "Expect",        "Host",       "Max-Forwards",   "Server",          "Proxy-Authenticate",
    "Trailer",       "Upgrade",    "User-Agent",     "WWW-Authenticate"};
constexpr std::array<std::string_view, 8> kOfProxies = {
    "Authorization", "Connection", "Content-Length",   "Content-MD5",
    "Date",          "Server",     "WWW-Authenticate", "x-amzn-RequestId"};

bool Stands(std::span<const std::string_view> names, std::string_view name) {
  return std::ranges::any_of(names,
                             [name](std::string_view one) { return EqualsIgnoreCase(one, name); });
}

}  // namespace

std::string ClientHeader(std::string_view name, bool proxy) {
  constexpr std::array<std::string_view, 2> kDropped = {"Keep-Alive", "Transfer-Encoding"};
  if (Stands(kDropped, name)) return {};
  const bool taken = proxy ? Stands(kOfProxies, name) : Stands(kOfParameters, name);
  return taken ? fmt::format("x-amzn-Remapped-{}", name) : std::string(name);
}

void RemapHeaders(net::Headers& headers) {
  net::Headers remapped;
  for (const auto& [name, value] : headers) {
    const std::string shown = ClientHeader(name, true);
    if (!shown.empty()) remapped.Add(shown, value);
  }
  headers = std::move(remapped);
}

bool MaySetHeader(std::string_view name, bool aws) {
  constexpr std::array<std::string_view, 2> kNever = {"Content-Length", "Transfer-Encoding"};
  constexpr std::array<std::string_view, 5> kSigned = {"Authorization", "Connection", "Expect",
                                                       "Proxy-Authenticate", "TE"};
  return !Stands(kNever, name) && !(aws && Stands(kSigned, name));
}

void RemoveClientHeaders(net::Headers& headers) {
  for (const std::string_view name : {"Content-Encoding", "Via"}) headers.Remove(name);
}

}  // namespace trunkline::cloud::execute_api
