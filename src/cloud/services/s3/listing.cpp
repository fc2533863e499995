#include "cloud/services/s3/listing.h"

#include <algorithm>

#include "base/text.h"

namespace trunkline::cloud::s3 {
namespace {

constexpr std::int64_t kMaxPage = 1000;

// The smallest text behind all that begin with `prefix`; empty if there is none.
std::string BehindPrefix(std::string prefix) {
  while (!prefix.empty() && static_cast<unsigned char>(prefix.back()) == 0xFF) prefix.pop_back();
  if (!prefix.empty())
    prefix.back() = static_cast<char>(static_cast<unsigned char>(prefix.back()) + 1);
  return prefix;
}

// "a/" of "a/b/c" for the delimiter "/" and an empty prefix; empty: the key stands for itself.
std::string CommonPrefix(const std::string& key, const Walk& walk) {
  if (walk.delimiter.empty()) return {};
  const std::size_t found = key.find(walk.delimiter, walk.prefix.size());
  return found == std::string::npos ? std::string() : key.substr(0, found + walk.delimiter.size());
}

}  // namespace

void WalkKeys(Context& context, const Walk& walk, Kind kind,
              const std::function<bool(const Entry&)>& visit) {
  std::string from = std::max(walk.prefix, walk.after);
  bool more = true;
  while (more) {
    more = false;
    // A common prefix was met: the walk goes on behind it instead of through it.
    std::string next;
    context.store.Scan(Context::GlobalScope(), kind, walk.bucket, from, [&](const Record& record) {
      const std::string& key = record.name;
      if (!key.starts_with(walk.prefix)) return false;
      if (!walk.after.empty() && (walk.from_after ? key < walk.after : key <= walk.after))
        return true;
      if (walk.skip_markers && IsMarker(record)) return true;
      const std::string common = CommonPrefix(key, walk);
      if (common.empty()) return visit({.text = key, .object = &record});
      next = BehindPrefix(common);
      const bool shown_already = common == walk.after;
      more = (shown_already || visit({.text = common, .object = nullptr})) && !next.empty();
      return false;
    });
    from = next;
  }
}

Answer<std::size_t> ReadLimit(const json::Object& input, std::string_view member) {
  const std::int64_t limit = input.GetInt(member, kMaxPage);
  if (limit < 0) {
    return S3Error(Fault::kInvalidArgument,
                   "Argument maxKeys must be an integer between 0 and 2147483647",
                   {{"ArgumentName", "maxKeys"}, {"ArgumentValue", std::to_string(limit)}});
  }
  return static_cast<std::size_t>(std::min(limit, kMaxPage));
}

std::string Encoder::operator()(std::string_view text) const {
  return url_ ? PercentEncode(text, true) : std::string(text);
}

void RepeatRequest(json::Object& answer, const json::Object& input, const Encoder& encode) {
  answer.Set("Name", input.GetString("Bucket"));
  answer.Set("Prefix", encode(input.GetString("Prefix")));
  answer.SetIfNotEmpty("Delimiter", encode(input.GetString("Delimiter")));
  answer.Set("MaxKeys", input.GetInt("MaxKeys", kMaxPage));
  if (encode.is_url()) answer.Set("EncodingType", "url");
}

json::Array ToCommonPrefixes(const std::vector<std::string>& prefixes, const Encoder& encode) {
  json::Array list;
  for (const std::string& prefix : prefixes)
    list.push_back(json::Object{{"Prefix", encode(prefix)}});
  return list;
}

}  // namespace trunkline::cloud::s3
