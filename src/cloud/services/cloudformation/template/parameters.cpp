#include "cloud/services/cloudformation/template/parameters.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "aws/pattern.h"
#include "base/text.h"
#include "cloud/services/cloudformation/template/function.h"
#include "cloud/services/cloudformation/template/read.h"
#include "cloud/services/cloudformation/template/template.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::size_t kMaxValue = 4096;
constexpr std::string_view kMask = "****";
constexpr std::string_view kSsmValue = "AWS::SSM::Parameter::Value<";

// What a type is, apart from where its value comes from.
struct Kind {
  bool from_ssm = false;
  bool list = false;
  bool number = false;
};

bool IsPlainType(std::string_view type) {
  return type == "String" || type == "Number" || type == "CommaDelimitedList" ||
         type == "List<Number>" || type == "List<String>" || type == "AWS::SSM::Parameter::Name" ||
         type.starts_with("AWS::EC2::") || type.starts_with("AWS::Route53::") ||
         type.starts_with("List<AWS::");
}

Answer<Kind> KindOf(std::string_view type) {
  Kind kind;
  if (type.starts_with(kSsmValue) && type.ends_with('>')) {
    kind.from_ssm = true;
    type = type.substr(kSsmValue.size(), type.size() - kSsmValue.size() - 1);
  }
  if (!IsPlainType(type) || type == "AWS::SSM::Parameter::Name<>") {
    return ValidationError(
        fmt::format("Template format error: Unrecognized parameter type: {}", type));
  }
  kind.list = type == "CommaDelimitedList" || type.starts_with("List<");
  kind.number = type == "Number" || type == "List<Number>";
  return kind;
}

std::optional<double> ToNumber(std::string_view text) {
  text = Trim(text);
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

std::vector<std::string> Elements(const Kind& kind, const std::string& value) {
  if (!kind.list) return {value};
  std::vector<std::string> made;
  if (value.empty()) return made;
  for (const std::string_view part : Split(value, ',')) made.emplace_back(Trim(part));
  return made;
}

// A constraint may be written as a text or as a number.
std::optional<double> Limit(const json::Object& declared, std::string_view name) {
  const json::Value* value = declared.Find(name);
  const auto text = value ? ScalarText(*value) : std::nullopt;
  return text ? ToNumber(*text) : std::nullopt;
}

std::string TextOf(const json::Object& declared, std::string_view name) {
  const json::Value* value = declared.Find(name);
  return value ? ScalarText(*value).value_or("") : std::string();
}

// What is wrong with one element of a value; empty: nothing.
std::string NumberProblem(const json::Object& declared, const std::string& value) {
  const auto number = ToNumber(value);
  if (!number) return "must be a number";
  const auto least = Limit(declared, "MinValue");
  const auto most = Limit(declared, "MaxValue");
  if (least && *number < *least)
    return fmt::format("must be a number not less than {}", TextOf(declared, "MinValue"));
  if (most && *number > *most)
    return fmt::format("must be a number not greater than {}", TextOf(declared, "MaxValue"));
  return {};
}

bool IsAllowed(const json::Array& allowed, const std::string& value) {
  return std::any_of(allowed.begin(), allowed.end(),
                     [&](const json::Value& one) { return ScalarText(one) == value; });
}

std::string TextProblem(const json::Object& declared, const std::string& value) {
  const auto least = Limit(declared, "MinLength");
  const auto most = Limit(declared, "MaxLength");
  if (least && static_cast<double>(value.size()) < *least)
    return fmt::format("must contain at least {} characters", TextOf(declared, "MinLength"));
  if (most && static_cast<double>(value.size()) > *most)
    return fmt::format("must contain at most {} characters", TextOf(declared, "MaxLength"));
  const std::string_view expression = declared.GetString("AllowedPattern");
  if (expression.empty()) return {};
  const auto pattern = aws::Pattern::Compile(expression);
  if (!pattern)
    return fmt::format("has a pattern that is not understood: {}", pattern.error().message());
  if (!pattern->Matches(value)) return fmt::format("must match pattern {}", expression);
  return {};
}

Answer<void> CheckValue(const std::string& name, const json::Object& declared, const Kind& kind,
                        const std::string& value) {
  if (value.size() > kMaxValue) {
    return ValidationError(
        fmt::format("Parameter '{}' must contain at most {} characters", name, kMaxValue));
  }
  std::string problem;
  for (const std::string& element : Elements(kind, value)) {
    const json::Array& allowed = declared.GetArray("AllowedValues");
    if (!allowed.empty() && !IsAllowed(allowed, element)) problem = "must be one of AllowedValues";
    if (problem.empty()) problem = TextProblem(declared, element);
    if (problem.empty() && kind.number) problem = NumberProblem(declared, element);
    if (!problem.empty()) break;
  }
  if (problem.empty()) return {};
  const std::string_view words = declared.GetString("ConstraintDescription");
  if (words.empty()) return ValidationError(fmt::format("Parameter '{}' {}", name, problem));
  return ValidationError(fmt::format("Parameter {} failed to satisfy constraint: {}", name, words));
}

const json::Object* FindGiven(const json::Array* list, const std::string& name) {
  if (!list) return nullptr;
  for (const json::Value& item : *list) {
    if (item.AsObject().GetString("ParameterKey") == name) return &item.AsObject();
  }
  return nullptr;
}

Answer<void> CheckGiven(const json::Object& declared, const json::Array* given) {
  if (!given) return {};
  std::vector<std::string> unknown;
  for (std::size_t i = 0; i < given->size(); ++i) {
    const std::string name((*given)[i].AsObject().GetString("ParameterKey"));
    if (!declared.Has(name)) unknown.push_back(name);
    if (FindGiven(given, name) != &(*given)[i].AsObject())
      return ValidationError(fmt::format("Duplicate parameter keys: [{}]", name));
  }
  if (unknown.empty()) return {};
  return ValidationError(
      fmt::format("Parameters: [{}] do not exist in the template", Join(unknown, ", ")));
}

std::optional<std::string> DefaultOf(const json::Object& declared) {
  const json::Value* value = declared.Find("Default");
  return value ? ScalarText(*value) : std::nullopt;
}

// Nothing: it has no value.
Answer<std::optional<std::string>> Choose(const std::string& name, const json::Object& declared,
                                          const ParameterSources& sources) {
  const json::Object* given = FindGiven(sources.given, name);
  if (given && given->GetBool("UsePreviousValue")) {
    const json::Object* before = FindGiven(sources.previous, name);
    if (!before) {
      return ValidationError(fmt::format(
          "Invalid input for parameter key {}. Cannot specify usePreviousValue as true for a "
          "parameter key not in the previous template",
          name));
    }
    if (given->Has("ParameterValue")) {
      return ValidationError(fmt::format(
          "Invalid input for parameter key {}. Either ParameterValue or UsePreviousValue, not both",
          name));
    }
    return std::optional(std::string(before->GetString("ParameterValue")));
  }
  if (given && given->Has("ParameterValue"))
    return std::optional(std::string(given->GetString("ParameterValue")));
  return DefaultOf(declared);
}

struct Resolved {
  json::Object kept;
  json::Value value;
};

json::Value AsReferred(const Kind& kind, std::string value) {
  if (!kind.list) return value;
  json::Array list;
  for (std::string& element : Elements(kind, value)) list.emplace_back(std::move(element));
  return list;
}

Answer<Resolved> Resolve(const std::string& name, const json::Object& declared, std::string value,
                         const ParameterSources& sources) {
  TL_TRY(const Kind kind, KindOf(declared.GetString("Type")));
  Resolved made;
  made.kept = {{"ParameterKey", name}, {"ParameterValue", value}};
  if (TextOf(declared, "NoEcho") == "true") made.kept.Set("NoEcho", true);
  if (!sources.known_later.empty() && value.find(sources.known_later) != std::string::npos) {
    made.value = AsReferred(kind, std::move(value));
    return made;
  }
  if (kind.from_ssm && sources.read_ssm) {
    TL_TRY(value, sources.read_ssm(value));
    made.kept.Set("ResolvedValue", value);
  }
  // AWS checks AllowedValues and patterns of an SSM parameter against its name.
  TL_DO(CheckValue(name, declared, kind.from_ssm ? Kind{} : kind,
                   std::string(made.kept.GetString("ParameterValue"))));
  made.value = AsReferred(kind, std::move(value));
  return made;
}

}  // namespace

Answer<ParameterValues> ResolveParameters(const json::Object& document,
                                          const ParameterSources& sources) {
  const json::Object& declared = document.GetObject("Parameters");
  TL_DO(CheckGiven(declared, sources.given));
  ParameterValues made;
  std::vector<std::string> missing;
  if (declared.size() > kMaxParameters)
    return ValidationError("Template format error: Number of Parameters is greater than 200");
  for (const json::Member& member : declared) {
    if (!member.value.IsObject())
      return ValidationError("Template format error: Every Parameters member must be an object.");
    const json::Object& body = member.value.AsObject();
    if (!body.Has("Type"))
      return ValidationError(
          "Template format error: Every Parameters object must contain a Type member.");
    TL_DO(KindOf(body.GetString("Type")));
    TL_TRY(const std::optional<std::string> value, Choose(member.key, body, sources));
    if (!value) {
      if (body.GetString("Type").starts_with(kSsmValue)) {
        return ValidationError(fmt::format(
            "Parameter {} should either have input value or default value", member.key));
      }
      missing.push_back(member.key);
      continue;
    }
    TL_TRY(Resolved one, Resolve(member.key, body, *value, sources));
    made.no_echo = made.no_echo || one.kept.GetBool("NoEcho");
    made.kept.emplace_back(std::move(one.kept));
    made.values.Set(member.key, std::move(one.value));
  }
  if (!missing.empty())
    return ValidationError(fmt::format("Parameters: [{}] must have values", Join(missing, ", ")));
  return made;
}

Answer<ParameterValues> RestoreParameters(const json::Object& document, const json::Array& kept) {
  ParameterValues made;
  const json::Object& declared = document.GetObject("Parameters");
  for (const json::Value& item : kept) {
    const json::Object& one = item.AsObject();
    const std::string_view name = one.GetString("ParameterKey");
    TL_TRY(const Kind kind, KindOf(declared.GetObject(name).GetString("Type")));
    const std::string_view value = one.GetString("ResolvedValue", one.GetString("ParameterValue"));
    made.values.Set(name, AsReferred(kind, std::string(value)));
    made.no_echo = made.no_echo || one.GetBool("NoEcho");
  }
  made.kept = kept;
  return made;
}

json::Array ShownParameters(const json::Array& kept) {
  json::Array shown = kept;
  for (json::Value& item : shown) {
    json::Object& one = item.AsObject();
    if (!one.GetBool("NoEcho")) continue;
    one.Remove("NoEcho");
    for (const char* member : {"ParameterValue", "ResolvedValue"}) {
      if (one.Has(member)) one.Set(member, kMask);
    }
  }
  return shown;
}

json::Object MaskedValues(const ParameterValues& parameters) {
  json::Object masked = parameters.values;
  for (const json::Value& item : parameters.kept) {
    const json::Object& one = item.AsObject();
    if (one.GetBool("NoEcho")) masked.Set(one.GetString("ParameterKey"), kMask);
  }
  return masked;
}

json::Array DeclaredParameters(const json::Object& document, bool summary) {
  json::Array made;
  for (const json::Member& member : document.GetObject("Parameters")) {
    const json::Object& body = member.value.AsObject();
    json::Object one{{"ParameterKey", member.key}};
    if (const auto value = DefaultOf(body)) one.Set("DefaultValue", *value);
    one.Set("NoEcho", TextOf(body, "NoEcho") == "true");
    one.SetIfNotEmpty("Description", body.GetString("Description"));
    if (summary) {
      one.Set("ParameterType", body.GetString("Type"));
      json::Array allowed;
      for (const json::Value& value : body.GetArray("AllowedValues"))
        allowed.emplace_back(ScalarText(value).value_or(""));
      json::Object constraints{{"AllowedValues", std::move(allowed)}};
      for (const char* limit : {"AllowedPattern", "ConstraintDescription", "MinLength", "MaxLength",
                                "MinValue", "MaxValue"})
        constraints.SetIfNotEmpty(limit, TextOf(body, limit));
      one.Set("ParameterConstraints", std::move(constraints));
    }
    made.emplace_back(std::move(one));
  }
  return made;
}

}  // namespace trunkline::cloud::cloudformation
