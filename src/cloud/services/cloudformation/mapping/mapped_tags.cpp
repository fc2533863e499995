// Tags, and properties read back.
#include "aws/values.h"
#include "base/text.h"
#include "cloud/dispatch.h"
#include "cloud/engine.h"
#include "cloud/services/cloudformation/mapping/mapped.h"

namespace trunkline::cloud::cloudformation {
namespace {

bool IsReserved(std::string_view key) {
  return key.starts_with("aws:");
}

// The input without what only AWS may set: for the check that outside callers get.
json::Object WithoutReserved(const json::Object& input) {
  json::Object checked = input;
  for (json::Member& entry : checked) {
    if (entry.value.IsObject()) {
      json::Object kept;
      for (const json::Member& tag : entry.value.AsObject()) {
        if (!IsReserved(tag.key)) kept.Set(tag.key, tag.value);
      }
      entry.value = std::move(kept);
    } else if (entry.value.IsArray()) {
      std::erase_if(entry.value.AsArray(), [](const json::Value& item) {
        const json::Object tags = item.IsObject() ? ReadTags(json::Array{item}) : json::Object();
        return !tags.empty() && IsReserved(tags.begin()->key);
      });
    }
  }
  return checked;
}

// The member of a tag operation that names what is tagged: the required one beside the tags.
const aws::MemberRow* TaggedMember(const aws::Shape& input) {
  for (const aws::MemberRow& member : input.members) {
    if (member.required && aws::IsScalar(member.shape->type)) return &member;
  }
  return nullptr;
}

const aws::MemberRow* TagsMember(const aws::Shape& input) {
  for (const aws::MemberRow& member : input.members) {
    const auto type = member.shape->type;
    if (type == aws::Type::kList || type == aws::Type::kMap) return &member;
  }
  return nullptr;
}

json::Object OwnTags(const Mapping& mapping, const json::Object& properties) {
  const json::Value* tags = properties.Find(mapping.tags_property);
  return tags ? ReadTags(*tags) : json::Object();
}

// The tags of the resource itself: not the stack's, unless it names them too.
json::Value DescribedTags(const Mapping& mapping, const json::Object& described,
                          const json::Object& wanted, const ResourceOrder& order) {
  const json::Value* found = FindIgnoringCase(described, mapping.tags_property);
  if (!found) found = FindIgnoringCase(described, "Tags");
  if (!found) return {};
  const json::Object stack = ReadTags(order.tags);
  const json::Object own = OwnTags(mapping, wanted);
  json::Array list;
  for (const json::Member& tag : ReadTags(*found)) {
    if (IsReserved(tag.key) || (stack.Has(tag.key) && !own.Has(tag.key))) continue;
    list.push_back(json::Object{{"Key", tag.key}, {"Value", tag.value}});
  }
  const json::Value* expected = wanted.Find(mapping.tags_property);
  if (list.empty() && !expected) return {};
  if (expected && expected->IsObject()) return ReadTags(list);
  return FromWire(expected, list, {});
}

json::Value Described(const Mapping& mapping, const json::Object& described,
                      std::string_view property, const json::Object& wanted) {
  const Vocabulary vocabulary = VocabularyOf(mapping);
  if (const json::Value* expected = wanted.Find(property)) {
    json::Object one;
    one.Set(property, *expected);
    const json::Value asked = std::move(one);
    const json::Value read = FromWire(&asked, described, vocabulary);
    const json::Value* found = read.AsObject().Find(property);
    return found ? *found : json::Value();
  }
  const json::Value* found = FindKnown(mapping, described, property);
  for (const Name& name : mapping.names) {
    if (!found && name.property == property) found = FindIgnoringCase(described, name.member);
  }
  return found ? FromWire(nullptr, *found, vocabulary) : json::Value();
}

}  // namespace

json::Object TagsOf(const Mapping& mapping, const ResourceOrder& order) {
  json::Object tags = ReadTags(order.tags);
  for (const json::Member& tag : OwnTags(mapping, order.properties)) tags.Set(tag.key, tag.value);
  return tags;
}

net::aw<Answer<>> CallTagged(WaitContext context, std::string service, std::string operation,
                             json::Object input) {
  Answer<Route> route = context.engine().dispatch.Find(service, operation);
  if (!route) co_return std::move(route).error();
  const json::Object checked = WithoutReserved(input);
  if (checked == input || !route->handler->handle) {
    json::Object sent = checked;
    co_return co_await context.Call(std::move(service), std::move(operation), std::move(sent));
  }
  TL_CO_DO(CheckInput(*route, checked));
  co_return context.State(
      [&](Context& state) -> Answer<> { return state.dispatch.Run(state, *route, input); });
}

net::aw<Answer<void>> ChangeTags(const Mapping& mapping, WaitContext context, ResourceOrder order,
                                 json::Object known) {
  if (mapping.tag.empty()) co_return Answer<void>();
  const aws::OperationRow* tag = RowOf(context, mapping, mapping.tag);
  const aws::OperationRow* untag = RowOf(context, mapping, mapping.untag);
  const json::Value* tagged = FindKnown(mapping, known, mapping.tagged);
  if (!tag || !tagged) co_return Answer<void>();
  const json::Object tags = TagsOf(mapping, order);
  json::Array removed;
  for (const json::Member& before : OwnTags(mapping, order.previous)) {
    if (!tags.Has(before.key)) removed.push_back(before.key);
  }
  if (untag && !removed.empty()) {
    json::Object input;
    input.Set(TaggedMember(*untag->input)->name, *tagged);
    input.Set(TagsMember(*untag->input)->name, std::move(removed));
    Answer<> done = co_await context.Call(std::string(mapping.service), std::string(mapping.untag),
                                          std::move(input));
    if (!done) co_return std::move(done).error();
  }
  if (tags.empty()) co_return Answer<void>();
  json::Object input;
  input.Set(TaggedMember(*tag->input)->name, *tagged);
  const aws::MemberRow* member = TagsMember(*tag->input);
  input.Set(member->name, WriteTags(*member->shape, tags));
  Answer<> done = co_await CallTagged(context, std::string(mapping.service),
                                      std::string(mapping.tag), std::move(input));
  if (!done) co_return std::move(done).error();
  co_return Answer<void>();
}

json::Object PropertiesOf(const Mapping& mapping, const ResourceOrder& order,
                          const json::Object& wanted, const json::Object& described) {
  json::Object properties;
  for (const Property& row : mapping.properties) {
    if (row.write_only) continue;
    json::Value value = row.name == mapping.tags_property
                            ? DescribedTags(mapping, described, wanted, order)
                            : Described(mapping, described, row.name, wanted);
    if (value.IsNull()) continue;
    // As wanted is as the template says it, before it was prepared.
    const json::Value* prepared = wanted.Find(row.name);
    const json::Value* original = order.properties.Find(row.name);
    const bool same = prepared && original && *prepared == value;
    properties.Set(row.name, same ? *original : std::move(value));
  }
  return properties;
}

}  // namespace trunkline::cloud::cloudformation
