#include "cloud/services/cloudformation/stacks/drift.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/json_write.h"
#include "cloud/services/cloudformation/resource_types.h"
#include "cloud/services/cloudformation/stacks/type_checks.h"
#include "cloud/services/cloudformation/template/function.h"

namespace trunkline::cloud::cloudformation {
namespace {

std::string ValueText(const json::Value* value) {
  if (!value) return "null";
  return ScalarText(*value).value_or(json::Write(*value));
}

class Comparison {
 public:
  void Compare(const std::string& path, const json::Value& expected, const json::Value* actual) {
    if (!actual) {
      Add(path, &expected, nullptr, "REMOVE");
    } else if (expected.IsObject() && actual->IsObject()) {
      for (const json::Member& member : expected.AsObject())
        Compare(path + "/" + member.key, member.value, actual->AsObject().Find(member.key));
    } else if (expected.IsArray() && actual->IsArray()) {
      CompareLists(path, expected.AsArray(), actual->AsArray());
    } else if (!Same(expected, *actual)) {
      Add(path, &expected, actual, "NOT_EQUAL");
    }
  }
  json::Array Take() { return std::move(differences_); }

 private:
  // "5" of a template is the service's 5.
  static bool Same(const json::Value& a, const json::Value& b) {
    const auto text_a = ScalarText(a);
    const auto text_b = ScalarText(b);
    return text_a && text_b ? *text_a == *text_b : a == b;
  }

  void CompareLists(const std::string& path, const json::Array& expected,
                    const json::Array& actual) {
    const std::size_t both = std::min(expected.size(), actual.size());
    for (std::size_t i = 0; i < both; ++i)
      Compare(fmt::format("{}/{}", path, i), expected[i], &actual[i]);
    for (std::size_t i = both; i < expected.size(); ++i)
      Add(fmt::format("{}/{}", path, i), &expected[i], nullptr, "REMOVE");
    for (std::size_t i = both; i < actual.size(); ++i)
      Add(fmt::format("{}/{}", path, i), nullptr, &actual[i], "ADD");
  }

  void Add(const std::string& path, const json::Value* expected, const json::Value* actual,
           std::string_view kind) {
    differences_.emplace_back(json::Object{{"PropertyPath", path},
                                           {"ExpectedValue", ValueText(expected)},
                                           {"ActualValue", ValueText(actual)},
                                           {"DifferenceType", kind}});
  }

  json::Array differences_;
};

// Tags are a set; those of CloudFormation itself are not the template's.
json::Value SortedTags(const json::Value& value) {
  if (!value.IsArray()) return value;
  json::Array tags;
  for (const json::Value& tag : value.AsArray()) {
    const bool own = tag.IsObject() && tag.AsObject().GetString("Key").starts_with("aws:");
    if (!own) tags.push_back(tag);
  }
  std::sort(tags.begin(), tags.end(), [](const json::Value& a, const json::Value& b) {
    return json::WriteSorted(a) < json::WriteSorted(b);
  });
  return tags;
}

json::Object Outcome(const Run& run, const json::Object& body, std::string_view status) {
  json::Object drift{{"StackId", run.stack.id},
                     {"LogicalResourceId", body.At("LogicalResourceId")},
                     {"PhysicalResourceId", body.GetString("PhysicalResourceId")},
                     {"ResourceType", body.At("ResourceType")},
                     {"StackResourceDriftStatus", status},
                     {"Timestamp", TimestampOf(run.context.clock().Now())}};
  drift.Set("ExpectedProperties", json::Write(json::Value(body.GetObject("Properties"))));
  return drift;
}

net::aw<json::Object> Inspect(RunPointer run, json::Object body) {
  const ResourceType* type = FindResourceType(body.GetString("ResourceType"));
  if (!type || !type->read) co_return Outcome(*run, body, "NOT_CHECKED");
  const json::Object& wanted = body.GetObject("Properties");
  auto order = MakeOrder(*run, body, wanted, "");
  if (!order) co_return Outcome(*run, body, "NOT_CHECKED");
  const json::Object expected = order->properties;
  const auto actual = co_await type->read(run->context, std::move(*order));
  if (!actual) {
    const bool gone = actual.error().code == "NotFound";
    co_return Outcome(*run, body, gone ? "DELETED" : "NOT_CHECKED");
  }
  json::Array differences = FindDifferences(*type, expected, *actual);
  json::Object drift = Outcome(*run, body, differences.empty() ? "IN_SYNC" : "MODIFIED");
  drift.Set("ActualProperties", json::Write(json::Value(*actual)));
  drift.Set("PropertyDifferences", std::move(differences));
  co_return drift;
}

}  // namespace

json::Array FindDifferences(const ResourceType& type, const json::Object& expected,
                            const json::Object& actual) {
  Comparison comparison;
  for (const json::Member& member : expected) {
    const Property* property = FindProperty(type, member.key);
    if (property && property->write_only) continue;
    const json::Value* found = actual.Find(member.key);
    const std::string path = "/" + member.key;
    if (member.key == "Tags" && found) {
      const json::Value tags = SortedTags(*found);
      comparison.Compare(path, SortedTags(member.value), &tags);
    } else {
      comparison.Compare(path, member.value, found);
    }
  }
  return comparison.Take();
}

net::aw<Answer<json::Object>> CheckResourceDrift(RunPointer run, std::string logical_id) {
  std::optional<json::Object> body;
  TL_CO_DO(run->context.State([&](Context& context) -> Answer<> {
    body = FindResource(context, run->stack.id, logical_id);
    return json::Object();
  }));
  if (!body) {
    co_return ValidationError(
        fmt::format("Resource {} does not exist for stack {}", logical_id, run->stack.name));
  }
  json::Object drift = co_await Inspect(run, *body);
  TL_CO_DO(run->context.State([&](Context& context) -> Answer<> {
    auto now = FindResource(context, run->stack.id, logical_id);
    if (!now) return json::Object();
    now->Set("Drift", drift);
    PutResource(context, run->stack.id, std::move(*now));
    return json::Object();
  }));
  co_return drift;
}

}  // namespace trunkline::cloud::cloudformation
