#include "cloud/execute_api/template_methods.h"

#include <algorithm>
#include <optional>

#include "aws/pattern.h"
#include "base/code_point.h"
#include "base/hash.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/stepfunctions/json_path.h"

namespace trunkline::cloud::execute_api {
namespace {

using Arguments = std::vector<json::Value>;
using Found = std::optional<json::Value>;

std::string TextAt(const Arguments& arguments, std::size_t i) {
  return i < arguments.size() ? ShownText(arguments[i]) : std::string();
}

std::int64_t IntAt(const Arguments& arguments, std::size_t i) {
  if (i >= arguments.size()) return 0;
  if (arguments[i].IsNumber()) return arguments[i].AsInt();
  return ToInt(ShownText(arguments[i])).value_or(0);
}

json::Value Substring(const std::string& text, const Arguments& arguments) {
  const auto size = static_cast<std::int64_t>(text.size());
  const std::int64_t first = std::clamp<std::int64_t>(IntAt(arguments, 0), 0, size);
  const std::int64_t last =
      arguments.size() > 1 ? std::clamp<std::int64_t>(IntAt(arguments, 1), first, size) : size;
  return json::Value(
      text.substr(static_cast<std::size_t>(first), static_cast<std::size_t>(last - first)));
}

json::Value SplitText(const std::string& text, const std::string& separator) {
  json::Array parts;
  std::size_t first = 0;
  for (;;) {
    const std::size_t at = separator.empty() ? std::string::npos : text.find(separator, first);
    parts.emplace_back(text.substr(first, at == std::string::npos ? at : at - first));
    if (at == std::string::npos) return parts;
    first = at + separator.size();
  }
}

json::Value Place(std::size_t at) {
  return at == std::string::npos ? json::Value(-1) : json::Value(at);
}

Found TestText(const std::string& text, std::string_view name, const Arguments& arguments) {
  const std::string other = TextAt(arguments, 0);
  if (name == "equals") return json::Value(text == other);
  if (name == "equalsIgnoreCase") return json::Value(EqualsIgnoreCase(text, other));
  if (name == "contains") return json::Value(text.find(other) != std::string::npos);
  if (name == "startsWith") return json::Value(text.starts_with(other));
  if (name == "endsWith") return json::Value(text.ends_with(other));
  if (name == "isEmpty") return json::Value(text.empty());
  if (name == "indexOf") return Place(text.find(other));
  if (name == "lastIndexOf") return Place(text.rfind(other));
  if (name == "length") return json::Value(text.size());
  if (name == "matches") {
    const auto pattern = aws::Pattern::Compile(other);
    return json::Value(pattern && pattern->Matches(text));
  }
  return std::nullopt;
}

// Nothing where it would become too long: a text whose every letter becomes a text.
Found Replaced(const std::string& text, const std::string& what, const std::string& by) {
  constexpr std::size_t kLongest = 10U << 20U;
  if (what.empty()) return json::Value(text);
  if (text.size() / what.size() * by.size() > kLongest) return std::nullopt;
  return json::Value(Replace(text, what, by));
}

// Regular expressions of replaceAll and split are taken as they are written: as plain texts.
Found ChangeText(const std::string& text, std::string_view name, const Arguments& arguments) {
  const std::string first = TextAt(arguments, 0);
  if (name == "substring") return Substring(text, arguments);
  if (name == "split") return SplitText(text, Replace(first, "\\", ""));
  if (name == "replace") return Replaced(text, first, TextAt(arguments, 1));
  if (name == "replaceAll") {
    return Replaced(text, Replace(first, "\\", ""), Replace(TextAt(arguments, 1), "\\\\", "\\"));
  }
  if (name == "toLowerCase") return json::Value(ToLower(text));
  if (name == "toUpperCase") return json::Value(ToUpper(text));
  if (name == "trim") return json::Value(Trim(text));
  if (name == "concat") return json::Value(text + first);
  if (name == "toString") return json::Value(text);
  return std::nullopt;
}

Found CallList(json::Array& list, std::string_view name, const Arguments& arguments) {
  const json::Value first = arguments.empty() ? json::Value() : arguments.front();
  if (name == "size") return json::Value(list.size());
  if (name == "isEmpty") return json::Value(list.empty());
  if (name == "contains") return json::Value(std::ranges::find(list, first) != list.end());
  if (name == "get") {
    const auto index = static_cast<std::size_t>(std::max<std::int64_t>(0, IntAt(arguments, 0)));
    return index < list.size() ? list[index] : json::Value();
  }
  if (name == "add") {
    list.push_back(first);
    return json::Value(true);
  }
  return std::nullopt;
}

json::Value Entries(const json::Object& map) {
  json::Array entries;
  for (const json::Member& member : map) {
    json::Object entry{{"key", member.key}, {"value", member.value}};
    entries.emplace_back(std::move(entry));
  }
  return entries;
}

json::Value Parts(const json::Object& map, bool keys) {
  json::Array parts;
  for (const json::Member& member : map)
    parts.push_back(keys ? json::Value(member.key) : member.value);
  return parts;
}

Found CallMap(json::Object& map, std::string_view name, const Arguments& arguments) {
  const std::string key = TextAt(arguments, 0);
  const json::Value* value = map.Find(key);
  if (name == "get") return value ? *value : json::Value();
  if (name == "getOrDefault")
    return value ? *value : (arguments.size() > 1 ? arguments[1] : json::Value());
  if (name == "containsKey") return json::Value(value != nullptr);
  if (name == "keySet") return Parts(map, true);
  if (name == "values") return Parts(map, false);
  if (name == "entrySet") return Entries(map);
  if (name == "size") return json::Value(map.size());
  if (name == "isEmpty") return json::Value(map.empty());
  if (name == "getKey") return json::Value(map.GetString("key"));
  if (name == "getValue" && map.Has("value")) return map.At("value");
  json::Value before = value ? *value : json::Value();
  if (name == "put" && arguments.size() == 2) {
    map.Set(key, arguments[1]);
    return before;
  }
  if (name != "remove") return std::nullopt;
  map.Remove(key);
  return before;
}

// As Java writes it: everything but ASCII as \uXXXX, in UTF-16.
void AppendUnit(std::string& escaped, std::uint32_t unit) {
  escaped += fmt::format("\\u{:04X}", unit);
}

void AppendPoint(std::string& escaped, std::uint32_t point) {
  constexpr std::uint32_t kBasic = 0x10000;
  if (point < kBasic) return AppendUnit(escaped, point);
  AppendUnit(escaped, 0xD800 + ((point - kBasic) >> 10U));
  AppendUnit(escaped, 0xDC00 + ((point - kBasic) & 0x3FFU));
}

std::string EscapeJavaScript(std::string_view text) {
  std::string escaped;
  for (std::size_t i = 0; i < text.size();) {
    const std::uint32_t point = NextCodePoint(text, i);
    constexpr std::string_view kControls = "btn\0fr";  // from 0x08
    constexpr std::uint32_t kFirst = 0x08;
    if (point >= 0x7F) {
      AppendPoint(escaped, point);
    } else if (point >= kFirst && point < kFirst + kControls.size() &&
               kControls[point - kFirst] != '\0') {
      escaped += '\\';
      escaped += kControls[point - kFirst];
    } else if (point < ' ') {
      AppendUnit(escaped, point);
    } else {
      const char c = static_cast<char>(point);
      if (c == '"' || c == '\'' || c == '\\' || c == '/') escaped += '\\';
      escaped += c;
    }
  }
  return escaped;
}

}  // namespace

std::size_t WeightOf(const json::Value& value, std::size_t limit, int depth) {
  constexpr std::size_t kNode = 32;
  constexpr int kDeepest = 200;  // as JSON is read
  if (depth > kDeepest) return limit + 1;
  std::size_t weight = kNode;
  if (value.IsString()) return weight + value.AsString().size();
  if (value.IsArray()) {
    for (const json::Value& item : value.AsArray()) {
      if (weight > limit) break;
      weight += WeightOf(item, limit - weight, depth + 1);
    }
  }
  if (value.IsObject()) {
    for (const json::Member& member : value.AsObject()) {
      if (weight > limit) break;
      weight += member.key.size() + WeightOf(member.value, limit - weight, depth + 1);
    }
  }
  return weight;
}

std::string ShownText(const json::Value& value) {
  if (value.IsNull()) return {};
  if (value.IsString()) return value.AsString();
  if (value.IsNumber()) return value.AsNumber().text;
  if (value.IsBool()) return value.AsBool() ? "true" : "false";
  std::string text = value.IsArray() ? "[" : "{";
  const std::size_t start = text.size();
  if (value.IsArray()) {
    for (const json::Value& item : value.AsArray())
      text += (text.size() > start ? ", " : "") + ShownText(item);
    return text + "]";
  }
  for (const json::Member& member : value.AsObject())
    text += (text.size() > start ? ", " : "") + member.key + "=" + ShownText(member.value);
  return text + "}";
}

Result<json::Value> CallMethod(json::Value& self, std::string_view name,
                               const Arguments& arguments) {
  Found found;
  if (self.IsArray()) found = CallList(self.AsArray(), name, arguments);
  if (self.IsObject()) found = CallMap(self.AsObject(), name, arguments);
  if (!found && !self.IsNull() && !self.IsArray() && !self.IsObject()) {
    const std::string text = ShownText(self);
    found = TestText(text, name, arguments);
    if (!found) found = ChangeText(text, name, arguments);
  }
  if (!found && name == "toString") found = json::Value(ShownText(self));
  if (!found && name == "equals" && !arguments.empty()) found = json::Value(self == arguments[0]);
  if (found) return std::move(*found);
  return Error(ErrorKind::kInvalid, "the method '{}' of {} is not implemented by this cloud", name,
               self.TypeName());
}

Result<json::Value> CallUtil(std::string_view name, const Arguments& arguments) {
  const std::string text = TextAt(arguments, 0);
  if (name == "escapeJavaScript") return json::Value(EscapeJavaScript(text));
  if (name == "urlEncode") return json::Value(PercentEncode(text));
  if (name == "urlDecode") return json::Value(PercentDecode(text, true));
  if (name == "base64Encode") return json::Value(ToBase64(text));
  if (name == "base64Decode") {
    auto bytes = FromBase64(text);
    if (bytes) return json::Value(std::move(*bytes));
    return Error(ErrorKind::kInvalid, "expected Base64 in $util.base64Decode");
  }
  if (name == "parseJson") {
    Result<json::Value> value = json::Parse(text);
    if (value) return value;
    return Error(ErrorKind::kInvalid, "expected JSON in $util.parseJson");
  }
  return Error(ErrorKind::kInvalid, "there is no '$util.{}'", name);
}

Result<json::Value> FindPath(const json::Value& root, std::string_view path) {
  if (!path.starts_with('$'))
    return Error(ErrorKind::kInvalid, "expected a JSONPath but got '{}'", path);
  TL_TRY(const stepfunctions::JsonPath steps, stepfunctions::JsonPath::Parse(path.substr(1)));
  stepfunctions::PathResult found = steps.Find(root);
  if (found.value) return std::move(*found.value);
  return json::Value();
}

}  // namespace trunkline::cloud::execute_api
