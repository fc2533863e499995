// AWS::SSM::Parameter. SecureString cannot be made by a template, as on AWS.
#include <fmt/format.h>

#include "base/hash.h"
#include "base/text.h"
#include "cloud/services/cloudformation/mapping/wire_values.h"
#include "cloud/services/cloudformation/resource_types.h"
#include "cloud/services/cloudformation/template/function.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr Property kProperties[] = {
    {.name = "AllowedPattern"},
    {.name = "DataType"},
    {.name = "Description"},
    {.name = "Name", .create_only = true},
    {.name = "Policies"},
    {.name = "Tags", .write_only = true},
    {.name = "Tier"},
    {.name = "Type", .required = true},
    {.name = "Value", .required = true},
};
constexpr std::string_view kAttributes[] = {"Type", "Value"};

// "CFN-Name-1A2B3C4D5E6F": the same when an order is repeated.
std::string NameOf(const ResourceOrder& order) {
  const std::string_view name = order.properties.GetString("Name");
  if (!name.empty()) return std::string(name);
  return fmt::format("CFN-{}-{}", order.logical_id,
                     ToUpper(ToHex(Sha1(order.token))).substr(0, 12));
}

// A template may say 30 or true for a text.
json::Value TextOf(const json::Value& value) {
  auto text = ScalarText(value);
  return text ? json::Value(std::move(*text)) : value;
}

// A map of tags in the template, and the stack's own.
json::Array TagsOf(const ResourceOrder& order) {
  json::Array tags;
  for (const json::Value& tag : order.tags) {
    if (!order.properties.GetObject("Tags").Has(tag.AsObject().GetString("Key")))
      tags.push_back(tag);
  }
  for (const json::Member& tag : order.properties.GetObject("Tags"))
    tags.emplace_back(json::Object{{"Key", tag.key}, {"Value", TextOf(tag.value)}});
  return tags;
}

json::Object PutInput(const ResourceOrder& order, const std::string& name) {
  json::Object input{{"Name", name}};
  for (const char* member :
       {"AllowedPattern", "DataType", "Description", "Policies", "Tier", "Type", "Value"}) {
    if (const json::Value* value = order.properties.Find(member)) input.Set(member, TextOf(*value));
  }
  return input;
}

MadeResource Made(const ResourceOrder& order, const std::string& name) {
  return {.physical_id = name,
          .reference = {},
          .attributes = {{"Type", order.properties.At("Type")},
                         {"Value", TextOf(order.properties.At("Value"))}}};
}

net::aw<Answer<MadeResource>> Create(WaitContext context, ResourceOrder order) {
  if (order.properties.GetString("Type") == "SecureString") {
    co_return ServiceError("ValidationException",
                           "SecureString parameters cannot be made by CloudFormation");
  }
  const std::string name = NameOf(order);
  json::Object input = PutInput(order, name);
  input.Set("Tags", TagsOf(order));
  TL_CO_DO(context.Dispatch("ssm", "PutParameter", input));
  order.created(name);
  co_return Made(order, name);
}

Answer<void> Retag(const WaitContext& context, const ResourceOrder& order) {
  const json::Object now = ReadTags(TagsOf(order));
  json::Object before = ReadTags(order.previous_tags);
  for (const json::Member& tag : order.previous.GetObject("Tags")) before.Set(tag.key, tag.value);
  json::Array gone;
  for (const json::Member& tag : before) {
    if (!now.Has(tag.key)) gone.emplace_back(tag.key);
  }
  json::Object which{{"ResourceType", "Parameter"}, {"ResourceId", order.physical_id}};
  if (!gone.empty()) {
    json::Object input = which;
    input.Set("TagKeys", std::move(gone));
    TL_DO(context.Dispatch("ssm", "RemoveTagsFromResource", input));
  }
  which.Set("Tags", TagsOf(order));
  TL_DO(context.Dispatch("ssm", "AddTagsToResource", which));
  return {};
}

net::aw<Answer<MadeResource>> Update(WaitContext context, ResourceOrder order) {
  json::Object input = PutInput(order, order.physical_id);
  input.Set("Overwrite", true);
  TL_CO_DO(context.Dispatch("ssm", "PutParameter", input));
  TL_CO_DO(Retag(context, order));
  co_return Made(order, order.physical_id);
}

net::aw<Answer<void>> Remove(WaitContext context, ResourceOrder order) {
  const Answer<> removed =
      context.Dispatch("ssm", "DeleteParameter", {{"Name", order.physical_id}});
  if (!removed && removed.error().code != "ParameterNotFound") co_return removed.error();
  co_return Answer<void>();
}

net::aw<Answer<json::Object>> Read(WaitContext context, ResourceOrder order) {
  const Answer<> got = context.Dispatch("ssm", "GetParameter", {{"Name", order.physical_id}});
  if (!got) {
    if (got.error().code == "ParameterNotFound")
      co_return ServiceError("NotFound", got.error().message);
    co_return got.error();
  }
  const json::Object& parameter = got->GetObject("Parameter");
  json::Object properties{{"Name", parameter.At("Name")},
                          {"Type", parameter.At("Type")},
                          {"Value", parameter.At("Value")}};
  json::Object filter{{"Key", "Name"}, {"Values", json::Array{parameter.At("Name")}}};
  json::Object input;
  input.Set("ParameterFilters", json::Array{std::move(filter)});
  TL_CO_TRY(const json::Object described, context.Dispatch("ssm", "DescribeParameters", input));
  for (const json::Value& one : described.GetArray("Parameters")) {
    for (const char* member : {"AllowedPattern", "DataType", "Description", "Tier"}) {
      if (const json::Value* value = one.AsObject().Find(member)) properties.Set(member, *value);
    }
  }
  co_return properties;
}

}  // namespace

constinit const ResourceType kSsmParameterType{.name = "AWS::SSM::Parameter",
                                               .properties = kProperties,
                                               .attributes = kAttributes,
                                               .create = Create,
                                               .update = Update,
                                               .remove = Remove,
                                               .read = Read};

}  // namespace trunkline::cloud::cloudformation
