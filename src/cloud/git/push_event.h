// PushEvent: one ref of a repository that was created, moved or deleted by a push.
//
// Whoever wants to know of pushes (webhooks, pipelines) is a listener: define a
// `constinit const PushListener k<Name>PushListener` and add a line to the list, alphabetically.
//
// A listener runs in a transaction, once for each event, also when the cloud was restarted in
// between; what it answers as an error is logged and undone alone, and is not tried again. Its
// caller is the root of the default account in the default Region: a repository belongs to no
// account, so a listener that looks for connections looks everywhere (Store::ListEverywhere) and
// acts as theirs (Context::CallAs).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "cloud/context.h"
#include "cloud/operation.h"

// clang-format off: a line for each, so that additions merge
#define TL_CLOUD_PUSH_LISTENERS(X) X(Pipelines) X(Webhooks)
// clang-format on

namespace trunkline::cloud::git {

struct PushEvent {
  std::string id;          // a UUID, the same whenever this event is spoken of
  std::string repository;  // "acme/center"
  std::string ref;         // "refs/heads/develop", "refs/tags/v1"
  std::string before;      // a commit (of an annotated tag: the tag); all zeros: it did not exist
  std::string after;       // all zeros: it was deleted
  bool created = false;
  bool deleted = false;
  bool forced = false;  // `before` is not an ancestor of `after`
  // Every path that differs between `before` and `after`, sorted; a rename gives both paths. Of a
  // new branch: between its fork from the default branch and `after`; of the first branch of all:
  // every file.
  std::vector<std::string> files;
  // False: there were more than could be told (kMaxFiles), or git could not say. Treat every path
  // as changed.
  bool files_complete = true;
  std::string message;   // of the commit `after`; empty when deleted
  std::string pusher;    // a name
  TimePoint at{};        // when it was pushed: listeners made later have no part in it
  json::Object payload;  // GitHub's `push` event, as webhooks get it

  static constexpr std::size_t kMaxFiles = 100'000;

  std::string_view branch() const;  // "develop"; empty for what is not a branch
  std::string_view tag() const;     // "v1"; empty for what is not a tag
};

struct PushListener {
  Answer<void> (*run)(Context& context, const PushEvent& event);
};

#define TL_DECLARE_PUSH_LISTENER(name) extern constinit const PushListener k##name##PushListener;
TL_CLOUD_PUSH_LISTENERS(TL_DECLARE_PUSH_LISTENER)
#undef TL_DECLARE_PUSH_LISTENER

// All of the list, in its order.
std::span<const PushListener* const> AllPushListeners();

}  // namespace trunkline::cloud::git
