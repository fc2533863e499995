#include "cloud/services/cloudformation/resources/sns_attributes.h"

#include "base/json_write.h"

namespace trunkline::cloud::cloudformation {
namespace {

std::string AttributeText(const json::Value& value) {
  if (value.IsString()) return value.AsString();
  if (value.IsNumber()) return value.AsNumber().text;
  return json::Write(value);
}

json::Object AttributesOf(const SnsAttributes& form, const json::Object& properties) {
  json::Object attributes;
  for (const std::string_view name : form.names) {
    if (const json::Value* value = properties.Find(name))
      attributes.Set(name, AttributeText(*value));
  }
  return attributes;
}

}  // namespace

void GatherSnsAttributes(const SnsAttributes& form, json::Object& properties) {
  json::Object attributes = AttributesOf(form, properties);
  if (!attributes.empty()) properties.Set("Attributes", std::move(attributes));
}

net::aw<Answer<void>> ChangeSnsAttributes(WaitContext context, ResourceOrder order,
                                          const SnsAttributes* form) {
  if (order.previous.empty()) co_return Answer<void>();
  const json::Object now = AttributesOf(*form, order.properties);
  const json::Object before = AttributesOf(*form, order.previous);
  for (const std::string_view name : form->names) {
    if (now.GetString(name) == before.GetString(name)) continue;
    json::Object input;
    input.Set(form->arn, order.physical_id);
    input.Set("AttributeName", name);
    input.Set("AttributeValue", now.GetString(name));
    Answer<> done = co_await context.Call("sns", std::string(form->operation), std::move(input));
    if (!done) co_return std::move(done).error();
  }
  co_return Answer<void>();
}

}  // namespace trunkline::cloud::cloudformation
