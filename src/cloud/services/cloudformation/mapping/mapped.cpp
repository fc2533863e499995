// Creating and updating by a table.
#include "cloud/services/cloudformation/mapping/mapped.h"

#include <algorithm>

#include "aws/model.h"
#include "cloud/services/cloudformation/mapping/patch.h"

namespace trunkline::cloud::cloudformation {
namespace {

bool Knows(const aws::OperationRow* row, std::string_view property, const Mapping& mapping) {
  return row && row->input && FindMember(*row->input, property, VocabularyOf(mapping));
}

const aws::MemberRow* TagMember(const aws::OperationRow* row, const Mapping& mapping) {
  if (!row || !row->input) return nullptr;
  for (const std::string_view word : {mapping.tags_property, std::string_view("Tags")}) {
    if (const aws::MemberRow* member = FindMember(*row->input, word, {})) return member;
  }
  return nullptr;
}

Answer<json::Object> CreationInput(const WaitContext& context, const Mapping& mapping,
                                   const ResourceOrder& order) {
  const InputParts parts{.properties = &order.properties, .unknown_ok = true};
  TL_TRY(json::Object input, MakeInput(context, mapping, order, mapping.create, parts));
  const aws::MemberRow* member = TagMember(RowOf(context, mapping, mapping.create), mapping);
  const json::Object tags = TagsOf(mapping, order);
  if (member && !tags.empty()) input.Set(member->name, WriteTags(*member->shape, tags));
  return input;
}

// What the creation tells, and what it was told.
json::Object KnownOfCreation(const Mapping& mapping, const json::Object& answer,
                             const json::Object& input, const ResourceOrder& order) {
  json::Object known;
  if (const auto described = PickDescribed(mapping, answer, {})) Overlay(known, *described);
  Overlay(known, answer);
  Overlay(known, input);
  Overlay(known, order.properties);
  return known;
}

struct Begun {
  std::string physical_id;
  json::Object known;
};

net::aw<Answer<Begun>> Begin(const Mapping& mapping, WaitContext context, ResourceOrder order,
                             bool name_is_ours) {
  if (mapping.create.empty()) {
    Begun begun{.physical_id = GeneratedName(order, mapping.naming), .known = order.properties};
    co_return begun;
  }
  TL_CO_TRY(json::Object input, CreationInput(context, mapping, order));
  const json::Object asked = input;
  Answer<> made = co_await CallTagged(context, std::string(mapping.service),
                                      std::string(mapping.create), std::move(input));
  if (!made && !(name_is_ours && IsTaken(made.error().code))) co_return std::move(made).error();
  const json::Object answer = made ? *made : json::Object();
  Begun begun{.physical_id = {}, .known = KnownOfCreation(mapping, answer, asked, order)};
  if (mapping.complete) mapping.complete(context, order, begun.known);
  begun.physical_id = PhysicalIdOf(mapping, begun.known);
  co_return begun;
}

// Keys that only the creation's answer or the properties tell stay known beside what is described.
json::Object KnownOfOrder(const Mapping& mapping, const ResourceOrder& order) {
  json::Object known = KeysOf(mapping, order);
  Overlay(known, order.properties);
  return known;
}

bool Differs(const ResourceOrder& order, std::string_view property) {
  const json::Value* now = order.properties.Find(property);
  const json::Value* before = order.previous.Find(property);
  if (!now || !before) return now != before;
  return *now != *before;
}

net::aw<Answer<void>> CallChange(const Mapping& mapping, WaitContext context, ResourceOrder order,
                                 std::string operation, std::vector<std::string_view> chosen) {
  const json::Object keys = KeysOf(mapping, order);
  const InputParts parts{
      .keys = &keys, .properties = &order.properties, .chosen = chosen, .unknown_ok = true};
  TL_CO_TRY(json::Object input, MakeInput(context, mapping, order, operation, parts));
  const aws::OperationRow* row = RowOf(context, mapping, operation);
  if (row && row->input) AddFallbacks(mapping, *row->input, order, chosen, input);
  if (row && row->input && row->input->FindMember("patchOperations")) {
    json::Array operations = PatchOperations(mapping, order, chosen);
    if (operations.empty()) co_return Answer<void>();
    input.Set("patchOperations", std::move(operations));
  }
  Answer<> done =
      co_await CallTagged(context, std::string(mapping.service), operation, std::move(input));
  if (!done) co_return std::move(done).error();
  if (mapping.ready.member.empty()) co_return Answer<void>();
  Answer<json::Object> ready = co_await DescribeReady(mapping, context, order, {});
  if (!ready) co_return std::move(ready).error();
  co_return Answer<void>();
}

net::aw<Answer<void>> Extras(const Mapping& mapping, WaitContext context, ResourceOrder order) {
  Answer<void> members = co_await ChangeMembers(mapping, context, order);
  if (!members || !mapping.after) co_return members;
  co_return co_await mapping.after(context, order);
}

// What the creation did not take.
net::aw<Answer<void>> Complete(const Mapping& mapping, WaitContext context, ResourceOrder order) {
  const aws::OperationRow* row = RowOf(context, mapping, mapping.create);
  for (const Change& change : mapping.changes) {
    if (change.updates_only) continue;
    const auto words = WordsOf(change.properties);
    const bool left = std::any_of(words.begin(), words.end(), [&](std::string_view word) {
      return order.properties.Has(word) && !Knows(row, word, mapping);
    });
    if (!left) continue;
    Answer<void> done =
        co_await CallChange(mapping, context, order, std::string(change.operation), words);
    if (!done) co_return done;
  }
  co_return co_await Extras(mapping, context, order);
}

net::aw<Answer<void>> CallChanges(const Mapping& mapping, WaitContext context,
                                  ResourceOrder order) {
  for (const Change& change : mapping.changes) {
    const auto words = WordsOf(change.properties);
    const auto differs = [&](std::string_view word) { return Differs(order, word); };
    if (std::none_of(words.begin(), words.end(), differs)) continue;
    const auto wanted = [&](std::string_view word) { return order.properties.Has(word); };
    const bool removal =
        !change.removal.empty() && std::none_of(words.begin(), words.end(), wanted);
    const std::string operation(removal ? change.removal : change.operation);
    Answer<void> done = co_await CallChange(mapping, context, order, operation, words);
    if (!done) co_return done;
  }
  co_return co_await Extras(mapping, context, order);
}

// The changed properties that no Change names.
std::vector<std::string_view> Uncovered(const Mapping& mapping, const ResourceOrder& order) {
  std::vector<std::string_view> left;
  for (const Property& property : mapping.properties) {
    if (property.name == mapping.tags_property || !Differs(order, property.name)) continue;
    const bool covered =
        std::any_of(mapping.changes.begin(), mapping.changes.end(), [&](const Change& change) {
          const auto words = WordsOf(change.properties);
          return std::find(words.begin(), words.end(), property.name) != words.end();
        });
    const bool listed =
        std::any_of(mapping.members.begin(), mapping.members.end(),
                    [&](const Members& members) { return members.property == property.name; });
    const auto after = WordsOf(mapping.after_properties);
    const bool extra = std::find(after.begin(), after.end(), property.name) != after.end();
    if (!covered && !listed && !extra) left.push_back(property.name);
  }
  return left;
}

// Mapping::update with all it knows.
net::aw<Answer<void>> UpdateWhole(const Mapping& mapping, WaitContext context,
                                  ResourceOrder order) {
  const auto uncovered = Uncovered(mapping, order);
  if (uncovered.empty()) co_return Answer<void>();
  if (mapping.update.empty()) {
    co_return ServiceError("NotUpdatable", fmt::format("Property {} of {} cannot be updated.",
                                                       uncovered.front(), mapping.type));
  }
  const aws::OperationRow* row = RowOf(context, mapping, mapping.update);
  std::vector<std::string_view> chosen;
  for (const Property& property : mapping.properties) {
    if (Knows(row, property.name, mapping)) chosen.push_back(property.name);
  }
  co_return co_await CallChange(mapping, context, order, std::string(mapping.update), chosen);
}

net::aw<Answer<MadeResource>> Finish(const Mapping& mapping, WaitContext context,
                                     ResourceOrder order, json::Object known) {
  Answer<json::Object> described =
      co_await DescribeReady(mapping, context, order, std::move(known));
  if (!described) co_return std::move(described).error();
  co_return MadeOf(mapping, order.physical_id, *described);
}

}  // namespace

net::aw<Answer<MadeResource>> Create(const Mapping& mapping, WaitContext context,
                                     ResourceOrder order) {
  const Naming& naming = mapping.naming;
  const bool unnamed =
      !mapping.create.empty() && !naming.property.empty() && !order.properties.Has(naming.property);
  if (unnamed) order.properties.Set(naming.property, GeneratedName(order, naming));
  if (mapping.prepare) TL_CO_DO(mapping.prepare(context, order, order.properties));
  json::Object known;
  if (order.physical_id.empty()) {
    Answer<Begun> begun = co_await Begin(mapping, context, order, unnamed);
    if (!begun) co_return std::move(begun).error();
    order.physical_id = begun->physical_id;
    known = std::move(begun->known);
    if (order.created) order.created(order.physical_id);
  } else {
    known = KnownOfOrder(mapping, order);
  }
  Answer<json::Object> ready = co_await DescribeReady(mapping, context, order, known);
  if (!ready) co_return std::move(ready).error();
  Answer<void> rest = co_await Complete(mapping, context, order);
  if (!rest) co_return std::move(rest).error();
  if (!TagMember(RowOf(context, mapping, mapping.create), mapping)) {
    Answer<void> tagged = co_await ChangeTags(mapping, context, order, *ready);
    if (!tagged) co_return std::move(tagged).error();
  }
  co_return co_await Finish(mapping, context, order, std::move(known));
}

net::aw<Answer<MadeResource>> Update(const Mapping& mapping, WaitContext context,
                                     ResourceOrder order) {
  if (mapping.prepare) {
    TL_CO_DO(mapping.prepare(context, order, order.properties));
    TL_CO_DO(mapping.prepare(context, order, order.previous));
  }
  if (!mapping.ready.member.empty()) {
    // What an update that is rolled back has begun may still be under way.
    Answer<json::Object> ready = co_await DescribeReady(mapping, context, order, {});
    if (!ready && ready.error().code != "NotStabilized") co_return std::move(ready).error();
  }
  Answer<void> whole = co_await UpdateWhole(mapping, context, order);
  if (!whole) co_return std::move(whole).error();
  Answer<void> changed = co_await CallChanges(mapping, context, order);
  if (!changed) co_return std::move(changed).error();
  json::Object known = KnownOfOrder(mapping, order);
  Answer<json::Object> described = co_await DescribeReady(mapping, context, order, known);
  if (!described) co_return std::move(described).error();
  Answer<void> tagged = co_await ChangeTags(mapping, context, order, *described);
  if (!tagged) co_return std::move(tagged).error();
  co_return MadeOf(mapping, order.physical_id, *described);
}

}  // namespace trunkline::cloud::cloudformation
