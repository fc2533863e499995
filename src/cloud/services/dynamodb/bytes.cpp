#include "cloud/services/dynamodb/bytes.h"

#include <string>
#include <string_view>

#include "base/hash.h"
#include "cloud/services/dynamodb/value.h"

namespace trunkline::cloud::dynamodb {
namespace {

using Convert = std::string (*)(std::string_view);

std::string Decode(std::string_view text) {
  return FromBase64(text).value_or(std::string());
}

// Changes all binary values below; whether there were any.
bool ConvertBytes(json::Value& value, Convert convert) {
  const std::string_view type = TypeOf(value);
  json::Value& content = value.AsObject().begin()->value;
  bool any = type == "B" || type == "BS";
  if (type == "B") content = convert(content.AsString());
  if (type == "BS") {
    for (json::Value& item : content.AsArray()) item = convert(item.AsString());
  }
  if (type == "L") {
    for (json::Value& item : content.AsArray()) any = ConvertBytes(item, convert) || any;
  }
  if (type == "M") {
    for (json::Member& member : content.AsObject())
      any = ConvertBytes(member.value, convert) || any;
  }
  return any;
}

bool ConvertAll(json::Object& item, Convert convert) {
  bool any = false;
  for (json::Member& member : item) any = ConvertBytes(member.value, convert) || any;
  return any;
}

}  // namespace

bool EncodeBytes(json::Object& attributes) {
  return ConvertAll(attributes, ToBase64);
}

void DecodeBytes(json::Object& attributes) {
  ConvertAll(attributes, Decode);
}

}  // namespace trunkline::cloud::dynamodb
