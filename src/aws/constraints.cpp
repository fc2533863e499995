// Constraints of inputs, checked in the order and with the words of AWS.
#include "aws/constraints.h"

#include <algorithm>
#include <cmath>

#include "aws/codec.h"
#include "aws/pattern.h"
#include "base/json_write.h"
#include "base/shown.h"

namespace trunkline::aws {
namespace {

// Lengths count as Java's strings do: UTF-16 units.
double LengthOf(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) == 0x80U) continue;
    units += byte >= 0xF0U ? 2 : 1;
  }
  return static_cast<double>(units);
}

std::string NumberText(double number) {
  if (number == std::floor(number) && std::abs(number) < 9e15) {
    return std::to_string(static_cast<std::int64_t>(number));
  }
  return fmt::format("{}", number);
}

bool IsNumeric(Type type) {
  return type == Type::kInteger || type == Type::kLong || type == Type::kFloat;
}

// A bound of a fraction is one itself: "1.0".
std::string Bound(const Shape& shape, double bound) {
  const std::string text = NumberText(bound);
  const bool whole = text.find('.') == std::string::npos;
  return shape.type == Type::kFloat && whole ? text + ".0" : text;
}

// How a service says what is wrong.
struct Words {
  bool hides_values = false;
  bool items_not_null = false;
};

Words WordsOf(std::string_view service) {
  return {.hides_values = service == "iam",
          .items_not_null = service == "iam" || service == "lambda"};
}

// "functionName" for FunctionName: the services' own spelling.
std::string Spelled(std::string_view name) {
  std::string spelled(name);
  if (!spelled.empty() && spelled[0] >= 'A' && spelled[0] <= 'Z')
    spelled[0] = static_cast<char>(spelled[0] + 32);
  return spelled;
}

std::string Under(const std::string& path, std::string_view name) {
  return path.empty() ? Spelled(name) : fmt::format("{}.{}", path, Spelled(name));
}

// As long as the longest text whose length is known to be told whole (Step Functions' tokens).
constexpr std::size_t kLongestShown = 4096;

std::string Shown(const Shape* shape, const json::Value& value);

// Item(name=a, size=null): as the services' own classes are written. Without a shape {name=a}.
std::string ShownObject(const Shape* shape, const json::Object& object) {
  std::string text;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  if (shape && shape->type == Type::kStructure) {
    for (const MemberRow& member : shape->members) {
      const json::Value* given = object.Find(member.name);
      add(Spelled(member.name) + "=" + (given ? Shown(member.shape, *given) : "null"));
    }
    return fmt::format("{}({})", shape->name, text);
  }
  const Shape* item = shape ? shape->item.shape : nullptr;
  for (const json::Member& entry : object) add(entry.key + "=" + Shown(item, entry.value));
  return "{" + text + "}";
}

// A value as a message shows it: [a, b] for lists, {k=v} for maps.
std::string Shown(const Shape* shape, const json::Value& value) {
  std::string text;
  if (shape && shape->sensitive) return "***";
  if (value.IsString()) {
    text = value.AsString();
  } else if (value.IsArray()) {
    const Shape* item = shape ? shape->item.shape : nullptr;
    for (const json::Value& one : value.AsArray())
      text += (&one == &value.AsArray().front() ? "" : ", ") + Shown(item, one);
    text = "[" + text + "]";
  } else if (value.IsObject()) {
    text = ShownObject(shape, value.AsObject());
  } else {
    text = json::Write(value);
  }
  return trunkline::Shown(text, kLongestShown);
}

std::string EnumText(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return fmt::format("Member must satisfy enum value set: [{}]", text);
}

// An expression that is not understood (docs/guides/models.md lists what is) refuses nothing.
bool Matches(const Shape& shape, const std::string& text) {
  if (!shape.compiled) {
    Result<Pattern> pattern = Pattern::Compile(shape.pattern);
    shape.compiled = std::make_shared<const std::optional<Pattern>>(
        pattern ? std::optional<Pattern>(std::move(pattern).value()) : std::nullopt);
  }
  return !shape.compiled->has_value() || (*shape.compiled)->Matches(text);
}

// What a single value violates: the ends of the sentences.
// What the value has to be; empty where it is. Decoded requests are: this is for calls from within,
// whose input a template or a state machine made.
std::string_view MissingType(const Shape& shape, const json::Value& value) {
  switch (shape.type) {
    case Type::kString:
    case Type::kBlob:
      return value.IsString() ? "" : "a string";
    case Type::kStructure:
    case Type::kMap:
      return value.IsObject() ? "" : "an object";
    case Type::kList:
      return value.IsArray() ? "" : "a list";
    case Type::kInteger:
    case Type::kLong:
      return value.IsNumber() ? "" : "a number";
    default:
      return "";
  }
}

std::vector<std::string> Violations(const Shape& shape, const json::Value& value) {
  std::vector<std::string> found;
  if (const std::string_view type = MissingType(shape, value); !type.empty())
    return {fmt::format("Member must be {}", type)};
  const auto bounds = [&](double measure, std::string_view what) {
    if (shape.max && measure > *shape.max) {
      found.push_back(fmt::format("Member must have {} less than or equal to {}", what,
                                  NumberText(*shape.max)));
    }
    if (shape.min && measure < *shape.min) {
      found.push_back(fmt::format("Member must have {} greater than or equal to {}", what,
                                  NumberText(*shape.min)));
    }
  };
  switch (shape.type) {
    case Type::kString: {
      const std::string& text = value.AsString();
      bounds(LengthOf(text), "length");
      // A text of the wrong length is told so; what it looks like inside need not be found out.
      if (found.empty() && !shape.pattern.empty() && !Matches(shape, text)) {
        found.push_back("Member must satisfy regular expression pattern: " + shape.pattern);
      }
      if (!shape.enumeration.empty() &&
          std::ranges::find(shape.enumeration, text) == shape.enumeration.end()) {
        found.push_back(EnumText(shape.enumeration));
      }
      break;
    }
    case Type::kBlob:
      bounds(static_cast<double>(value.AsString().size()), "length");
      break;
    case Type::kList:
      bounds(static_cast<double>(value.AsArray().size()), "length");
      break;
    case Type::kMap:
      bounds(static_cast<double>(value.AsObject().size()), "length");
      break;
    case Type::kInteger:
    case Type::kLong:
      bounds(value.AsDouble(), "value");
      break;
    case Type::kFloat:
      if (value.IsNumber()) bounds(value.AsDouble(), "value");
      break;
    default:
      break;
  }
  return found;
}

// Every constraint of a scalar: said as a whole when an item of a list or a map violates one of
// them.
std::string AllOf(const Shape& shape, const Words& words) {
  std::vector<std::string> all;
  const std::string what = IsNumeric(shape.type) ? "value" : "length";
  if (shape.max)
    all.push_back(fmt::format("Member must have {} less than or equal to {}", what,
                              Bound(shape, *shape.max)));
  if (shape.min) {
    all.push_back(fmt::format("Member must have {} greater than or equal to {}", what,
                              Bound(shape, *shape.min)));
  }
  if (!shape.pattern.empty())
    all.push_back("Member must satisfy regular expression pattern: " + shape.pattern);
  if (!shape.enumeration.empty()) all.push_back(EnumText(shape.enumeration));
  if (words.items_not_null && (!words.hides_values || !shape.pattern.empty()))
    all.emplace_back("Member must not be null");
  std::string text;
  for (const std::string& one : all) text += (text.empty() ? "" : ", ") + one;
  return fmt::format("[{}]", text);
}

bool IsSingle(Type type) {
  return type != Type::kStructure && type != Type::kList && type != Type::kMap;
}

class Checker {
 public:
  explicit Checker(const Words& words) : words_(words) {}

  void Structure(const Shape& shape, const json::Object& object, const std::string& path) {
    for (const MemberRow& member : shape.members) {
      const json::Value* given = object.Find(member.name);
      const bool absent = given == nullptr || given->IsNull();
      if (absent && member.required) {
        found_.push_back(
            fmt::format("Value null at '{}' failed to satisfy constraint: Member must not be null",
                        Under(path, member.name)));
      }
      if (!absent) Value(*member.shape, *given, Under(path, member.name));
    }
    if (shape.union_ && object.size() != 1) {
      Say(shape, json::Value(object), path, "Member must have exactly one member set");
    }
  }

  std::vector<std::string> Take() { return std::move(found_); }

 private:
  // Nobody reads more, and a hostile input could have millions.
  static constexpr std::size_t kMost = 100;
  bool Enough() const { return found_.size() >= kMost; }

  void Say(const Shape& shape, const json::Value& value, const std::string& path,
           std::string_view what) {
    const bool hidden = shape.sensitive || words_.hides_values;
    const std::string shown = hidden ? "" : fmt::format(" '{}'", Shown(&shape, value));
    found_.push_back(
        fmt::format("Value{} at '{}' failed to satisfy constraint: {}", shown, path, what));
  }

  void Value(const Shape& shape, const json::Value& value, const std::string& path) {
    if (shape.type == Type::kStructure && value.IsObject())
      return Structure(shape, value.AsObject(), path);
    for (const std::string& violation : Violations(shape, value))
      Say(shape, value, path, violation);
    if (shape.type == Type::kList && value.IsArray()) List(shape, value, path);
    if (shape.type == Type::kMap && value.IsObject()) Map(shape, value, path);
  }

  void List(const Shape& shape, const json::Value& value, const std::string& path) {
    const Shape& item = *shape.item.shape;
    const json::Array& items = value.AsArray();
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (Enough()) return;
      if (items[i].IsNull()) continue;
      if (!IsSingle(item.type)) {
        Value(item, items[i], fmt::format("{}.{}.member", path, i + 1));
      } else if (!Violations(item, items[i]).empty()) {
        return Say(shape, value, path, "Member must satisfy constraint: " + AllOf(item, words_));
      }
    }
  }

  void Map(const Shape& shape, const json::Value& value, const std::string& path) {
    const Shape& key = *shape.key.shape;
    const Shape& item = *shape.item.shape;
    bool bad_key = false;
    bool bad_value = false;
    for (const json::Member& entry : value.AsObject()) {
      if (Enough()) return;
      bad_key = bad_key || !Violations(key, json::Value(entry.key)).empty();
      if (entry.value.IsNull()) continue;
      if (!IsSingle(item.type)) {
        Value(item, entry.value, fmt::format("{}.{}.member", path, entry.key));
      } else {
        bad_value = bad_value || !Violations(item, entry.value).empty();
      }
    }
    if (bad_key) Say(shape, value, path, "Map keys must satisfy constraint: " + AllOf(key, words_));
    if (bad_value)
      Say(shape, value, path, "Map value must satisfy constraint: " + AllOf(item, words_));
  }

  Words words_;
  std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> CheckConstraints(const Shape& shape, const json::Object& input) {
  return CheckConstraintsOf({}, shape, input);
}

std::vector<std::string> CheckConstraintsOf(std::string_view service, const Shape& shape,
                                            const json::Object& input) {
  Checker checker(WordsOf(service));
  checker.Structure(shape, input, "");
  return checker.Take();
}

}  // namespace trunkline::aws
