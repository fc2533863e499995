// Walking through the keys of a bucket: prefix, delimiter, paging, and the texts of an answer.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cloud/services/s3/object.h"

namespace trunkline::cloud::s3 {

// One entry of a page: a key, or what keys with the same beginning are rolled up to.
struct Entry {
  std::string text;                // the key, or the common prefix
  const Record* object = nullptr;  // nullptr: a common prefix
};

struct Walk {
  std::string bucket;
  std::string prefix;
  std::string delimiter;  // empty: nothing is rolled up
  std::string after;      // keys behind this one; a common prefix of this name was shown already
  bool skip_markers = false;  // keys whose newest version is a delete marker are not there
  bool from_after = false;    // begin at the key `after` itself
};

// Calls `visit` with each entry in the order of bytes, until it answers false.
void WalkKeys(Context& context, const Walk& walk, Kind kind,
              const std::function<bool(const Entry&)>& visit);

// How many entries a page has: max-keys, at most 1,000. InvalidArgument for a negative one.
Answer<std::size_t> ReadLimit(const json::Object& input, std::string_view member);

// Texts with characters that XML cannot carry: encoded when the client asks for encoding-type=url.
class Encoder {
 public:
  explicit Encoder(const json::Object& input) : url_(input.GetString("EncodingType") == "url") {}
  std::string operator()(std::string_view text) const;
  bool is_url() const { return url_; }

 private:
  bool url_;
};

// Sets what was asked for in the answer again: Name, Prefix, Delimiter, MaxKeys, EncodingType.
void RepeatRequest(json::Object& answer, const json::Object& input, const Encoder& encode);

// {"Prefix": ...} of each.
json::Array ToCommonPrefixes(const std::vector<std::string>& prefixes, const Encoder& encode);

}  // namespace trunkline::cloud::s3
