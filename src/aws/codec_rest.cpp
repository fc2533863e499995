#include "aws/codec_rest.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "aws/values.h"
#include "base/hash.h"
#include "base/text.h"

namespace trunkline::aws {
namespace {

const json::Value* FindGiven(const json::Object& object, const std::string& name) {
  const json::Value* value = object.Find(name);
  return value == nullptr || value->IsNull() ? nullptr : value;
}

// ---- headers

// A text with a comma or a quote in a list is quoted, as RFC 9110 has it.
std::string QuotedItem(const std::string& text) {
  if (text.find_first_of(",\"") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::string HeaderList(const Shape& list, const json::Value& value, TimeFormat time) {
  std::vector<std::string> items;
  const Shape& item = *list.item.shape;
  for (const json::Value& one : value.AsArray()) {
    if (one.IsNull()) continue;
    std::string text = ToText(item, one, FormatOf(list.item, time));
    items.push_back(item.type == Type::kString ? QuotedItem(text) : std::move(text));
  }
  return Join(items, ", ");
}

std::string HeaderText(const MemberRow& member, const json::Value& value) {
  if (member.json_value) return ToBase64(value.AsString());
  const TimeFormat time = FormatOf(member, TimeFormat::kRfc822);
  if (member.shape->type == Type::kList) return HeaderList(*member.shape, value, time);
  return ToText(*member.shape, value, time);
}

// The items of a header list; HTTP dates hold a comma of their own.
std::vector<std::string> SplitHeaderList(std::string_view text, bool dates) {
  std::vector<std::string> items;
  std::string item;
  bool quoted = false;
  bool had_quotes = false;
  std::size_t commas = 0;
  const auto finish = [&] {
    items.push_back(had_quotes ? item : std::string(Trim(item)));
    item.clear();
    had_quotes = false;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '\\' && i + 1 < text.size()) {
      item += text[++i];
    } else if (c == '"' && (quoted || Trim(item).empty())) {
      if (!quoted) item.clear();
      quoted = !quoted;
      had_quotes = true;
    } else if (c == ',' && !quoted && (!dates || ++commas % 2 == 0)) {
      finish();
    } else if (!had_quotes || quoted) {
      item += c;
    }
  }
  finish();
  return items;
}

Result<json::Value> ReadHeaderList(const MemberRow& member, std::string_view text) {
  const Shape& list = *member.shape;
  const TimeFormat time = FormatOf(list.item, FormatOf(member, TimeFormat::kRfc822));
  const bool dates = list.item.shape->type == Type::kTimestamp && time == TimeFormat::kRfc822;
  json::Array items;
  if (Trim(text).empty()) return json::Value(std::move(items));
  for (const std::string& item : SplitHeaderList(text, dates)) {
    TL_TRY(json::Value value, FromText(*list.item.shape, item, time));
    items.push_back(std::move(value));
  }
  return json::Value(std::move(items));
}

Result<json::Value> ReadHeader(const MemberRow& member, std::string_view text) {
  if (member.json_value) {
    const std::optional<std::string> decoded = FromBase64(text);
    if (!decoded) return Unreadable("expected base64 of JSON but got '{}'", text);
    return json::Value(*decoded);
  }
  if (member.shape->type == Type::kList) return ReadHeaderList(member, text);
  return FromText(*member.shape, text, FormatOf(member, TimeFormat::kRfc822));
}

// A map whose keys are the ends of header names: "x-amz-meta-" + key.
json::Object ReadPrefixed(const std::string& prefix, const net::Headers& headers) {
  json::Object map;
  for (const auto& [name, value] : headers) {
    if (name.size() < prefix.size() || !EqualsIgnoreCase(name.substr(0, prefix.size()), prefix))
      continue;
    map.Set(std::string_view(name).substr(prefix.size()), value);
  }
  return map;
}

// ---- path and query

const Shape& InputOf(const OperationRow& operation) {
  static const Shape kNothing{};
  return operation.input == nullptr ? kNothing : *operation.input;
}

Result<std::string> WritePath(const OperationRow& operation, const UriTemplate& uri,
                              const json::Object& input) {
  const std::vector<MemberRow>& members = InputOf(operation).members;
  std::string path;
  for (const UriTemplate::Segment& segment : uri.segments) {
    path += '/';
    if (!segment.label) {
      path += segment.text;
      continue;
    }
    const auto member = std::ranges::find_if(members, [&](const MemberRow& row) {
      return row.location == Location::kPath && row.wire_name == segment.text;
    });
    if (member == members.end()) {
      throw std::logic_error(
          fmt::format("{} has no member for label '{}'", operation.name, segment.text));
    }
    const json::Value* given = FindGiven(input, member->name);
    const std::string text =
        given == nullptr ? ""
                         : ToText(*member->shape, *given, FormatOf(*member, TimeFormat::kIso8601));
    if (text.empty()) {
      return Error(ErrorKind::kInvalid, "expected a text in member '{}' of {} but it is empty",
                   member->name, operation.name);
    }
    path += PercentEncode(text, segment.greedy);
  }
  if (path.empty() || uri.slash_at_end) path += '/';
  return path;
}

class QueryWriter {
 public:
  explicit QueryWriter(std::string& target) : target_(target) {}

  void Raw(const std::string& part) {
    target_ += started_ ? '&' : '?';
    started_ = true;
    target_ += part;
  }

  void Pair(std::string_view key, std::string_view value) {
    Raw(PercentEncode(key) + '=' + PercentEncode(value));
    keys_.emplace(key);
  }

  void Member(const MemberRow& member, const json::Value& value) {
    const Shape& shape = *member.shape;
    if (shape.type == Type::kMap) return;  // last: what is said by name wins
    if (shape.type != Type::kList) {
      return Pair(member.wire_name, ToText(shape, value, FormatOf(member, TimeFormat::kIso8601)));
    }
    for (const json::Value& item : value.AsArray()) {
      Pair(member.wire_name,
           ToText(*shape.item.shape, item, FormatOf(shape.item, TimeFormat::kIso8601)));
    }
  }

  void Map(const Shape& map, const json::Value& value) {
    for (const json::Member& entry : value.AsObject()) {
      if (keys_.contains(entry.key)) continue;
      const Shape& item = *map.item.shape;
      if (item.type != Type::kList) {
        Raw(PercentEncode(entry.key) + '=' +
            PercentEncode(ToText(item, entry.value, TimeFormat::kIso8601)));
        continue;
      }
      for (const json::Value& one : entry.value.AsArray()) {
        Raw(PercentEncode(entry.key) + '=' +
            PercentEncode(ToText(*item.item.shape, one, TimeFormat::kIso8601)));
      }
    }
  }

 private:
  std::string& target_;
  std::set<std::string, std::less<>> keys_;
  bool started_ = false;
};

void WriteQuery(const OperationRow& operation, const UriTemplate& uri, const json::Object& input,
                std::string& target) {
  QueryWriter query(target);
  for (const UriTemplate::QueryPart& part : uri.query) {
    query.Raw(part.has_value ? part.key + '=' + part.value : part.key);
  }
  for (const MemberRow& member : InputOf(operation).members) {
    if (member.location != Location::kQuery) continue;
    if (const json::Value* given = FindGiven(input, member.name)) query.Member(member, *given);
  }
  for (const MemberRow& member : InputOf(operation).members) {
    if (member.location != Location::kQuery || member.shape->type != Type::kMap) continue;
    if (const json::Value* given = FindGiven(input, member.name)) query.Map(*member.shape, *given);
  }
}

// Everything but the literal parts of the URI, also what other members say.
json::Value ReadQueryMap(const Shape& map, const RawQuery& query, const UriTemplate& uri) {
  json::Object object;
  for (const auto& [raw_key, raw_value] : query) {
    const std::string key = PercentDecode(raw_key, true);
    if (std::ranges::find(uri.query, key, &UriTemplate::QueryPart::key) != uri.query.end())
      continue;
    json::Value value(PercentDecode(raw_value, true));
    if (map.item.shape->type != Type::kList) {
      object.Set(key, std::move(value));
      continue;
    }
    json::Value& list = object[key];
    if (!list.IsArray()) list = json::Array();
    list.AsArray().push_back(std::move(value));
  }
  return object;
}

Result<std::optional<json::Value>> ReadQueryMember(const MemberRow& member, const RawQuery& query) {
  const Shape& shape = *member.shape;
  const bool list = shape.type == Type::kList;
  const MemberRow& item = list ? shape.item : member;
  json::Array items;
  for (const auto& [key, value] : query) {
    if (key != member.wire_name && PercentDecode(key, true) != member.wire_name) continue;
    TL_TRY(json::Value read,
           FromText(*item.shape, PercentDecode(value, true), FormatOf(item, TimeFormat::kIso8601)));
    if (!list) return std::optional<json::Value>(std::move(read));
    items.push_back(std::move(read));
  }
  if (items.empty()) return std::optional<json::Value>();
  return std::optional<json::Value>(json::Value(std::move(items)));
}

Result<void> ReadQuery(const OperationRow& operation, const UriTemplate& uri,
                       const net::Request& request, json::Object& input) {
  const RawQuery query = SplitQuery(request.query());
  if (query.empty()) return {};
  for (const MemberRow& member : operation.input->members) {
    if (member.location != Location::kQuery) continue;
    if (member.shape->type == Type::kMap) {
      input.Set(member.name, ReadQueryMap(*member.shape, query, uri));
      continue;
    }
    Result<std::optional<json::Value>> value = ReadQueryMember(member, query);
    if (!value)
      return std::move(value).error().While("reading query parameter '{}'", member.wire_name);
    if (*value) input.Set(member.name, std::move(**value));
  }
  return {};
}

Result<void> ReadPath(const OperationRow& operation, const UriTemplate& uri,
                      const net::Request& request, json::Object& input) {
  Labels labels;
  if (!ReadLabels(uri, request.path(), labels))
    return Unreadable("expected a path like '{}'", operation.uri);
  for (const auto& [label, raw] : labels) {
    for (const MemberRow& member : operation.input->members) {
      if (member.location != Location::kPath || member.wire_name != label) continue;
      Result<json::Value> value =
          FromText(*member.shape, PercentDecode(raw), FormatOf(member, TimeFormat::kIso8601));
      if (!value) return std::move(value).error().While("reading path member '{}'", member.name);
      input.Set(member.name, std::move(value).value());
    }
  }
  return {};
}

}  // namespace

const MemberRow* PayloadOf(const Shape& shape) {
  const auto found = std::ranges::find(shape.members, Location::kPayload, &MemberRow::location);
  return found == shape.members.end() ? nullptr : &*found;
}

bool HasBodyMembers(const Shape& shape) {
  return std::ranges::find(shape.members, Location::kBody, &MemberRow::location) !=
         shape.members.end();
}

void WriteHeaders(const Shape& shape, const json::Object& value, net::Headers& headers) {
  for (const MemberRow& member : shape.members) {
    if (member.location != Location::kHeader && member.location != Location::kHeaders) continue;
    const json::Value* given = FindGiven(value, member.name);
    if (given == nullptr) continue;
    if (member.location == Location::kHeader) {
      headers.Set(member.wire_name, HeaderText(member, *given));
      continue;
    }
    const std::string& prefix = member.wire_name;
    for (const json::Member& entry : given->AsObject())
      headers.Set(prefix + entry.key, entry.value.AsString());
  }
}

Result<void> ReadHeaders(const Shape& shape, const net::Headers& headers, json::Object& value) {
  for (const MemberRow& member : shape.members) {
    if (member.location == Location::kHeaders) {
      value.Set(member.name, ReadPrefixed(member.wire_name, headers));
    }
    if (member.location != Location::kHeader) continue;
    const std::optional<std::string_view> text = headers.Find(member.wire_name);
    if (!text) continue;
    Result<json::Value> read = ReadHeader(member, *text);
    if (!read) return std::move(read).error().While("reading header '{}'", member.wire_name);
    value.Set(member.name, std::move(read).value());
  }
  return {};
}

Result<void> WriteBindings(const OperationRow& operation, const UriTemplate& uri,
                           const json::Object& input, net::Request& request) {
  request.method = operation.method;
  TL_TRY(request.target, WritePath(operation, uri, input));
  WriteQuery(operation, uri, input, request.target);
  WriteHeaders(InputOf(operation), input, request.headers);
  return {};
}

Result<void> ReadBindings(const OperationRow& operation, const UriTemplate& uri,
                          const net::Request& request, json::Object& input) {
  if (operation.input == nullptr) return {};
  TL_DO(ReadPath(operation, uri, request, input));
  TL_DO(ReadQuery(operation, uri, request, input));
  return ReadHeaders(*operation.input, request.headers, input);
}

}  // namespace trunkline::aws
