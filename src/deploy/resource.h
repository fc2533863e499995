// ResourceKind: one row of deploy/list.h: how a kind of resource is read, planned and applied.
//
// read and apply are coroutines over AWS's API; plan is a pure function. Each kind has a file in
// deploy/resources/.
#pragma once

#include <string>
#include <string_view>

#include "aws/client.h"
#include "base/files.h"
#include "base/result.h"
#include "deploy/journal.h"
#include "deploy/live.h"
#include "deploy/permit.h"
#include "deploy/plan.h"
#include "deploy/target.h"

namespace trunkline::net {
class Timers;
}

namespace trunkline::deploy {

class LongRun;

// What a delivery needs from outside, beside the center.
struct DeployWorld {
  net::Timers& timers;  // for waiting until something is ACTIVE
  const Clock& clock;
  // A zip archive of the executable that Trunkline's own functions consist of, as 'bootstrap'; made
  // when first needed, and once for all Regions of a run: compressing it takes seconds. An error
  // says why there is none.
  Result<std::string> (*program_zip)(const void* self) = nullptr;
  const void* program_self = nullptr;
  // The ARN of the permissions boundary of every role that is made; empty: none.
  std::string boundary = {};
};

// While reading, applying and putting back.
struct Session {
  aws::Client client;  // in the target's Region
  const Target& target;
  Live& live;
  DeployWorld& world;
  Journal* journal = nullptr;  // there: what is changed is noted, so that it can be put back
  LongRun* run = nullptr;      // there: for changes that take minutes

  // Nothing without a journal.
  void Note(std::string_view kind, const std::string& name, json::Object before) {
    if (journal == nullptr) return;
    journal->entries.push_back(
        {.kind = std::string(kind), .name = name, .before = std::move(before)});
  }
  // That it is not there yet: noted before it is made.
  void NoteNew(std::string_view kind, const std::string& name) {
    Note(kind, name, {{"new", true}});
  }
  // Adds to the last note of it.
  void NoteMore(std::string_view kind, const std::string& name, std::string_view member,
                json::Value value) {
    if (journal != nullptr) journal->Find(kind, name)->before.Set(member, std::move(value));
  }
  net::aw<Result<json::Object>> Call(std::string service, std::string operation,
                                     json::Object input) {
    return client.Call(std::move(service), std::move(operation), std::move(input));
  }
  net::aw<Result<json::Object>> CallAllPages(std::string service, std::string operation,
                                             json::Object input) {
    return client.CallAllPages(std::move(service), std::move(operation), std::move(input));
  }
};

// What is live and not as it was delivered.
struct Drifted {
  std::string kind;
  std::string name;
  std::string what;  // "its content was changed"
};

struct ResourceKind {
  std::string_view name;     // "queue"
  std::string_view plural;   // "queues", for summaries
  std::string_view project;  // the monorepo's project that brings it: what --only selects
  // Fills session.live. Kinds that live in an instance are asked only when there is one. nullptr:
  // another kind reads it.
  net::aw<Result<void>> (*read)(Session& session) = nullptr;
  bool in_instance = true;
  void (*plan)(const Target& target, const Live& live, Plan& plan) = nullptr;
  // `change` is one that plan() made.
  net::aw<Result<void>> (*apply)(Session& session, const Change& change) = nullptr;
  // Puts back what apply() or remove() noted, or says why it stays. What is as it was already is
  // fine: an earlier try may have done it. nullptr: it changes nothing itself.
  net::aw<Result<void>> (*restore)(Session& session, const Undo& undo) = nullptr;
  // Takes away what Trunkline made, and notes it before where it can be made again; what is gone
  // already is fine. nullptr: it goes with something else, such as the instance.
  net::aw<Result<void>> (*remove)(Session& session, const Change& change) = nullptr;
  // Adds what differs from what was recorded at its delivery. nullptr: nothing can be compared.
  net::aw<Result<void>> (*drift)(Session& session, std::vector<Drifted>& drifted) = nullptr;
};

// All kinds, in an order in which dependencies come first.
std::span<const ResourceKind* const> AllResourceKinds();
const ResourceKind* FindResourceKind(std::string_view name);

// ---- what several kinds share

// The instance that the session delivers to, which must be there.
InstanceRef InstanceOf(const Session& session);

// A call that takes something away: that it is not there is fine.
net::aw<Result<void>> Delete(Session& session, std::string service, std::string operation,
                             json::Object input);
// The same of something in the instance, which the listing knows by `name`.
net::aw<Result<void>> DeleteInInstance(Session& session, const Change& change,
                                       std::string operation, std::string_view id_member);

// Undoes NoteNew() by the kind's `remove`: nothing when it was not made after all, or when somebody
// else made it at the same time.
net::aw<Result<void>> RemoveNew(Session& session, const Undo& undo);
// Notes, before it is deleted, how the change's resource is.
void NoteGone(Session& session, const Change& change);
// Whether what IsGone() says was taken away is there: its deletion may have been refused.
net::aw<Result<bool>> IsThereAgain(Session& session, const Undo& undo);

// The hash recorded in kHashTag: of any value that says what is wanted.
std::string HashOf(const json::Value& wanted);
// {trunkline:managed: true, trunkline:sha256: hash}, the user's own and the record of their keys.
json::Object TagsFor(const center::Tags& own, std::string_view hash);
// Adds a create or update for a resource whose wanted state hashes to `hash`; nothing when it is as
// it should be and carries the user's `own` tags. What a CloudFormation stack owns is never
// changed.
void PlanByHash(const Live& live, std::string_view kind, const std::string& name,
                const std::string& hash, std::vector<std::string> after, Plan& plan,
                const center::Tags& own = {});
// Gives a Connect resource the tags back that it had before this run.
net::aw<Result<void>> RestoreTags(Session& session, std::string arn, json::Object before);
// The tags of a resource as it was read.
json::Object TagsOf(const LiveResource& resource);
// What `restore` needs of one that has a body and tags: {"body", "tags", "arn"}.
json::Object AsItIs(const LiveResource& resource);
// Of those, what may be given to a resource that is made anew: services keep "aws:" to themselves.
json::Object TagsToPut(const json::Object& tags);
// Puts `tags` (TagsFor the user's `own`) on a Connect resource after it was changed, and takes away
// those of earlier deliveries that the user has no more.
net::aw<Result<void>> Tag(Session& session, LiveResource there, center::Tags own,
                          json::Object tags);

}  // namespace trunkline::deploy
