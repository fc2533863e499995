// HTTP messages as plain values: what the server hands to a handler and the client gives back. No
// Boost in here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace trunkline::net {

// In the order they came; names compare without case.
class Headers {
 public:
  using value_type = std::pair<std::string, std::string>;
  using const_iterator = std::vector<value_type>::const_iterator;

  Headers() = default;
  Headers(std::initializer_list<std::pair<std::string, std::string>> headers) : headers_(headers) {}

  std::optional<std::string_view> Find(std::string_view name) const;  // the first of that name
  std::string_view Get(std::string_view name) const {
    return Find(name).value_or(std::string_view());
  }
  bool Has(std::string_view name) const { return Find(name).has_value(); }
  void Set(std::string_view name, std::string_view value);  // replaces all of that name
  void Add(std::string_view name, std::string_view value);
  void Remove(std::string_view name);
  const_iterator begin() const { return headers_.begin(); }
  const_iterator end() const { return headers_.end(); }
  std::size_t size() const { return headers_.size(); }
  void Reserve(std::size_t count) { headers_.reserve(count); }

 private:
  std::vector<value_type> headers_;
};

struct Request {
  std::string method = "GET";
  std::string target = "/";  // as it stands on the wire: path, and '?' query; percent-encoded
  Headers headers;
  std::string body;  // decoded from chunks
  std::string peer;  // server only: the caller's address

  std::string_view path() const;   // of the target, without the query, still encoded
  std::string_view query() const;  // without '?', still encoded
};

// A part of a file as a body: large objects are sent from disk.
struct FileBody {
  std::string path;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

struct Response {
  int status = 200;
  Headers headers;
  std::string body;
  std::optional<FileBody> file;  // server only: sent instead of `body`
};

// "a=1&b=&c" -> {{"a","1"},{"b",""},{"c",""}}, decoded.
std::vector<std::pair<std::string, std::string>> ParseQuery(std::string_view query,
                                                            bool plus_is_blank = false);

struct Url {
  std::string scheme;  // "http" or "https"
  std::string host;
  std::uint16_t port = 0;         // filled in from the scheme
  std::string target;             // path and query, at least "/"
  std::string Authority() const;  // host, and ":port" unless it is the scheme's own
};
std::optional<Url> ParseUrl(std::string_view text);

}  // namespace trunkline::net
