#include "deploy/resource.h"

#include "base/hash.h"
#include "base/json_write.h"
#include "deploy/list.h"

namespace trunkline::deploy {
namespace {

// Tags that the run put on and that were not there. What the run gave is known: its own tags.
json::Array TagsToTakeAway(const json::Object& before) {
  json::Array keys;
  for (const std::string_view key : {kHashTag, kContentTag, kManagedTag, kOwnTagsTag}) {
    if (!before.Has(key)) keys.emplace_back(key);
  }
  return keys;
}

}  // namespace

json::Object TagsToPut(const json::Object& tags) {
  json::Object own;
  for (const json::Member& tag : tags) {
    if (!tag.key.starts_with("aws:")) own.Set(tag.key, tag.value);
  }
  return own;
}

std::span<const ResourceKind* const> AllResourceKinds() {
#define TL_KIND_ROW(name) &k##name##Kind,
  static constexpr const ResourceKind* kRows[] = {TL_RESOURCE_KINDS(TL_KIND_ROW)};
#undef TL_KIND_ROW
  return kRows;
}

const ResourceKind* FindResourceKind(std::string_view name) {
  for (const ResourceKind* kind : AllResourceKinds()) {
    if (kind->name == name) return kind;
  }
  return nullptr;
}

InstanceRef InstanceOf(const Session& session) {
  return {.id = session.live.InstanceId(),
          .arn = session.live.instance()->arn,
          .account = session.target.account};
}

net::aw<Result<void>> Delete(Session& session, std::string service, std::string operation,
                             json::Object input) {
  Result<json::Object> deleted =
      co_await session.Call(std::move(service), std::move(operation), std::move(input));
  if (!deleted && deleted.error().kind() != ErrorKind::kNotFound)
    co_return std::move(deleted).error();
  co_return Result<void>();
}

net::aw<Result<void>> DeleteInInstance(Session& session, const Change& change,
                                       std::string operation, std::string_view id_member) {
  const std::string id = session.live.Find(change.kind, change.name)->id;
  json::Object input{{"InstanceId", session.live.InstanceId()}, {std::string(id_member), id}};
  co_return co_await Delete(session, "connect", std::move(operation), std::move(input));
}

net::aw<Result<void>> RemoveNew(Session& session, const Undo& undo) {
  const ResourceKind& kind = *FindResourceKind(undo.kind);
  if (undo.IsPerhapsNew() && kind.read != nullptr) TL_CO_DO(co_await kind.read(session));
  const LiveResource* there = session.live.Find(undo.kind, undo.name);
  if (there == nullptr) co_return Result<void>();
  if (undo.IsPerhapsNew() && there->Tag(kManagedTag) != "true") co_return Result<void>();
  const Change change{.kind = undo.kind, .name = undo.name, .action = Action::kDelete};
  co_return co_await kind.remove(session, change);
}

void NoteGone(Session& session, const Change& change) {
  if (session.journal == nullptr) return;
  json::Object before = AsItIs(*session.live.Find(change.kind, change.name));
  before.Set("gone", true);
  session.Note(change.kind, change.name, std::move(before));
}

net::aw<Result<bool>> IsThereAgain(Session& session, const Undo& undo) {
  const auto all = session.live.resources.find(undo.kind);
  if (all != session.live.resources.end()) all->second.erase(undo.name);
  TL_CO_DO(co_await FindResourceKind(undo.kind)->read(session));
  co_return session.live.Find(undo.kind, undo.name) != nullptr;
}

std::string HashOf(const json::Value& wanted) {
  return ToHex(Sha256(json::WriteSorted(wanted)));
}

json::Object TagsFor(const center::Tags& own, std::string_view hash) {
  json::Object tags;
  for (const auto& [key, value] : own) tags.Set(key, value);
  tags.SetIfNotEmpty(kOwnTagsTag, RecordOfTags(own));
  tags.Set(kManagedTag, "true");
  if (!hash.empty()) tags.Set(kHashTag, hash);
  return tags;
}

json::Object TagsOf(const LiveResource& resource) {
  json::Object tags;
  for (const auto& [key, value] : resource.tags) tags.Set(key, value);
  return tags;
}

json::Object AsItIs(const LiveResource& resource) {
  return {{"body", resource.body}, {"tags", TagsOf(resource)}, {"arn", resource.arn}};
}

void PlanByHash(const Live& live, std::string_view kind, const std::string& name,
                const std::string& hash, std::vector<std::string> after, Plan& plan,
                const center::Tags& own) {
  const LiveResource* there = live.Find(kind, name);
  const bool same = there != nullptr && there->Tag(kHashTag) == hash;
  if (there != nullptr && (there->OwnedByStack() || (same && there->HasTags(own)))) {
    ++plan.unchanged;
    return;
  }
  Change change{.kind = std::string(kind),
                .name = name,
                .action = Action::kCreate,
                .why = {},
                .after = std::move(after)};
  if (there != nullptr) {
    change.action = Action::kUpdate;
    change.why = there->Tag(kHashTag).empty() ? "not applied completely before"
                 : same                       ? "its tags differ"
                                              : "differs";
  }
  plan.changes.push_back(std::move(change));
}

net::aw<Result<void>> RestoreTags(Session& session, std::string arn, json::Object before) {
  json::Array keys = TagsToTakeAway(before);
  if (!keys.empty()) {
    json::Object untag{{"resourceArn", arn}, {"tagKeys", std::move(keys)}};
    TL_CO_DO(co_await session.Call("connect", "UntagResource", std::move(untag)));
  }
  json::Object put = TagsToPut(before);
  if (put.empty()) co_return Result<void>();
  json::Object tag{{"resourceArn", arn}, {"tags", std::move(put)}};
  TL_CO_DO(co_await session.Call("connect", "TagResource", std::move(tag)));
  co_return Result<void>();
}

net::aw<Result<void>> Tag(Session& session, LiveResource there, center::Tags own,
                          json::Object tags) {
  json::Array keys;
  for (std::string& key : there.TagsToRemove(own)) keys.emplace_back(std::move(key));
  if (!keys.empty()) {
    json::Object untag{{"resourceArn", there.arn}, {"tagKeys", std::move(keys)}};
    TL_CO_DO(co_await session.Call("connect", "UntagResource", std::move(untag)));
  }
  json::Object input{{"resourceArn", there.arn}, {"tags", std::move(tags)}};
  TL_CO_DO(co_await session.Call("connect", "TagResource", std::move(input)));
  co_return Result<void>();
}

}  // namespace trunkline::deploy
