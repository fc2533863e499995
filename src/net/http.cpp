#include "net/http.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace trunkline::net {
namespace {

std::uint16_t DefaultPort(std::string_view scheme) {
  return scheme == "https" ? 443 : 80;
}

// "host", "host:port", "[::1]:port"; false when it is none of these.
bool ReadAuthority(std::string_view authority, Url& url) {
  const std::size_t bracket = authority.starts_with('[') ? authority.find(']') : 0;
  if (bracket == std::string_view::npos) return false;
  const std::size_t colon = authority.find(':', bracket);
  url.host = ToLower(authority.substr(0, colon));
  if (url.host.empty() || url.host.find_first_of("@\\ \t\r\n") != std::string::npos) return false;
  url.port = DefaultPort(url.scheme);
  if (colon == std::string_view::npos) return true;
  const std::string_view port = authority.substr(colon + 1);
  if (port.empty()) return true;  // RFC 3986, 3.2.3: "host:" is the default port
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), url.port);
  return error == std::errc() && end == port.data() + port.size() && url.port != 0;
}

}  // namespace

std::optional<std::string_view> Headers::Find(std::string_view name) const {
  for (const auto& [key, value] : headers_) {
    if (EqualsIgnoreCase(key, name)) return std::string_view(value);
  }
  return std::nullopt;
}

void Headers::Set(std::string_view name, std::string_view value) {
  const auto same = [&](const auto& header) { return EqualsIgnoreCase(header.first, name); };
  const auto first = std::find_if(headers_.begin(), headers_.end(), same);
  if (first == headers_.end()) return Add(name, value);
  first->second = value;
  headers_.erase(std::remove_if(first + 1, headers_.end(), same), headers_.end());
}

void Headers::Add(std::string_view name, std::string_view value) {
  headers_.emplace_back(std::string(name), std::string(value));
}

void Headers::Remove(std::string_view name) {
  std::erase_if(headers_, [&](const auto& header) { return EqualsIgnoreCase(header.first, name); });
}

std::string_view Request::path() const {
  return std::string_view(target).substr(0, target.find('?'));
}

std::string_view Request::query() const {
  const std::size_t mark = target.find('?');
  return mark == std::string::npos ? std::string_view() : std::string_view(target).substr(mark + 1);
}

std::vector<std::pair<std::string, std::string>> ParseQuery(std::string_view query,
                                                            bool plus_is_blank) {
  std::vector<std::pair<std::string, std::string>> parameters;
  for (const std::string_view part : Split(query, '&')) {
    if (part.empty()) continue;
    const std::size_t equals = part.find('=');
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1);
    parameters.emplace_back(PercentDecode(part.substr(0, equals), plus_is_blank),
                            PercentDecode(value, plus_is_blank));
  }
  return parameters;
}

std::string Url::Authority() const {
  return port == DefaultPort(scheme) ? host : host + ":" + std::to_string(port);
}

std::optional<Url> ParseUrl(std::string_view text) {
  const std::size_t mark = text.find("://");
  if (mark == std::string_view::npos) return std::nullopt;
  Url url;
  url.scheme = ToLower(text.substr(0, mark));
  if (url.scheme != "http" && url.scheme != "https") return std::nullopt;
  const std::string_view rest = text.substr(mark + 3);
  const std::size_t path = rest.find_first_of("/?#");
  if (!ReadAuthority(rest.substr(0, path), url)) return std::nullopt;
  if (path != std::string_view::npos) url.target = rest.substr(path, rest.find('#', path) - path);
  if (!url.target.starts_with('/')) url.target.insert(0, "/");
  return url;
}

}  // namespace trunkline::net
