#include "cloud/services/stepfunctions/http_values.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "net/write_message.h"

namespace trunkline::cloud::stepfunctions {
namespace {

std::string Scalar(const json::Value& value) {
  if (value.IsString()) return value.AsString();
  return value.IsNull() ? std::string() : json::Write(value);
}

// One kind of lists in forms: "name[0]", "name", "name[]"; or all items in one.
enum class ArrayFormat { kIndices, kRepeat, kCommas, kBrackets };

Outcome<ArrayFormat> FormatOf(const json::Object& transform) {
  const std::string_view said =
      transform.GetObject("RequestEncodingOptions").GetString("ArrayFormat", "INDICES");
  if (said == "INDICES") return ArrayFormat::kIndices;
  if (said == "REPEAT") return ArrayFormat::kRepeat;
  if (said == "COMMAS") return ArrayFormat::kCommas;
  if (said == "BRACKETS") return ArrayFormat::kBrackets;
  return RuntimeFailure(fmt::format("The ArrayFormat '{}' is not supported.", said));
}

class Form {
 public:
  explicit Form(ArrayFormat format) : format_(format) {}

  void Add(const std::string& name, const json::Value& value) {
    if (value.IsObject()) {
      for (const json::Member& one : value.AsObject())
        Add(name.empty() ? one.key : fmt::format("{}[{}]", name, one.key), one.value);
    } else if (value.IsArray() && format_ != ArrayFormat::kCommas) {
      for (std::size_t i = 0; i < value.AsArray().size(); ++i)
        Add(ItemName(name, i), value.AsArray()[i]);
    } else {
      text_ += text_.empty() ? "" : "&";
      text_ += fmt::format("{}={}", PercentEncode(name), PercentEncode(ParameterText(value)));
    }
  }

  std::string Take() { return std::move(text_); }

 private:
  std::string ItemName(const std::string& name, std::size_t index) const {
    if (format_ == ArrayFormat::kIndices) return fmt::format("{}[{}]", name, index);
    return format_ == ArrayFormat::kBrackets ? name + "[]" : name;
  }

  ArrayFormat format_;
  std::string text_;
};

json::Value BodyOf(const net::Response& response) {
  if (!IsUtf8(response.body)) return response.body;
  const std::string type = ToLower(response.headers.Get("Content-Type"));
  if (type.find("json") == std::string::npos) return response.body;
  Result<json::Value> parsed = json::Parse(response.body);
  return parsed ? std::move(*parsed) : json::Value(response.body);
}

}  // namespace

std::string ParameterText(const json::Value& value) {
  if (!value.IsArray()) return Scalar(value);
  std::vector<std::string> items;
  for (const json::Value& item : value.AsArray()) items.push_back(Scalar(item));
  return Join(items, ",");
}

std::string ParameterQuery(const json::Object& parameters) {
  std::string query;
  const auto add = [&query](const std::string& name, const json::Value& value) {
    query += fmt::format("{}{}={}", query.empty() ? "" : "&", PercentEncode(name),
                         PercentEncode(Scalar(value)));
  };
  for (const json::Member& one : parameters) {
    if (!one.value.IsArray()) {
      add(one.key, one.value);
      continue;
    }
    for (const json::Value& item : one.value.AsArray()) add(one.key, item);
  }
  return query;
}

Outcome<std::string> FormOf(const json::Object& body, const json::Object& transform) {
  TL_TRY(const ArrayFormat format, FormatOf(transform));
  Form form(format);
  form.Add("", json::Value(body));
  return form.Take();
}

json::Object ResultOf(const net::Response& response) {
  json::Object headers;
  for (const auto& [name, value] : response.headers) {
    json::Value& list = headers[name];
    if (!list.IsArray()) list = json::Array();
    list.AsArray().emplace_back(value);
  }
  return {{"Headers", std::move(headers)},
          {"ResponseBody", BodyOf(response)},
          {"StatusCode", response.status},
          {"StatusText", StatusText(response.status)}};
}

std::string_view StatusText(int status) {
  // As they were called before RFC 9110.
  if (status == 413) return "Request Entity Too Large";
  if (status == 422) return "Unprocessable Entity";
  return net::StatusText(status);
}

bool IsReservedHeader(std::string_view name) {
  constexpr std::array<std::string_view, 33> kReserved = {"a-im",
                                                          "accept-charset",
                                                          "accept-datetime",
                                                          "accept-encoding",
                                                          "authorization",
                                                          "cache-control",
                                                          "connection",
                                                          "content-encoding",
                                                          "content-md5",
                                                          "date",
                                                          "expect",
                                                          "forwarded",
                                                          "from",
                                                          "host",
                                                          "http2-settings",
                                                          "if-match",
                                                          "if-modified-since",
                                                          "if-none-match",
                                                          "if-range",
                                                          "if-unmodified-since",
                                                          "max-forwards",
                                                          "origin",
                                                          "pragma",
                                                          "proxy-authorization",
                                                          "referer",
                                                          "server",
                                                          "te",
                                                          "trailer",
                                                          "transfer-encoding",
                                                          "upgrade",
                                                          "via",
                                                          "warning",
                                                          "user-agent"};
  const std::string lower = ToLower(name);
  return lower.starts_with("x-forwarded-") || lower.starts_with("x-amz-") ||
         lower.starts_with("x-amzn-") || std::ranges::find(kReserved, lower) != kReserved.end();
}

}  // namespace trunkline::cloud::stepfunctions
