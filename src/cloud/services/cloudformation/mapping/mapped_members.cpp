// Lists whose items come and go one by one, and what is read by operations of its own.
#include <algorithm>

#include "aws/model.h"
#include "cloud/services/cloudformation/mapping/mapped.h"

namespace trunkline::cloud::cloudformation {
namespace {

// The chosen properties.
json::Object Chosen(const json::Object& properties, std::string_view words) {
  json::Object chosen;
  for (const std::string_view word : WordsOf(words)) {
    if (const json::Value* value = properties.Find(word)) chosen.Set(word, *value);
  }
  return chosen;
}

// What stands at the path, or the members of several words; the whole where there is nothing.
json::Value PartOf(const json::Value& item, std::string_view path) {
  if (path.empty() || !item.IsObject()) return item;
  if (path.find(' ') != std::string_view::npos) return Chosen(item.AsObject(), path);
  const json::Value* part = FindPath(item.AsObject(), path);
  return part ? *part : item;
}

struct Moves {
  json::Array added;
  json::Array changed;
  json::Array removed;
};

const json::Value* FindItem(const json::Array& items, const json::Value& key,
                            std::string_view path) {
  const auto found = std::find_if(items.begin(), items.end(), [&](const json::Value& item) {
    return PartOf(item, path) == key;
  });
  return found == items.end() ? nullptr : &*found;
}

Moves MovesOf(const Members& members, const json::Object& before, const json::Object& now) {
  Moves moves;
  const json::Array& old_items = before.GetArray(members.property);
  const json::Array& items = now.GetArray(members.property);
  const bool renamed = Chosen(before, members.under) != Chosen(now, members.under);
  const bool other = Chosen(before, members.along) != Chosen(now, members.along);
  for (const json::Value& item : items) {
    const json::Value* old = FindItem(old_items, PartOf(item, members.key), members.key);
    if (!old || renamed) {
      moves.added.push_back(item);
    } else if (other || *old != item) {
      moves.changed.push_back(item);
    }
  }
  for (const json::Value& old : old_items) {
    if (renamed || !FindItem(items, PartOf(old, members.key), members.key))
      moves.removed.push_back(old);
  }
  return moves;
}

struct Sending {
  std::string operation;
  std::string word;  // empty: an item's own members
  std::string part;
  json::Object along;
  bool gone_is_fine = false;
};

// One input for all items where the operation takes a list, else one for each.
Answer<std::vector<json::Object>> InputsOf(const Mapping& mapping, const WaitContext& context,
                                           const ResourceOrder& order, const Sending& sending,
                                           const json::Array& items) {
  const json::Object keys = KeysOf(mapping, order);
  const aws::OperationRow* row = RowOf(context, mapping, sending.operation);
  const aws::MemberRow* member = row && row->input && !sending.word.empty()
                                     ? FindMember(*row->input, sending.word, VocabularyOf(mapping))
                                     : nullptr;
  const bool list = member && member->shape->type == aws::Type::kList;
  std::vector<json::Object> sets;
  json::Array parts;
  for (const json::Value& item : items) {
    const json::Value part = PartOf(item, sending.part);
    parts.push_back(part);
    json::Object one = sending.along;
    if (!sending.word.empty()) {
      one.Set(sending.word, part);
    } else if (part.IsObject()) {
      Overlay(one, part.AsObject());
    }
    if (!list) sets.push_back(std::move(one));
  }
  if (list) {
    json::Object all = sending.along;
    all.Set(sending.word, std::move(parts));
    sets.push_back(std::move(all));
  }
  std::vector<json::Object> inputs;
  for (const json::Object& set : sets) {
    const InputParts input_parts{.keys = &keys, .properties = &set};
    TL_TRY(json::Object input, MakeInput(context, mapping, order, sending.operation, input_parts));
    inputs.push_back(std::move(input));
  }
  return inputs;
}

net::aw<Answer<void>> Send(const Mapping& mapping, WaitContext context, ResourceOrder order,
                           Sending sending, json::Array items) {
  if (items.empty()) co_return Answer<void>();
  TL_CO_TRY(std::vector<json::Object> inputs, InputsOf(mapping, context, order, sending, items));
  for (json::Object& input : inputs) {
    Answer<> done =
        co_await context.Call(std::string(mapping.service), sending.operation, std::move(input));
    if (done || (sending.gone_is_fine && IsGone(done.error().code))) continue;
    co_return std::move(done).error();
  }
  co_return Answer<void>();
}

Sending Adding(const Members& members, std::string_view operation, const json::Object& properties) {
  Sending sending{.operation = std::string(operation), .word = std::string(members.member)};
  sending.along = Chosen(properties, members.along);
  Overlay(sending.along, Chosen(properties, members.under));
  return sending;
}

Sending Removing(const Members& members, const json::Object& properties) {
  Sending sending{.operation = std::string(members.remove),
                  .word = std::string(members.removed.empty() ? members.member : members.removed),
                  .part = std::string(members.part)};
  sending.along = Chosen(properties, members.under);
  sending.gone_is_fine = true;
  return sending;
}

// The values at "Items[].Name", as a list; without "[]" the value itself.
json::Value ValuesAt(const json::Object& answer, std::string_view path) {
  if (path.empty()) return answer;
  const std::size_t list = path.find("[]");
  const json::Value* found = FindPath(answer, path.substr(0, list));
  if (!found) return {};
  if (list == std::string_view::npos || !found->IsArray()) return *found;
  const std::string_view rest = path.substr(std::min(path.size(), list + 3));
  json::Array values;
  for (const json::Value& item : found->AsArray()) values.push_back(PartOf(item, rest));
  return values;
}

// Whether all items are members already: what an update did not get to take away, its rollback
// cannot add again.
net::aw<bool> AreThere(const Mapping& mapping, WaitContext context, ResourceOrder order,
                       const Members& members, const json::Array& items) {
  json::Object described;
  Answer<void> read = co_await AddReadings(mapping, context, order, &described);
  if (!read || !described.Has(members.property)) co_return false;
  const json::Array& there = described.GetArray(members.property);
  co_return std::ranges::all_of(items, [&](const json::Value& item) {
    return std::ranges::find(there, item) != there.end();
  });
}

}  // namespace

net::aw<Answer<void>> ChangeMembers(const Mapping& mapping, WaitContext context,
                                    ResourceOrder order) {
  for (const Members& members : mapping.members) {
    const Moves moves = MovesOf(members, order.previous, order.properties);
    const std::string_view change = members.change.empty() ? members.add : members.change;
    // What goes first makes room: there are limits.
    Sending removing = Removing(members, order.previous);
    Answer<void> done;
    if (!members.remove.empty())
      done = co_await Send(mapping, context, order, std::move(removing), moves.removed);
    if (!done) co_return done;
    Sending changing = Adding(members, change, order.properties);
    done = co_await Send(mapping, context, order, std::move(changing), moves.changed);
    if (!done) co_return done;
    Sending adding = Adding(members, members.add, order.properties);
    done = co_await Send(mapping, context, order, std::move(adding), moves.added);
    if (done) continue;
    const bool there = co_await AreThere(mapping, context, order, members, moves.added);
    if (!there) co_return done;
  }
  co_return Answer<void>();
}

net::aw<Answer<void>> ClearMembers(const Mapping& mapping, WaitContext context,
                                   ResourceOrder order) {
  for (const Members& members : mapping.members) {
    if (!members.clear_first) continue;
    Sending removing = Removing(members, order.properties);
    json::Array items = order.properties.GetArray(members.property);
    Answer<void> done =
        co_await Send(mapping, context, order, std::move(removing), std::move(items));
    if (!done) co_return done;
  }
  co_return Answer<void>();
}

net::aw<Answer<void>> AddReadings(const Mapping& mapping, WaitContext context, ResourceOrder order,
                                  json::Object* described) {
  const json::Object keys = KeysOf(mapping, order);
  for (const Reading& reading : mapping.readings) {
    const InputParts parts{.keys = &keys};
    TL_CO_TRY(json::Object input, MakeInput(context, mapping, order, reading.operation, parts));
    Answer<> answer = co_await context.Call(std::string(mapping.service),
                                            std::string(reading.operation), std::move(input));
    if (!answer && IsGone(answer.error().code)) continue;
    if (!answer) co_return std::move(answer).error();
    json::Value value = ValuesAt(*answer, reading.path);
    if (!value.IsNull()) described->Set(reading.property, std::move(value));
  }
  co_return Answer<void>();
}

}  // namespace trunkline::cloud::cloudformation
