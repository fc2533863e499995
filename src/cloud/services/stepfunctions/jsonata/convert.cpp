#include "cloud/services/stepfunctions/jsonata/convert.h"

#include <cmath>

#include "base/json_write.h"
#include "cloud/services/stepfunctions/jsonata/function.h"
#include "cloud/services/stepfunctions/jsonata/limits.h"
#include "cloud/services/stepfunctions/jsonata/nodes.h"
#include "cloud/services/stepfunctions/jsonata/numbers.h"
#include "cloud/services/stepfunctions/jsonata/unicode.h"

namespace trunkline::cloud::jsonata {
namespace {

// JSON.stringify with the numbers cut to 15 digits. Stops soon behind `limit` bytes.
class TextWriter {
 public:
  TextWriter(bool pretty, bool exact, std::size_t limit)
      : pretty_(pretty), exact_(exact), limit_(limit) {}

  Outcome<void> Write(const Value& value, std::size_t depth) {
    if (text_.size() > limit_) return {};
    switch (value.kind()) {
      case Kind::kNumber:
        return WriteNumber(value.AsNumber());
      case Kind::kText:
        text_ += json::Quote(value.AsText());
        return {};
      case Kind::kBool:
        text_ += value.AsBool() ? "true" : "false";
        return {};
      case Kind::kArray:
        return WriteArray(value, depth);
      case Kind::kObject:
        return WriteObject(value, depth);
      case Kind::kFunction:
        text_ += "\"\"";
        return {};
      default:
        text_ += "null";
        return {};
    }
  }

  std::string Take() { return std::move(text_); }
  bool is_cut() const { return text_.size() > limit_; }

 private:
  void NewLine(std::size_t depth) {
    if (pretty_) text_ += "\n" + std::string(2 * depth, ' ');
  }

  Outcome<void> WriteNumber(double number) {
    if (!std::isfinite(number) && !exact_) {
      return Failure("D1001").With("value", "null");
    }
    text_ += std::isfinite(number) ? NumberText(exact_ ? number : ToPrecision15(number)) : "null";
    return {};
  }

  Outcome<void> WriteArray(const Value& array, std::size_t depth) {
    text_ += '[';
    for (std::size_t i = 0; i < array.size(); ++i) {
      if (i > 0) text_ += ',';
      NewLine(depth + 1);
      TL_DO(Write(array.Item(i), depth + 1));
    }
    if (array.size() > 0) NewLine(depth);
    text_ += ']';
    return {};
  }

  Outcome<void> WriteObject(const Value& object, std::size_t depth) {
    text_ += '{';
    bool first = true;
    for (std::size_t i = 0; i < object.size(); ++i) {
      const Value member = object.MemberAt(i);
      if (member.IsUndefined()) continue;
      if (!first) text_ += ',';
      first = false;
      NewLine(depth + 1);
      text_ += json::Quote(object.KeyAt(i));
      text_ += pretty_ ? ": " : ":";
      TL_DO(Write(member, depth + 1));
    }
    if (!first) NewLine(depth);
    text_ += '}';
    return {};
  }

  std::string text_;
  bool pretty_;
  bool exact_;  // for messages: all digits, and no error
  std::size_t limit_;
};

json::Value NumberToJson(double number) {
  if (std::isfinite(number)) return json::Number{NumberText(number)};
  // JSON has no word for it; the service answers with JavaScript's name in a text (seen: 1/0).
  return NumberText(number);
}

Outcome<json::Value> ArrayToJson(const Value& value, std::uint64_t& steps) {
  json::Array items;
  items.reserve(value.size());
  for (std::size_t i = 0; i < value.size(); ++i) {
    TL_TRY(json::Value item, ToJson(value.Item(i), steps));
    items.push_back(std::move(item));
  }
  return json::Value(std::move(items));
}

Outcome<json::Value> ObjectToJson(const Value& value, std::uint64_t& steps) {
  json::Object object;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const Value member = value.MemberAt(i);
    if (member.IsUndefined() || member.IsFunction()) continue;
    TL_TRY(json::Value converted, ToJson(member, steps));
    object.Set(ToValidUtf8(value.KeyAt(i)), std::move(converted));
  }
  return json::Value(std::move(object));
}

}  // namespace

Outcome<bool> IsNumeric(const Value& value) {
  if (!value.IsNumber()) return false;
  const double number = value.AsNumber();
  if (std::isinf(number)) return Failure("D1001").With("value", "null");
  return !std::isnan(number);
}

bool TakeStep(std::uint64_t& steps) {
  if (steps == 0) return false;
  --steps;
  return true;
}

std::uint64_t CostOf(const Value& value) {
  if (value.IsText()) return value.AsText().size() / 64;
  return value.IsArray() || value.IsObject() ? value.size() / 8 : 0;
}

Outcome<bool> ToBoolean(const Value& value, std::uint64_t& steps) {
  if (!TakeStep(steps)) return TimeExceeded();
  switch (value.kind()) {
    case Kind::kBool:
      return value.AsBool();
    case Kind::kText:
      return !value.AsText().empty();
    case Kind::kObject:
      return value.size() > 0;
    case Kind::kFunction:
      // As the reference has it: a function is false once it is passed as an argument.
      return value.builtin() != nullptr || value.function()->type == FunctionNode::Type::kLambda;
    case Kind::kNumber: {
      TL_TRY(const bool numeric, IsNumeric(value));
      return numeric && value.AsNumber() != 0;
    }
    case Kind::kArray:
      for (std::size_t i = 0; i < value.size(); ++i) {
        TL_TRY(const bool item, ToBoolean(value.Item(i), steps));
        if (item) return true;
      }
      return false;
    default:
      return false;
  }
}

Outcome<std::string> ToText(const Value& value, bool pretty) {
  if (value.IsText()) return std::string(value.AsText());
  if (value.IsFunction()) return std::string();
  if (value.IsNumber() && !std::isfinite(value.AsNumber())) return Failure("D3001");
  TextWriter writer(pretty, false, kMaxTextBytes);
  const bool outer = value.IsArray() && value.Has(kOuter);
  TL_DO(writer.Write(outer ? value.Item(0) : value, 0));
  if (writer.is_cut()) return MemoryExceeded();
  return writer.Take();
}

std::string Show(const Value& value) {
  if (value.IsUndefined() || value.IsFunction()) return "undefined";
  TextWriter writer(false, true, kMaxShownBytes);
  if (!writer.Write(value, 0)) return "undefined";
  const bool cut = writer.is_cut();
  std::string text = writer.Take();
  if (!cut) return text;
  text.resize(std::min(text.size(), kMaxShownBytes));
  return ToValidUtf8(text) + "...";
}

Outcome<json::Value> ToJson(const Value& value, std::uint64_t& steps) {
  const std::uint64_t cost = CostOf(value) + 1;
  if (steps < cost) return MemoryExceeded();
  steps -= cost;
  if (const json::Value* origin = value.origin()) return *origin;
  switch (value.kind()) {
    case Kind::kBool:
      return json::Value(value.AsBool());
    case Kind::kNumber:
      return NumberToJson(value.AsNumber());
    case Kind::kText:
      if (HasLoneSurrogate(value.AsText())) return json::Value(ToValidUtf8(value.AsText()));
      return json::Value(value.AsText());
    case Kind::kArray:
      return ArrayToJson(value, steps);
    case Kind::kObject:
      return ObjectToJson(value, steps);
    default:
      return json::Value();
  }
}

void AppendFlat(std::vector<Value>& items, const Value& value) {
  if (!value.IsArray()) {
    items.push_back(value);
    return;
  }
  for (std::size_t i = 0; i < value.size(); ++i) items.push_back(value.Item(i));
}

namespace {

Outcome<void> CollectMembers(const Value& array, std::string_view key, std::vector<Value>& found,
                             std::uint64_t& steps) {
  for (std::size_t i = 0; i < array.size(); ++i) {
    if (!TakeStep(steps)) return TimeExceeded();
    if (found.size() > kMaxItems) return MemoryExceeded();
    const Value item = array.Item(i);
    if (item.IsArray()) {
      TL_DO(CollectMembers(item, key, found, steps));
    } else if (item.IsObject()) {
      const Value member = item.Find(key);
      if (!member.IsUndefined()) AppendFlat(found, member);
    }
  }
  return {};
}

}  // namespace

Outcome<Value> LookUpMember(const Value& input, std::string_view key, std::uint64_t& steps) {
  if (input.IsObject()) return input.Find(key);
  if (!input.IsArray()) return Value();
  std::vector<Value> found;
  TL_DO(CollectMembers(input, key, found, steps));
  if (found.size() > kMaxItems) return MemoryExceeded();
  return Value::Array(std::move(found), kSequence);
}

}  // namespace trunkline::cloud::jsonata
