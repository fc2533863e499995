// Tags, and properties read back.
#include "aws/values.h"
#include "base/text.h"
#include "cloud/dispatch.h"
#include "cloud/engine.h"
#include "cloud/services/cloudformation/mapping/mapped.h"

namespace trunkline::cloud::cloudformation {
namespace {

// Roles and keys get the tags of the user only, as seen in recordings of the service.
bool ShowsSystemTags(const Mapping& mapping) {
  return mapping.service != "iam" && mapping.service != "kms";
}

bool IsReserved(std::string_view key) {
  return key.starts_with("aws:");
}

// A key that callers may use, as long as the reserved one.
std::string StandIn(std::string_view key) {
  return IsReserved(key) ? fmt::format("aws.{}", key.substr(4)) : std::string(key);
}

json::Object StandIns(const json::Object& map) {
  json::Object tags;
  for (const json::Member& tag : map) tags.Set(StandIn(tag.key), tag.value);
  return tags;
}

json::Array StandIns(json::Array rows) {
  for (json::Value& row : rows) {
    if (!row.IsObject()) continue;
    for (json::Member& member : row.AsObject()) {
      const bool key =
          EqualsIgnoreCase(member.key, "Key") || EqualsIgnoreCase(member.key, "TagKey");
      if (key && member.value.IsString()) member.value = StandIn(member.value.AsString());
    }
  }
  return rows;
}

// The input as an outside caller might give it: for the check that they get, which refuses the keys
// that only AWS may set.
json::Object WithStandIns(const json::Object& input) {
  json::Object checked;
  for (const json::Member& entry : input) {
    json::Value value = entry.value;
    if (entry.value.IsObject()) value = StandIns(entry.value.AsObject());
    if (entry.value.IsArray()) value = StandIns(entry.value.AsArray());
    checked.Set(entry.key, std::move(value));
  }
  return checked;
}

// What an error lists beside its message (InvalidContactFlowException's problems) belongs to the
// reason of a resource's event.
ServiceError WithProblems(ServiceError error) {
  for (const json::Value& problem : error.members.GetArray("problems")) {
    if (problem.IsObject())
      error.message += fmt::format("; {}", problem.AsObject().GetString("message"));
  }
  return error;
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
  json::Object tags;
  for (const json::Member& tag : ReadTags(order.tags)) {
    if (ShowsSystemTags(mapping) || !tag.key.starts_with("aws:")) tags.Set(tag.key, tag.value);
  }
  for (const json::Member& tag : OwnTags(mapping, order.properties)) tags.Set(tag.key, tag.value);
  return tags;
}

net::aw<Answer<>> CallTagged(WaitContext context, std::string service, std::string operation,
                             json::Object input) {
  Answer<Route> route = context.engine().dispatch.Find(service, operation);
  if (!route) co_return std::move(route).error();
  const json::Object checked = WithStandIns(input);
  if (checked == input || !route->handler->handle) {
    Answer<> answer =
        co_await context.Call(std::move(service), std::move(operation), std::move(input));
    if (!answer) co_return WithProblems(std::move(answer).error());
    co_return answer;
  }
  TL_CO_DO(CheckInput(*route, checked));
  TL_CO_DO(context.engine().Permit(context.caller(), context.region(), context.request_id(),
                                   nullptr, *route, input));
  Answer<> answer = context.State(
      [&](Context& state) -> Answer<> { return state.dispatch.Run(state, *route, input); });
  if (!answer) co_return WithProblems(std::move(answer).error());
  co_return answer;
}

namespace {

// Services without operations for tags take them all again with every other property.
net::aw<Answer<void>> UpdateWithTags(const Mapping& mapping, WaitContext context,
                                     ResourceOrder order) {
  const aws::OperationRow* update = RowOf(context, mapping, mapping.update);
  const aws::MemberRow* member =
      update && update->input
          ? FindMember(*update->input, mapping.tags_property, VocabularyOf(mapping))
          : nullptr;
  if (!member) co_return Answer<void>();
  const json::Object keys = KeysOf(mapping, order);
  const InputParts parts{.keys = &keys};
  TL_CO_TRY(json::Object input, MakeInput(context, mapping, order, mapping.update, parts));
  input.Set(member->name, WriteTags(*member->shape, TagsOf(mapping, order)));
  Answer<> done = co_await CallTagged(context, std::string(mapping.service),
                                      std::string(mapping.update), std::move(input));
  if (!done) co_return std::move(done).error();
  co_return Answer<void>();
}

}  // namespace

net::aw<Answer<void>> ChangeTags(const Mapping& mapping, WaitContext context, ResourceOrder order,
                                 json::Object known) {
  if (mapping.tag.empty()) co_return co_await UpdateWithTags(mapping, context, order);
  const aws::OperationRow* tag = RowOf(context, mapping, mapping.tag);
  const aws::OperationRow* untag = RowOf(context, mapping, mapping.untag);
  const json::Value* tagged = FindKnown(mapping, known, mapping.tagged);
  if (!tag || !tagged) co_return Answer<void>();
  const json::Object tags = TagsOf(mapping, order);
  json::Object before = ReadTags(order.previous_tags);
  Overlay(before, OwnTags(mapping, order.previous));
  json::Array removed;
  for (const json::Member& known_tag : before) {
    if (!tags.Has(known_tag.key)) removed.push_back(known_tag.key);
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
    if (same) value = *original;
    properties.Set(row.name, std::move(value));
  }
  return properties;
}

}  // namespace trunkline::cloud::cloudformation
